// Programs with one mistake each. The comment above a line is what tsc says about it, word for word;
// negative.test.ts compares. Every other line must be clean.
import {
  concat,
  cosineSimilarity,
  dot,
  einsum,
  embedding,
  fn,
  gather,
  input,
  layerNorm,
  linear,
  matmul,
  outer,
  pad,
  scaledDotProductAttention,
  stack,
  tensordot,
  where,
  zeros,
} from "lintel";
import type { Dim, Known, Tensor } from "lintel";
import { is } from "./expect.js";

const Q = input(["B", "n", 768]);
const K = input(["B", "m", 768]);
const narrow = input(["B", "n", 512]);
const heads = input(["B", 12, "n", 64]);
const scores = input(["B", 12, "n", "n"]);
const hidden = input(["B", "n", 3072]);
const square = zeros([32, 512, 768]);

// ---- the three dimension errors of the chapter ----

square.matmul(square);
zeros([32, 512, 768]).matmul(zeros([16, 768, 64]));
zeros([32, 512, 3072]).add(zeros([768]));

// ---- matmul ----

Q.matmul(K);
zeros([32, 128, 768]).matmul(square);
Q.matmul(narrow.transpose(-2, -1));
Q.transpose().matmul(narrow.transpose());
heads.matmul(input(["B", 64, "n"]));
matmul(Q, zeros([512]));
matmul(zeros([512]), zeros([768]));
matmul(zeros([]), Q);
matmul(Q, zeros([]));

// ---- broadcasting ----

scores.add(input(["B", "n"]));
hidden.add(zeros([768]));
input(["B", "n"]).add(zeros(["B"]));
input(["n", 1]).sub(input(["n"]));
Q.mul(K);
where(Q.gt(0), K, 0);
where(Q.gt(0), 0, zeros([5]));
zeros([3, 768]).expand(["B", "n", 768]);

// ---- axes ----

Q.sum(3);
Q.sum([0, 3]);
Q.sum([1, 1]);
Q.mean("heads");
Q.softmax(5);
Q.cumsum("heads");
Q.squeeze(0);
Q.unsqueeze(4);
Q.unsqueeze(-5);
Q.permute([0, 2, 2]);
Q.permute([0, 1]);
Q.transpose(0, 7);
Q.flip([0, 3]);
zeros([5]).transpose();
zeros([5]).tril();

// ---- shapes ----

Q.reshape(["B", "n", 12, 63]);
Q.reshape(["B", "n", 5, -1]);
zeros([10, 10]).reshape([3, -1]);

// ---- parts ----

Q.split(7, -1);
Q.slice(-1, 0, 1000);
Q.slice(-1, -1000, 5);
Q.select(3, 0);
Q.take(zeros([5]), 3);
gather(Q, zeros([5]), -1);
pad(Q, [[1, 1]]);
Q.repeat(2, 3);

// ---- joining ----

concat([Q, narrow], 1);
concat([Q, heads], 0);
stack([Q, narrow], 0);

// ---- products ----

dot(zeros([5]), zeros([6]));
dot(Q, Q);
outer(Q, zeros([5]));
tensordot(Q, zeros(["n", 512]), 2);
tensordot(zeros([5]), Q, 2);
cosineSimilarity(Q, zeros([512]));

// ---- patterns ----

einsum("bhqd,bhkd->bhqk", heads, input(["B", 12, "n", 32]));
einsum("bqd,bhkd->bhqk", heads, heads);
einsum("bhqd,bhkd->bhqx", heads, heads);
einsum("ij,jk", zeros([2, 3]), zeros([3, 4]));
einsum("ij,jk->ik", zeros([2, 3]));
Q.rearrange("B n (h d) -> B h n d", { h: 7 });
Q.rearrange("B n (h d) -> B h n d");
Q.rearrange("B n d -> B d m");
Q.rearrange("B n -> n B");
Q.rearrange("B n d");

// ---- layers ----

linear(hidden, zeros([3072, 768]));
hidden.linear(zeros([3072, 768]));
layerNorm(Q, zeros([512]));
embedding(input(["B", "n"]), zeros([]));
scaledDotProductAttention(heads, zeros(["B", 12, "m", 32]), zeros(["B", 12, "m", 32]));
scaledDotProductAttention(heads, zeros(["B", 5, "m", 64]), zeros(["B", 5, "m", 64]));
declare function layer<const D extends Dim, Z = 0>(width: Known<D, Z>): Tensor<[D]>;
const config = { width: 768 };
layer(config.width);
layer(768);

// ---- functions with typed shapes ----

declare function attention<B extends Dim, N extends Dim, D extends Dim>(
  q: Tensor<[B, N, D]>,
  k: Tensor<[B, N, D]>,
): Tensor<[B, N, D]>;
attention(Q, narrow);
attention(Q, K);
attention(Q, heads);
export const wanted: Tensor<["B", "n", 768]> = hidden;
is<Tensor<["B", "n"]>>()(Q);

// ---- inside a generic body ----

export function generic<B extends Dim, N extends Dim, M extends Dim>(
  a: Tensor<[B, N]>,
  b: Tensor<[M, B]>,
): void {
  const [rows, columns] = a.shape;
  a.add(b);
  a.matmul(b);
  a.sum(2);
  a.sum([1, 1]);
  a.squeeze(0);
  a.unsqueeze(5);
  a.reshape([rows, columns, 2]);
  a.rearrange("r -> r");
  einsum("i,jk->ij", a, b);
  concat([a, b], 0);
}

// ---- one mistake gives one message ----

Q.matmul(K).add(Q).softmax(-1).sum(-1);

// ---- fn ----

const attend = fn("B n d, B m d, B m d -> B n d", (q, k, v) =>
  q.matmul(k.transpose(-2, -1)).softmax(-1).matmul(v),
);
attend(Q, K, input(["B", "m", 512]));
attend(Q, K, zeros([3, 4]));
attend(Q, K);
export function genericCall<B extends Dim, N extends Dim, M extends Dim>(
  x: Tensor<[B, N, 8]>,
  y: Tensor<[B, M, 9]>,
): void {
  attend(x, y, y);
}
fn("B n d, B m d -> B n m", (q, k) => q.matmul(k));
fn("B n d, B m d -> B m n", (q, k) => q.matmul(k.transpose()));
