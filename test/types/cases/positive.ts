// Shapes that tsc works out. Every line states the exact type of a result.
import {
  arange,
  concat,
  cosineSimilarity,
  dim,
  dot,
  einsum,
  embedding,
  eye,
  flip,
  full,
  gather,
  input,
  layerNorm,
  linear,
  linspace,
  matmul,
  mul,
  ones,
  onesLike,
  outer,
  pad,
  randint,
  randn,
  repeat,
  rmsNorm,
  scalar,
  scaledDotProductAttention,
  softmax,
  split,
  stack,
  sub,
  sum,
  take,
  tensor,
  tensordot,
  tile,
  tril,
  where,
  zeros,
  type Dim,
  type Tensor,
} from "../../../src/index.js";
import { is } from "./expect.js";

const x = input(["B", "n", 768]);
const vector = zeros([768]);
is<Tensor<["B", "n", 768]>>()(x);

// ---- elementwise: the right side broadcasts, a number changes nothing ----
is<Tensor<["B", "n", 768]>>()(x.add(vector));
is<Tensor<["B", "n", 768]>>()(vector.add(x));
is<Tensor<["B", "n", 768]>>()(x.mul(zeros([1, 1, 768])));
is<Tensor<["B", "n", 768]>>()(x.mul(x));
is<Tensor<["B", "n", 768]>>()(x.mul(zeros([])));
is<Tensor<["B", "n", 768]>>()(x.mul(0.5));
is<Tensor<["B", "n", 768]>>()(x.div(Math.sqrt(64)));
is<Tensor<["B", "n", 768]>>()(mul(x, 2));
is<Tensor<["B", "n", 768]>>()(sub(1, x));
is<Tensor<["B", "n", 768]>>()(x.add(zeros([1 as number, 768])));
is<Tensor<["B", "n", 768]>>()(x.gt(0).logicalNot());
is<Tensor<["B", "n", 768]>>()(x.exp().gelu().cast("float16").clip(0, 1));
is<Tensor<["n", "n"]>>()(input(["n", 1]).sub(input([1, "n"])));
is<Tensor<["B", "n", 768]>>()(where(x.gt(0), x, 0));
is<Tensor<["B", "n", 768]>>()(where(zeros(["n", 1]), vector, x));
is<Tensor<["B", "n", 768]>>()(x.lt(0).where(vector, zeros(["n", 1])));

// ---- the fixes of the chapter's three dimension errors ----
const batch = zeros([32, 512, 768]);
is<Tensor<[32, 512, 512]>>()(batch.matmul(batch.transpose(-2, -1)));
is<Tensor<[1, 512, 3072]>>()(
  zeros([512, 768])
    .unsqueeze(0)
    .matmul(zeros([768, 3072])),
);
is<Tensor<[32, 512, 768]>>()(batch.add(vector));
is<Tensor<[32, 512, 768]>>()(batch.add(vector.reshape([1, 1, 768])));

// ---- matrix products ----
is<Tensor<["B", "n", 3072]>>()(x.matmul(zeros([768, 3072])));
is<Tensor<["B", "n", "n"]>>()(x.matmul(x.transpose()));
is<Tensor<["B", "n", "n"]>>()(x.matmul(x.transpose(-2, -1)));
is<Tensor<["B", "n"]>>()(x.matmul(vector));
is<Tensor<[]>>()(vector.matmul(vector));
is<Tensor<[512]>>()(matmul(vector, zeros([768, 512])));
is<Tensor<["B", 12, "n", 64]>>()(zeros(["B", 12, "n", "n"]).matmul(zeros([12, "n", 64])));
is<Tensor<[]>>()(dot(vector, vector));
is<Tensor<[768, "n"]>>()(outer(vector, zeros(["n"])));
is<Tensor<["B", 5]>>()(tensordot(x, zeros(["n", 768, 5]), 2));
is<Tensor<["B", "n", "m"]>>()(tensordot(x, zeros([768, "m"]), 1));
is<Tensor<["B", "n", 768, 2]>>()(tensordot(x, zeros([2]), 0));
is<Tensor<["B", "n"]>>()(cosineSimilarity(x, vector));
is<Tensor<["B", 768]>>()(x.cosineSimilarity(x, "n"));

// ---- reductions ----
is<Tensor<["B", "n"]>>()(x.sum(-1));
is<Tensor<["B", "n", 1]>>()(x.mean(-1, true));
is<Tensor<["B", 768]>>()(x.mean("n"));
is<Tensor<["B", 1, 768]>>()(x.max("n", true));
is<Tensor<["B"]>>()(x.sum([1, 2]));
is<Tensor<["B"]>>()(x.sum(["n", -1]));
is<Tensor<["B", 1, 1]>>()(x.sum([-1, -2], true));
is<Tensor<[1, "n", 1]>>()(x.var([0, 2], true, { correction: 1 }));
is<Tensor<[]>>()(x.sum());
is<Tensor<[1, 1, 1]>>()(x.sum(undefined, true));
is<Tensor<["B", "n"]>>()(x.argmax(-1));
is<Tensor<["n", 768]>>()(sum(x, 0));
is<Tensor<["B", "n", 768]>>()(x.softmax(-1));
is<Tensor<["B", "n", 768]>>()(softmax(x, "n"));
is<Tensor<["B", "n", 768]>>()(x.cumsum(1));

// ---- the same elements under another shape ----
is<Tensor<["n", "B", 768]>>()(x.transpose(0, 1));
is<Tensor<["n", "B", 768]>>()(x.transpose("B", "n"));
is<Tensor<[768, "B", "n"]>>()(x.permute([2, 0, 1]));
is<Tensor<["n", 768, "B"]>>()(x.permute(["n", -1, 0]));
is<Tensor<["B", "n", 12, 64]>>()(x.reshape(["B", "n", 12, 64]));
is<Tensor<["B", "n", 12, 64]>>()(x.reshape(["B", "n", 12, -1]));
is<Tensor<["B*n", 768]>>()(x.reshape([-1, 768]));
is<Tensor<["B", "n", 768]>>()(x.reshape([-1, 768]).reshape(["B", "n", 768]));
is<Tensor<["768*n", "B"]>>()(x.reshape([-1, "B"]));
is<Tensor<["n*B", 768]>>()(x.reshape(["n*B", 768]));
is<Tensor<["768*B*n"]>>()(x.flatten());
is<Tensor<["B", "n", 768]>>()(x.flatten().reshape(x.shape));
is<Tensor<["B", 1, "n", 768]>>()(x.unsqueeze(1));
is<Tensor<[1, "B", "n", 768]>>()(x.unsqueeze(0));
is<Tensor<[1, "B", "n", 768]>>()(x.unsqueeze(-4));
is<Tensor<["B", "n", 768, 1]>>()(x.unsqueeze(-1));
is<Tensor<["B", "n", 1, 768]>>()(x.unsqueeze(-2));
is<Tensor<["B", "n", 1, 768]>>()(x.unsqueeze(2));
is<Tensor<["B", "n", 768, 1]>>()(x.unsqueeze(3));
is<Tensor<["B", "n", 768]>>()(x.unsqueeze(1).squeeze(1));
is<Tensor<[3, 4]>>()(zeros([1, 3, 1, 4]).squeeze());
is<Tensor<["B", "n", 768]>>()(input([1, 768]).expand(["B", "n", 768]));

is<Tensor<[3, 4]>>()(zeros([1, 3, 1, 4]).squeeze([0, -2]));
is<Tensor<["B", 4]>>()(zeros([1, "B", 1, 4]).squeeze());

// ---- parts, and growing ----
is<Tensor<["n", 768]>>()(x.select(0, 3));
is<Tensor<["B", 768]>>()(x.select("n", 0));
is<Tensor<["B", "n", 64]>>()(x.slice(-1, 0, 64));
is<Tensor<["B", "n", 64]>>()(x.slice(-1, -64));
is<Tensor<["B", "n", 767]>>()(x.slice(-1, 0, -1));
is<Tensor<["B", "n", 0]>>()(x.slice(-1, 9, 5));
is<Tensor<["B", "n", 768]>>()(x.slice("n", 0));
is<Tensor<["B", 5, 768]>>()(x.slice("n", 0, 5));
is<Tensor<["B", number, 768]>>()(x.slice(1, 0, -1));
is<Tensor<["B", number, 768]>>()(x.slice(1, 0, 5 as number));
is<Tensor<["B", "n", number]>>()(x.slice(2, 0, 768, 2));
is<Tensor<["k", "n", 768]>>()(take(x, input(["k"], { dtype: "int32" })));
is<Tensor<["B", 2, 3, 768]>>()(x.take(zeros([2, 3], { dtype: "int32" }), "n"));
is<Tensor<["B", "n", 5]>>()(gather(x, -1, input(["B", "n", 5], { dtype: "int32" })));
is<[Tensor<["B", "n", 256]>, Tensor<["B", "n", 256]>, Tensor<["B", "n", 256]>]>()(x.split(3, -1));
is<[Tensor<["B", "n", 700]>, Tensor<["B", "n", 68]>]>()(x.split([700, 68], -1));
is<[Tensor<["B", "n", 384]>, Tensor<["B", "n", 384]>]>()(split(x, 2, 2));
// A name may turn out to be divisible: the compiler lets it pass, and run time decides.
export function halves(t: Tensor<["n", 8]>): void {
  is<[Tensor<["n/2", 8]>, Tensor<["n/2", 8]>]>()(t.split(2));
}
is<Tensor<["B", "n+3", 770]>>()(
  pad(x, [
    [0, 0],
    [1, 2],
    [2, 0],
  ]),
);
is<Tensor<["2*B", "n", 768]>>()(tile(x, [2, 1, 1]));
is<Tensor<[3, 2304]>>()(vector.tile([3, 3]));
is<Tensor<["B", "4*n", 768]>>()(repeat(x, 4, 1));
is<Tensor<["B", "n", 768]>>()(flip(x, [0, "n"]));
is<Tensor<["B", "n", 768]>>()(tril(x).triu(1));

// ---- joining ----
is<Tensor<["B", "n", 1536]>>()(concat([x, x], -1));
is<Tensor<["B", "n+1", 768]>>()(concat([zeros(["B", 1, 768]), x], 1));
is<Tensor<["B", "n+2", 768]>>()(concat([zeros(["B", 1, 768]), x, zeros(["B", 1, 768])], 1));
is<Tensor<["B", "past+n", 768]>>()(concat([zeros(["B", "past", 768]), x], 1));
is<Tensor<["2*B", "n", 768]>>()(concat([x, x]));
is<Tensor<["B", 3, "n", 768]>>()(stack([x, x, x], 1));
is<Tensor<["B", "n", 768, 2]>>()(stack([x, x], -1));
is<Tensor<[2, "B", "n", 768]>>()(stack([x, x]));
is<Tensor<Dim[]>>()(concat([1, 2].map(() => x)));

// ---- patterns ----
const heads = x.rearrange("B n (h d) -> B h n d", { h: 12 });
is<Tensor<["B", 12, "n", 64]>>()(heads);
is<Tensor<["B", "n", 768]>>()(heads.rearrange("B h n d -> B n (h d)"));
is<Tensor<["n", "B", 768]>>()(x.rearrange("a ... d -> ... a d"));
is<Tensor<["B", 12, "n", "n"]>>()(einsum("bhqd,bhkd->bhqk", heads, heads));
is<Tensor<["B", 12, "n", "m"]>>()(einsum("bhqd, bhkd -> bhqk", heads, zeros(["B", 12, "m", 64])));
is<Tensor<["n", 768]>>()(einsum("bnd->nd", x));
is<Tensor<["n"]>>()(einsum("ii->i", zeros(["n", "n"])));

// ---- layers ----
is<Tensor<["B", "n", 3072]>>()(linear(x, zeros([3072, 768]), zeros([3072])));
is<Tensor<["B", "n", 3072]>>()(x.linear(zeros([3072, 768])));
is<Tensor<["B", "n", 768]>>()(layerNorm(x, vector, vector));
is<Tensor<["B", "n", 768]>>()(rmsNorm(x, vector));
is<Tensor<["B", "n", 768]>>()(embedding(input(["B", "n"], { dtype: "int32" }), zeros([30522, 768])));
const keys = zeros(["B", 12, "m", 64]);
is<Tensor<["B", 12, "n", 64]>>()(scaledDotProductAttention(heads, keys, keys));
const grouped = zeros(["B", 4, "m", 64]); // 4 key/value heads serve 12 query heads
is<Tensor<["B", 12, "n", 32]>>()(scaledDotProductAttention(heads, grouped, zeros(["B", 4, "m", 32])));

// ---- creation ----
is<Tensor<[2, 2]>>()(
  tensor([
    [1, 2],
    [3, 4],
  ]),
);
is<Tensor<[2, 1, 3]>>()(tensor([[[1, 2, 3]], [[4, 5, 6]]]));
is<Tensor<[3]>>()(tensor([true, false, true]));
is<Tensor<[]>>()(tensor(5));
is<Tensor<[number, number]>>()(tensor([[1, 2]] as number[][]));
is<Tensor<[2, number]>>()(tensor([Array.from({ length: 3 }, () => 1), [1, 2, 3]]));
is<Tensor<[2, 3]>>()(tensor(new Float32Array(6), { shape: [2, 3] }));
is<Tensor<["B", 3]>>()(tensor([[1, 2, 3]], { shape: [dim("B", 1), 3] }));
is<Tensor<[number]>>()(tensor(new Float32Array(6)));
is<Tensor<[3, 3]>>()(eye(3));
is<Tensor<["n", 4]>>()(eye("n", 4));
is<Tensor<["n", "n"]>>()(eye("n", { dtype: "float64" }));
is<Tensor<[5]>>()(arange(5));
is<Tensor<[5]>>()(arange(5, { dtype: "float32" }));
is<Tensor<[7]>>()(arange(3, 10));
is<Tensor<[7]>>()(arange(3, 10, { dtype: "float32" }));
is<Tensor<[number]>>()(arange(0, 10, 3));
is<Tensor<[number]>>()(arange(-2, 2));
is<Tensor<[50]>>()(linspace(0, 1));
is<Tensor<[50]>>()(linspace(0, 1, { dtype: "float64" }));
is<Tensor<[11]>>()(linspace(0, 1, 11));
is<Tensor<[2, 3]>>()(randn([2, 3], { seed: 7 }));
is<Tensor<[4]>>()(randint(0, 10, [4]));
is<Tensor<[2, "n"]>>()(full([2, "n"], 0.5));
is<Tensor<["B", "n", 768]>>()(onesLike(x));
is<Tensor<[]>>()(scalar(2));
is<Tensor<[1, 2]>>()(ones([1, 2] as const));

// ---- binding names ----
is<Tensor<["B", 128, 768]>>()(x.bind({ n: 128 }));
is<Tensor<[32, 129]>>()(input(["B", "n+1"]).bind({ B: 32, n: 128 }));
is<Tensor<["1536*B"]>>()(input(["12*B*n"]).bind({ n: 128 }));
is<Tensor<["m", "m+1"]>>()(input(["n", "n+1"]).bind({ n: "m" }));
export function boundLater(t: Tensor<["n/2", "min(n,8)"]>): void {
  is<Tensor<[number, number]>>()(t.bind({ n: 128 }));
}

// ---- unknown ranks and sizes pass through ----
const dynamic: Tensor = x;
// oxlint-disable-next-line typescript/no-explicit-any
const unchecked: Tensor<any> = x;
is<Tensor<Dim[]>>()(dynamic.add(x));
is<Tensor<Dim[]>>()(dynamic.matmul(x.transpose()));
is<Tensor<Dim[]>>()(x.transpose().matmul(dynamic));
is<Tensor<Dim[]>>()(dynamic.sum(-1));
is<Tensor<Dim[]>>()(dynamic.transpose());
is<Tensor<["B", "n", 12, 64]>>()(dynamic.reshape(["B", "n", 12, 64]));
is<Tensor<["B", "n", 768]>>()(dynamic.as(["B", "n", 768]));
// oxlint-disable-next-line typescript/no-explicit-any
is<Tensor<any>>()(unchecked.add(x));
// oxlint-disable-next-line typescript/no-explicit-any
is<Tensor<any>>()(x.matmul(unchecked.transpose()));
is<Tensor<Dim[]>>()(x.sum(1 as number));
is<Tensor<Dim[]>>()(einsum("bnd,bmd->bnm" as string, x, x));
is<Tensor<[number, "n", 3]>>()(zeros([2 as number, "n", 5]).matmul(zeros([5, 3])));

// ---- a tensor of known shape fits where less is asked ----
const anyRank = (t: Tensor): unknown => t;
const anyBatch = (t: Tensor<[Dim, Dim, 768]>): unknown => t;
const numbers = (t: Tensor<[number, number, 768]>): unknown => t;
anyRank(x);
anyBatch(x);
numbers(x);
