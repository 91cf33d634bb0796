// Generic functions: every body is checked while its dims are still type parameters.
import { concat, einsum, input, linear, stack, tensordot, where, zeros } from "../../../src/index.js";
import type { Dim, Shape, Tensor } from "../../../src/index.js";
import { is } from "./expect.js";

// ---- dims as type parameters ----

export function attention<B extends Dim, N extends Dim, M extends Dim, D extends Dim>(
  q: Tensor<[B, N, D]>,
  k: Tensor<[B, M, D]>,
  v: Tensor<[B, M, D]>,
): Tensor<[B, N, D]> {
  const scores: Tensor<[B, N, M]> = q.matmul(k.transpose(-2, -1)).mul(1 / 8);
  return scores.softmax(-1).matmul(v);
}

export function selfAttention<B extends Dim, N extends Dim>(
  x: Tensor<[B, N, 768]>,
  mask: Tensor<[B, 1, 1, N]>,
): Tensor<[B, N, 768]> {
  const qkv: Tensor<[B, N, 2304]> = linear(x, zeros([2304, 768]), zeros([2304]));
  const [q, k, v] = qkv.split(3, -1);
  const heads = (t: Tensor<[B, N, 768]>) => t.rearrange("B n (h d) -> B h n d", { h: 12 });
  const scores: Tensor<[B, 12, N, N]> = einsum("bhqd,bhkd->bhqk", heads(q), heads(k)).add(mask);
  const mixed: Tensor<[B, 12, N, 64]> = scores.softmax(-1).matmul(heads(v));
  return linear(mixed.rearrange("B h n d -> B n (h d)"), zeros([768, 768]));
}

export function splitHeads<B extends Dim, N extends Dim>(x: Tensor<[B, N, 768]>): Tensor<[B, 12, N, 64]> {
  const [b, n] = x.shape;
  const y: Tensor<[B, N, 12, 64]> = x.reshape([b, n, 12, 64]);
  return y.transpose(1, 2);
}

export function normalize<B extends Dim, N extends Dim, D extends Dim>(
  x: Tensor<[B, N, D]>,
  gain: Tensor<[D]>,
): Tensor<[B, N, D]> {
  const mean: Tensor<[B, N, 1]> = x.mean(-1, true);
  const centred: Tensor<[B, N, D]> = x.sub(mean);
  const variance: Tensor<[B, N, 1]> = centred.mul(centred).mean(-1, true);
  return centred.div(variance.add(1e-5).sqrt()).mul(gain);
}

export function several<B extends Dim, N extends Dim>(x: Tensor<[B, N, 768]>): void {
  const [b, n] = x.shape;
  const merged = x.reshape([-1, 768]);
  // @ts-expect-error LIMIT: a product of two type parameters (`${B}*${N}`) cannot be factored back
  const split: Tensor<[B, N, 768]> = merged.reshape([b, n, 768]);
  const claimed: Tensor<[B, N, 768]> = merged.as([b, n, 768]);
  const unsqueezed: Tensor<[B, 1, N, 768]> = x.unsqueeze(1);
  const stacked: Tensor<[2, B, N, 768]> = stack([x, x], 0);
  const joined: Tensor<[B, N, 1536]> = concat([x, x], -1);
  const kept: Tensor<[B, 1, 1]> = x.sum([1, 2], true);
  const dropped: Tensor<[B]> = x.sum([1, 2]);
  const all: Tensor<[1, 1, 1]> = x.sum(undefined, true);
  const contracted: Tensor<[B, 5]> = tensordot(x, zeros([n, 768, 5]), 2);
  const chosen: Tensor<[B, N, 768]> = where(x.gt(0), x, 0);
  void [split, claimed, unsqueezed, stacked, joined, kept, dropped, all, contracted, chosen];
}

// ---- a whole shape as a type parameter ----

export function swish<S extends Shape>(x: Tensor<S>): Tensor<S> {
  return x.mul(x.exp()).add(x).mul(2).softmax(-1);
}

// ---- partly known ----

export function mlp<S extends Shape>(x: Tensor<[...S, 768]>): Tensor<[...S, 768]> {
  return linear(linear(x, zeros([3072, 768])).gelu(), zeros([768, 3072]));
}
export function centre<S extends Shape, D extends Dim>(x: Tensor<[...S, D]>): Tensor<[...S, D]> {
  const mean: Tensor<[...S, 1]> = x.mean(-1, true);
  return x.sub(mean);
}
export function gram<S extends Shape, N extends Dim, D extends Dim>(
  x: Tensor<[...S, N, D]>,
): Tensor<[...S, N, N]> {
  return x.matmul(x.transpose());
}

// ---- calls ----

const x = input(["B", "n", 768]);
is<Tensor<["B", "n", 768]>>()(attention(x, x, x));
is<Tensor<["B", "n", 768]>>()(selfAttention(x, zeros(["B", 1, 1, "n"])));
is<Tensor<["B", 12, "n", 64]>>()(splitHeads(x));
is<Tensor<["B", "n", 768]>>()(normalize(x, zeros([768])));
is<Tensor<["B", "n", 768]>>()(swish(x));
is<Tensor<["B", "n", 768]>>()(mlp(x));
is<Tensor<["B", "n", 768]>>()(centre(x));
is<Tensor<["B", "n", "n"]>>()(gram(x));
is<Tensor<[2, 8, 768]>>()(selfAttention(zeros([2, 8, 768]), zeros([2, 1, 1, 8])));
