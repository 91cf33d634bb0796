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
} from "../../../src/index.js";
import type { Dim, Known, Tensor } from "../../../src/index.js";
import {
  cholesky,
  det,
  eig,
  eigh,
  eigvals,
  eigvalsh,
  inv,
  lstsq,
  lu,
  matrixPower,
  pairwiseDistances,
  qr,
  slogdet,
  solve,
  solveTriangular,
  svd,
  svdLowrank,
  vectorNorm,
} from "../../../src/linalg/index.js";
import { LayerNorm, Linear } from "../../../src/nn/index.js";
import { is } from "./expect.js";

const Q = input(["B", "n", 768]);
const K = input(["B", "m", 768]);
const narrow = input(["B", "n", 512]);
const heads = input(["B", 12, "n", 64]);
const scores = input(["B", 12, "n", "n"]);
const hidden = input(["B", "n", 3072]);
const square = zeros([32, 512, 768]);

// ---- the three dimension errors of the chapter ----

// error TS2345: Argument of type 'Tensor<[32, 512, 768]>' is not assignable to parameter of type '"matmul: [32, 512, 768] @ [32, 512, 768]: inner dims 768 and 512 differ; did you mean .matmul(other.transpose(-2, -1))?"'.
square.matmul(square);
declare function encode<B extends Dim>(x: Tensor<[B, 512, 768]>): Tensor<[B, 512, 3072]>;
// error TS2345: Argument of type 'Tensor<[512, 768]>' is not assignable to parameter of type 'Tensor<[Dim, 512, 768]>'.
encode(zeros([512, 768]));
// error TS2345: Argument of type 'Tensor<[512]>' is not assignable to parameter of type '"add: cannot broadcast [32, 512, 768] with [512]: axis -1 is 768 vs 512; shapes align on the right, use .unsqueeze(axis) to add size-1 axes"'.
square.add(zeros([512]));

// ---- matmul ----

// error TS2345: Argument of type 'Tensor<["B", "m", 768]>' is not assignable to parameter of type '"matmul: [B, n, 768] @ [B, m, 768]: inner dims 768 and m differ; did you mean .matmul(other.transpose(-2, -1))?"'.
Q.matmul(K);
// error TS2345: Argument of type 'Tensor<[32, 512, 768]>' is not assignable to parameter of type '"matmul: [32, 128, 768] @ [32, 512, 768]: inner dims 768 and 512 differ; did you mean .matmul(other.transpose(-2, -1))?"'.
zeros([32, 128, 768]).matmul(square);
// error TS2345: Argument of type 'Tensor<["B", 512, "n"]>' is not assignable to parameter of type '"matmul: [B, n, 768] @ [B, 512, n]: inner dims 768 and 512 differ"'.
Q.matmul(narrow.transpose(-2, -1));
// error TS2345: Argument of type 'Tensor<["B", 512, "n"]>' is not assignable to parameter of type '"matmul: [B, 768, n] @ [B, 512, n]: inner dims n and 512 differ; did you mean .matmul(other.transpose(-2, -1))?"'.
Q.transpose().matmul(narrow.transpose());
// error TS2345: Argument of type 'Tensor<["B", 64, "n"]>' is not assignable to parameter of type '"matmul: [B, 12, n, 64] @ [B, 64, n]: batch dims 12 and B do not broadcast; shapes align on the right, use .unsqueeze(axis) to add size-1 axes"'.
heads.matmul(input(["B", 64, "n"]));
// error TS2345: Argument of type 'Tensor<[512]>' is not assignable to parameter of type '"matmul: [B, n, 768] @ [512]: inner dims 768 and 512 differ"'.
matmul(Q, zeros([512]));
// error TS2345: Argument of type 'Tensor<[768]>' is not assignable to parameter of type '"matmul: [512] @ [768]: lengths 512 and 768 differ"'.
matmul(zeros([512]), zeros([768]));
// error TS2345: Argument of type 'Tensor<["B", "n", 768]>' is not assignable to parameter of type '"matmul: left operand is a scalar, use .mul"'.
matmul(zeros([]), Q);
// error TS2345: Argument of type 'Tensor<[]>' is not assignable to parameter of type '"matmul: right operand is a scalar, use .mul"'.
matmul(Q, zeros([]));

// ---- broadcasting ----

// error TS2345: Argument of type 'Tensor<["B", "n"]>' is not assignable to parameter of type '"add: cannot broadcast [B, 12, n, n] with [B, n]: axis -2 is n vs B; shapes align on the right, use .unsqueeze(axis) to add size-1 axes"'.
scores.add(input(["B", "n"]));
// error TS2345: Argument of type 'Tensor<[768]>' is not assignable to parameter of type '"add: cannot broadcast [B, n, 3072] with [768]: axis -1 is 3072 vs 768; shapes align on the right, use .unsqueeze(axis) to add size-1 axes"'.
hidden.add(zeros([768]));
// error TS2345: Argument of type 'Tensor<["B"]>' is not assignable to parameter of type '"add: cannot broadcast [B, n] with [B]: axis -1 is n vs B; shapes align on the right, use .unsqueeze(axis) to add size-1 axes"'.
input(["B", "n"]).add(zeros(["B"]));
// error TS2345: Argument of type 'Tensor<["n"]>' is not assignable to parameter of type '"sub: [n, 1] with [n] would silently broadcast to an outer product; use .squeeze(-1) or .unsqueeze(-1) to say which you mean"'.
input(["n", 1]).sub(input(["n"]));
// error TS2345: Argument of type 'Tensor<["B", "m", 768]>' is not assignable to parameter of type '"mul: cannot broadcast [B, n, 768] with [B, m, 768]: axis -2 is n vs m"'.
Q.mul(K);
// error TS2345: Argument of type 'Tensor<["B", "m", 768]>' is not assignable to parameter of type '"where: cannot broadcast [B, n, 768] with [B, m, 768]: axis -2 is n vs m"'.
where(Q.gt(0), K, 0);
// error TS2345: Argument of type 'Tensor<[5]>' is not assignable to parameter of type '"where: cannot broadcast [B, n, 768] with [5]: axis -1 is 768 vs 5; shapes align on the right, use .unsqueeze(axis) to add size-1 axes"'.
where(Q.gt(0), 0, zeros([5]));
// error TS2345: Argument of type '["B", "n", 768]' is not assignable to parameter of type '["B", "n", 768] & ShapeError<"expand: cannot broadcast [3, 768] with [B, n, 768]: axis -2 is 3 vs n; shapes align on the right, use .unsqueeze(axis) to add size-1 axes">'.
zeros([3, 768]).expand(["B", "n", 768]);

// ---- axes ----

// error TS2345: Argument of type '3' is not assignable to parameter of type '3 & ShapeError<"sum: axis 3 is out of range for [B, n, 768]">'.
Q.sum(3);
// error TS2345: Argument of type '[0, 3]' is not assignable to parameter of type '[0, 3] & ShapeError<"sum: axis 3 is out of range for [B, n, 768]">'.
Q.sum([0, 3]);
// error TS2345: Argument of type '[1, 1]' is not assignable to parameter of type '[1, 1] & ShapeError<"sum: axis 1 of [B, n, 768] is given twice">'.
Q.sum([1, 1]);
// error TS2345: Argument of type '"heads"' is not assignable to parameter of type '"heads" & ShapeError<"mean: [B, n, 768] has no axis named 'heads'; use the axis number">'.
Q.mean("heads");
// error TS2345: Argument of type '"B"' is not assignable to parameter of type '"B" & ShapeError<"mean: [B, 2, B] has more than one axis named 'B'; use the axis number">'.
zeros(["B", 2, "B"]).mean("B");
// error TS2345: Argument of type '5' is not assignable to parameter of type '"softmax: axis 5 is out of range for [B, n, 768]"'.
Q.softmax(5);
// error TS2345: Argument of type '"heads"' is not assignable to parameter of type '"cumsum: [B, n, 768] has no axis named 'heads'; use the axis number"'.
Q.cumsum("heads");
// error TS2345: Argument of type '0' is not assignable to parameter of type '"squeeze: axis 0 of [B, n, 768] is B, not 1"'.
Q.squeeze(0);
// error TS2345: Argument of type 'number[]' is not assignable to parameter of type '"squeeze: axis 1 of [1, 5, 1] is 5, not 1"'.
zeros([1, 5, 1]).squeeze([0, 1]);
// error TS2345: Argument of type '4' is not assignable to parameter of type '"unsqueeze: axis 4 is out of range for [B, n, 768]"'.
Q.unsqueeze(4);
// error TS2345: Argument of type '-5' is not assignable to parameter of type '"unsqueeze: axis -5 is out of range for [B, n, 768]"'.
Q.unsqueeze(-5);
// error TS2345: Argument of type '[0, 2, 2]' is not assignable to parameter of type '[0, 2, 2] & ShapeError<"permute: axis 2 is repeated">'.
Q.permute([0, 2, 2]);
// error TS2345: Argument of type '[0, 1]' is not assignable to parameter of type '[0, 1] & ShapeError<"permute: [B, n, 768] needs 3 axes, got 2">'.
Q.permute([0, 1]);
// error TS2345: Argument of type '0' is not assignable to parameter of type '"transpose: axis 7 is out of range for [B, n, 768]"'.
Q.transpose(0, 7);
// error TS2345: Argument of type '[0, 3]' is not assignable to parameter of type '[0, 3] & ShapeError<"flip: axis 3 is out of range for [B, n, 768]">'.
Q.flip([0, 3]);
// error TS2684: The 'this' context of type 'Tensor<[5]>' is not assignable to method's 'this' of type '"transpose: [5] has fewer than 2 axes"'.
zeros([5]).transpose();
// error TS2684: The 'this' context of type 'Tensor<[5]>' is not assignable to method's 'this' of type '"tril: [5] has fewer than 2 axes"'.
zeros([5]).tril();

// ---- shapes ----

// error TS2345: Argument of type '["B", "n", 12, 63]' is not assignable to parameter of type '["B", "n", 12, 63] & ShapeError<"reshape: [B, n, 768] has 768*B*n elements but [B, n, 12, 63] has 756*B*n elements">'.
Q.reshape(["B", "n", 12, 63]);
// error TS2345: Argument of type '["B", "n", 5, -1]' is not assignable to parameter of type '["B", "n", 5, -1] & ShapeError<"reshape: cannot infer -1 in [B, n, 5, -1]: [B, n, 768] has 768*B*n elements, not divisible by 5*B*n">'.
Q.reshape(["B", "n", 5, -1]);
// error TS2345: Argument of type '[3, -1]' is not assignable to parameter of type '[3, -1] & ShapeError<"reshape: cannot infer -1 in [3, -1]: [10, 10] has 100 elements, not divisible by 3">'.
zeros([10, 10]).reshape([3, -1]);
// error TS2345: Argument of type '[-1, -1]' is not assignable to parameter of type '[-1, -1] & ShapeError<"reshape: only one size may be -1, got [-1, -1]">'.
zeros([10, 10]).reshape([-1, -1]);

// ---- parts ----

// error TS2345: Argument of type '7' is not assignable to parameter of type '"split: axis -1 of [B, n, 768] is 768, not divisible by 7"'.
Q.split(7, -1);
// error TS2345: Argument of type 'number[]' is not assignable to parameter of type '"split: parts [700, 60] add up to 760, but axis -1 of [B, n, 768] is 768"'.
Q.split([700, 60], -1);
// error TS2345: Argument of type '1000' is not assignable to parameter of type '"slice: 0:1000 exceeds axis -1 of [B, n, 768] (768)"'.
Q.slice(-1, 0, 1000);
// error TS2345: Argument of type '5' is not assignable to parameter of type '"slice: -1000:5 exceeds axis -1 of [B, n, 768] (768)"'.
Q.slice(-1, -1000, 5);
// error TS2345: Argument of type '3' is not assignable to parameter of type '"select: axis 3 is out of range for [B, n, 768]"'.
Q.select(3, 0);
// error TS2345: Argument of type '3' is not assignable to parameter of type '"take: axis 3 is out of range for [B, n, 768]"'.
Q.take(zeros([5]), 3);
// error TS2345: Argument of type 'Tensor<[5]>' is not assignable to parameter of type '"gather: indices [5] need the rank of [B, n, 768]; use .take for whole slices"'.
gather(Q, -1, zeros([5]));
// error TS2345: Argument of type '[[1, 1]]' is not assignable to parameter of type '[readonly [1, 1]] & ShapeError<"pad: [B, n, 768] needs one [before, after] per axis, got 1">'.
pad(Q, [[1, 1]]);
// error TS2345: Argument of type '3' is not assignable to parameter of type '"repeat: axis 3 is out of range for [B, n, 768]"'.
Q.repeat(2, 3);

// ---- joining ----

// error TS2345: Argument of type '(Tensor<["B", "n", 512]> | Tensor<["B", "n", 768]>)[]' is not assignable to parameter of type '"concat: [B, n, 768] and [B, n, 512] differ outside axis 1"'.
concat([Q, narrow], 1);
// error TS2345: Argument of type '(Tensor<["B", "n", 768]> | Tensor<["B", 12, "n", 64]>)[]' is not assignable to parameter of type '"concat: [B, n, 768] and [B, 12, n, 64] differ outside axis 0"'.
concat([Q, heads], 0);
// error TS2345: Argument of type '(Tensor<["B", "n", 512]> | Tensor<["B", "n", 768]>)[]' is not assignable to parameter of type '"stack: [B, n, 768] and [B, n, 512] differ"'.
stack([Q, narrow], 0);

// ---- products ----

// error TS2345: Argument of type 'Tensor<[6]>' is not assignable to parameter of type '"dot: [5] . [6]: lengths 5 and 6 differ"'.
dot(zeros([5]), zeros([6]));
// error TS2345: Argument of type 'Tensor<["B", "n", 768]>' is not assignable to parameter of type '"dot: needs two vectors, got [B, n, 768] and [B, n, 768]; use .matmul"'.
dot(Q, Q);
// error TS2345: Argument of type 'Tensor<[5]>' is not assignable to parameter of type '"outer: needs two vectors, got [B, n, 768] and [5]"'.
outer(Q, zeros([5]));
// error TS2345: Argument of type 'Tensor<["n", 512]>' is not assignable to parameter of type '"tensordot: [B, n, 768] and [n, 512] over 2 axes: 768 and 512 differ"'.
tensordot(Q, zeros(["n", 512]), 2);
// error TS2345: Argument of type 'Tensor<["B", "n", 768]>' is not assignable to parameter of type '"tensordot: [5] has fewer than 2 axes"'.
tensordot(zeros([5]), Q, 2);
// error TS2345: Argument of type 'Tensor<[512]>' is not assignable to parameter of type '"cosineSimilarity: cannot broadcast [B, n, 768] with [512]: axis -1 is 768 vs 512; shapes align on the right, use .unsqueeze(axis) to add size-1 axes"'.
cosineSimilarity(Q, zeros([512]));

// ---- patterns ----

// error TS2345: Argument of type '"bhqd,bhkd->bhqk"' is not assignable to parameter of type '"einsum: 'd' is 64 but operand 1 ('bhkd' ~ [B, 12, n, 32]) has 32"'.
einsum("bhqd,bhkd->bhqk", heads, input(["B", 12, "n", 32]));
// error TS2345: Argument of type '"bqd,bhkd->bhqk"' is not assignable to parameter of type '"einsum: operand 0 [B, 12, n, 64] has rank 4, but its subscript is 'bqd'"'.
einsum("bqd,bhkd->bhqk", heads, heads);
// error TS2345: Argument of type '"bhqd,bhkd->bhqx"' is not assignable to parameter of type '"einsum: output index 'x' does not appear in the inputs"'.
einsum("bhqd,bhkd->bhqx", heads, heads);
// error TS2345: Argument of type '"ij,jk"' is not assignable to parameter of type '"einsum: write the output explicitly, e.g. 'ij,jk->ik'"'.
einsum("ij,jk", zeros([2, 3]), zeros([3, 4]));
// error TS2345: Argument of type '"ij,jk->ik"' is not assignable to parameter of type '"einsum: missing operand 1"'.
einsum("ij,jk->ik", zeros([2, 3]));
// error TS2345: Argument of type '"B n (h d) -> B h n d"' is not assignable to parameter of type '"rearrange 'B n (h d) -> B h n d': 768 is not divisible by 7"'.
Q.rearrange("B n (h d) -> B h n d", { h: 7 });
// error TS2345: Argument of type '"B n (h d) -> B h n d"' is not assignable to parameter of type '"rearrange 'B n (h d) -> B h n d': give the size of all but one name in each group"'.
Q.rearrange("B n (h d) -> B h n d");
// error TS2345: Argument of type '"B n d -> B d m"' is not assignable to parameter of type '"rearrange 'B n d -> B d m': unknown name 'm' on the right"'.
Q.rearrange("B n d -> B d m");
// error TS2345: Argument of type '"B n -> n B"' is not assignable to parameter of type '"rearrange 'B n -> n B': [B, n, 768] has too many axes"'.
Q.rearrange("B n -> n B");
// error TS2345: Argument of type '"B n d"' is not assignable to parameter of type '"rearrange: pattern needs '->'"'.
Q.rearrange("B n d");
// error TS2345: Argument of type '"B n d -> B n"' is not assignable to parameter of type '"rearrange 'B n d -> B n': 'd' is missing on the right; use a reduction to drop it"'.
Q.rearrange("B n d -> B n");
// error TS2345: Argument of type '"B n d -> B n d d"' is not assignable to parameter of type '"rearrange 'B n d -> B n d d': 'd' appears twice on the right"'.
Q.rearrange("B n d -> B n d d");

// ---- layers ----

// error TS2345: Argument of type 'Tensor<["B", "n", 3072]>' is not assignable to parameter of type '"linear(768 -> 3072): input [B, n, 3072] has last dim 3072"'.
linear(hidden, zeros([3072, 768]));
// error TS2345: Argument of type 'Tensor<[3072, 768]>' is not assignable to parameter of type '"linear(768 -> 3072): input [B, n, 3072] has last dim 3072"'.
hidden.linear(zeros([3072, 768]));
// error TS2345: Argument of type 'Tensor<[512]>' is not assignable to parameter of type '"layerNorm: expects last dim 512, got [B, n, 768]"'.
layerNorm(Q, zeros([512]));
// error TS2345: Argument of type 'Tensor<[]>' is not assignable to parameter of type '"embedding: the table is a scalar"'.
embedding(input(["B", "n"]), zeros([]));
// error TS2345: Argument of type 'Tensor<["B", 12, "m", 32]>' is not assignable to parameter of type '"scaledDotProductAttention: q [B, 12, n, 64], k [B, 12, m, 32], v [B, 12, m, 32]: widths 64 and 32 of q and k differ"'.
scaledDotProductAttention(heads, zeros(["B", 12, "m", 32]), zeros(["B", 12, "m", 32]));
// error TS2345: Argument of type 'Tensor<["B", 5, "m", 64]>' is not assignable to parameter of type '"scaledDotProductAttention: q [B, 12, n, 64], k [B, 5, m, 64], v [B, 5, m, 64]: the heads of k must divide those of q"'.
scaledDotProductAttention(heads, zeros(["B", 5, "m", 64]), zeros(["B", 5, "m", 64]));
// error TS2345: Argument of type 'Tensor<["B", "n", 3072]>' is not assignable to parameter of type '"linear(768 -> 3072): input [B, n, 3072] has last dim 3072"'.
new Linear(768, 3072).forward(hidden);
// error TS2345: Argument of type 'Tensor<["B", "n", 768]>' is not assignable to parameter of type '"layerNorm: expects last dim 512, got [B, n, 768]"'.
new LayerNorm(512).forward(Q);
declare function layer<const D extends Dim, Z = 0>(width: Known<D, Z>): Tensor<[D]>;
const config = { width: 768 };
// error TS2345: Argument of type 'number' is not assignable to parameter of type '"this size has type `number`, so shapes cannot be checked: add `as const` to the config, or name it: dim('d', n)"'.
layer(config.width);
// error TS2345: Argument of type 'number' is not assignable to parameter of type '"this size has type `number`, so shapes cannot be checked: add `as const` to the config, or name it: dim('d', n)"'.
new Linear(config.width, 3072);
layer(768);

// ---- functions with typed shapes ----

declare function attention<B extends Dim, N extends Dim, D extends Dim>(
  q: Tensor<[B, N, D]>,
  k: Tensor<[B, N, D]>,
): Tensor<[B, N, D]>;
// error TS2345: Argument of type 'Tensor<["B", "n", 768]>' is not assignable to parameter of type 'Tensor<["B", "n", 512 | 768]>'.
attention(Q, narrow);
// error TS2345: Argument of type 'Tensor<["B", "n", 768]>' is not assignable to parameter of type 'Tensor<["B", "m" | "n", 768]>'.
attention(Q, K);
// error TS2345: Argument of type 'Tensor<["B", 12, "n", 64]>' is not assignable to parameter of type 'Tensor<["B", "n", 768]>'.
attention(Q, heads);
// error TS2322: Type 'Tensor<["B", "n", 3072]>' is not assignable to type 'Tensor<["B", "n", 768]>'.
export const wanted: Tensor<["B", "n", 768]> = hidden;
// error TS2554: Expected 2 arguments, but got 1.
is<Tensor<["B", "n"]>>()(Q);

// ---- inside a generic body ----

export function generic<B extends Dim, N extends Dim, M extends Dim>(
  a: Tensor<[B, N]>,
  b: Tensor<[M, B]>,
): void {
  const [rows, columns] = a.shape;
  // error TS2345: Argument of type 'Tensor<[M, B]>' is not assignable to parameter of type '`add: cannot broadcast [${B}, ${N}] with [${M}, ${B}]: axis -1 is ${N} vs ${B}`'.
  a.add(b);
  // error TS2345: Argument of type 'Tensor<[M, B]>' is not assignable to parameter of type '`matmul: [${B}, ${N}] @ [${M}, ${B}]: inner dims ${N} and ${M} differ`'.
  a.matmul(b);
  // error TS2345: Argument of type '2' is not assignable to parameter of type '2 & ShapeError<`sum: axis 2 is out of range for [${B}, ${N}]`>'.
  a.sum(2);
  // error TS2345: Argument of type '[1, 1]' is not assignable to parameter of type '[1, 1] & ShapeError<`sum: axis 1 of [${B}, ${N}] is given twice`>'.
  a.sum([1, 1]);
  // error TS2345: Argument of type '0' is not assignable to parameter of type '`squeeze: axis 0 of [${B}, ${N}] is ${B}, not 1`'.
  a.squeeze(0);
  // error TS2345: Argument of type '5' is not assignable to parameter of type '`unsqueeze: axis 5 is out of range for [${B}, ${N}]`'.
  a.unsqueeze(5);
  // error TS2345: Argument of type '[Size<B>, Size<N>, 2]' is not assignable to parameter of type '[Size<B>, Size<N>, 2] & ShapeError<`reshape: [${B}, ${N}] has ${B}*${N} elements but [${B}, ${N}, 2] has 2*${B}*${N} elements`>'.
  a.reshape([rows, columns, 2]);
  // error TS2345: Argument of type '"r -> r"' is not assignable to parameter of type '`rearrange 'r -> r': [${B}, ${N}] has too many axes`'.
  a.rearrange("r -> r");
  // error TS2345: Argument of type '"i,jk->ij"' is not assignable to parameter of type '`einsum: operand 0 [${B}, ${N}] has rank 2, but its subscript is 'i'`'.
  einsum("i,jk->ij", a, b);
  // error TS2345: Argument of type '(Tensor<[B, N]> | Tensor<[M, B]>)[]' is not assignable to parameter of type '`concat: [${B}, ${N}] and [${M}, ${B}] differ outside axis 0`'.
  concat([a, b], 0);
}

// ---- one mistake gives one message ----

// error TS2345: Argument of type 'Tensor<["B", "m", 768]>' is not assignable to parameter of type '"matmul: [B, n, 768] @ [B, m, 768]: inner dims 768 and m differ; did you mean .matmul(other.transpose(-2, -1))?"'.
Q.matmul(K).add(Q).softmax(-1).sum(-1);

// ---- factorisations ----

// error TS2345: Argument of type 'Tensor<[6]>' is not assignable to parameter of type '"lstsq: a [8, 3] has 8 rows and b [6] has 6"'.
lstsq(zeros([8, 3]), zeros([6]));
// error TS2345: Argument of type 'Tensor<[2, 8]>' is not assignable to parameter of type '"lstsq: a [8, 3] has 8 rows and b [2, 8] has 2; did you mean b.transpose()?"'.
lstsq(zeros([8, 3]), zeros([2, 8]));
// error TS2345: Argument of type 'Tensor<[]>' is not assignable to parameter of type '"lstsq: b is a scalar; it needs the 8 rows of [8, 3]"'.
lstsq(zeros([8, 3]), zeros([]));
// error TS2345: Argument of type 'Tensor<[7, 4]>' is not assignable to parameter of type '"pairwiseDistances: points of 3 and 4 coordinates, [5, 3] and [7, 4]"'.
pairwiseDistances(zeros([5, 3]), zeros([7, 4]));
// error TS2345: Argument of type 'Tensor<[5]>' is not assignable to parameter of type '"svdLowrank: needs at least 2 axes, got [5]"'.
svdLowrank(zeros([5]), { rank: 2 });
// error TS2345: Argument of type 'Tensor<[5]>' is not assignable to parameter of type '"svd: needs at least 2 axes, got [5]"'.
svd(zeros([5]));
// error TS2769: No overload matches this call.
svd(zeros([5]), { fullMatrices: true });
// error TS2769: No overload matches this call.
qr(zeros([5]), { mode: "complete" });
// error TS2345: Argument of type 'Tensor<[5]>' is not assignable to parameter of type '"qr: needs at least 2 axes, got [5]"'.
qr(zeros([5]));
// error TS2345: Argument of type 'Tensor<["B", "n", 768]>' is not assignable to parameter of type '"eigh: [B, n, 768] is not square: n rows and 768 columns"'.
eigh(Q);
// error TS2345: Argument of type 'Tensor<["B", "n", 768]>' is not assignable to parameter of type '"eigvalsh: [B, n, 768] is not square: n rows and 768 columns"'.
eigvalsh(Q);
// error TS2345: Argument of type 'Tensor<["B", "n", 768]>' is not assignable to parameter of type '"eig: [B, n, 768] is not square: n rows and 768 columns"'.
eig(Q);
// error TS2345: Argument of type 'Tensor<[5]>' is not assignable to parameter of type '"eigvals: needs at least 2 axes, got [5]"'.
eigvals(zeros([5]));

// ---- direct solvers ----

// error TS2345: Argument of type 'Tensor<["B", "n", 768]>' is not assignable to parameter of type '"cholesky: [B, n, 768] is not square: n rows and 768 columns"'.
cholesky(Q);
// error TS2345: Argument of type 'Tensor<[2, 3]>' is not assignable to parameter of type '"inv: [2, 3] is not square: 2 rows and 3 columns"'.
inv(zeros([2, 3]));
// error TS2345: Argument of type 'Tensor<[3]>' is not assignable to parameter of type '"det: needs at least 2 axes, got [3]"'.
det(zeros([3]));
// error TS2345: Argument of type 'Tensor<["B", "n", 768]>' is not assignable to parameter of type '"slogdet: [B, n, 768] is not square: n rows and 768 columns"'.
slogdet(Q);
// error TS2345: Argument of type 'Tensor<[3]>' is not assignable to parameter of type '"lu: needs at least 2 axes, got [3]"'.
lu(zeros([3]));
// error TS2345: Argument of type 'Tensor<[2, 3]>' is not assignable to parameter of type '"matrixPower: [2, 3] is not square: 2 rows and 3 columns"'.
matrixPower(zeros([2, 3]), 2);
// error TS2345: Argument of type 'Tensor<[3, 4]>' is not assignable to parameter of type '"solve: [3, 4] is not square: 3 rows and 4 columns"'.
solve(zeros([3, 4]), zeros([3]));
// error TS2345: Argument of type 'Tensor<[5]>' is not assignable to parameter of type '"solve: [4, 4] with [5]: a has 4 rows and b has 5; b must be [4] or [..., 4, k]"'.
solve(zeros([4, 4]), zeros([5]));
// error TS2345: Argument of type 'Tensor<[7, 4]>' is not assignable to parameter of type '"solve: [7, 4, 4] with [7, 4]: a has 4 rows and b has 7; b must be [4] or [..., 4, k]; for a stack of vectors use .unsqueeze(-1)"'.
solve(zeros([7, 4, 4]), zeros([7, 4]));
// error TS2345: Argument of type 'Tensor<["B", 12, "m", 1]>' is not assignable to parameter of type '"solve: [B, 12, n, n] with [B, 12, m, 1]: a has n rows and b has m; b must be [n] or [..., n, k]"'.
solve(scores, input(["B", 12, "m", 1]));
// error TS2345: Argument of type 'Tensor<[3, 4, 1]>' is not assignable to parameter of type '"solve: [2, 4, 4] with [3, 4, 1]: batch dims 2 and 3 do not broadcast"'.
solve(zeros([2, 4, 4]), zeros([3, 4, 1]));
// error TS2345: Argument of type 'Tensor<[5, 3, 4, 1]>' is not assignable to parameter of type '"solve: [2, 4, 4] with [5, 3, 4, 1]: batch dims 2 and 3 do not broadcast; shapes align on the right, use .unsqueeze(axis) to add size-1 axes"'.
solve(zeros([2, 4, 4]), zeros([5, 3, 4, 1]));
// error TS2345: Argument of type 'Tensor<[]>' is not assignable to parameter of type '"solveTriangular: [4, 4] with []: b must be [4] or [..., 4, k]"'.
solveTriangular(zeros([4, 4]), zeros([]));
// error TS2322: Type '3' is not assignable to type '3 & ShapeError<"vectorNorm: axis 3 is out of range for [B, n, 768]">'.
vectorNorm(Q, { axis: 3 });

// ---- fn ----

const attend = fn("B n d, B m d, B m d -> B n d", (q, k, v) =>
  q.matmul(k.transpose(-2, -1)).softmax(-1).matmul(v),
);
// error TS2345: Argument of type 'Tensor<["B", "n", 768]>' is not assignable to parameter of type '"argument 2: expected [B, m, d] with d = 768, got [B, m, 512]"'.
attend(Q, K, input(["B", "m", 512]));
// error TS2345: Argument of type 'Tensor<["B", "n", 768]>' is not assignable to parameter of type '"argument 2: expected [B, m, d] with B = B, got [3, 4]"'.
attend(Q, K, zeros([3, 4]));
// error TS2345: Argument of type 'Tensor<["B", "n", 768]>' is not assignable to parameter of type '"missing argument 2"'.
attend(Q, K);
export function genericCall<B extends Dim, N extends Dim, M extends Dim>(
  x: Tensor<[B, N, 8]>,
  y: Tensor<[B, M, 9]>,
): void {
  // error TS2345: Argument of type 'Tensor<[B, N, 8]>' is not assignable to parameter of type '`argument 1: expected [B, m, d] with d = 8, got [${B}, ${M}, 9]`'.
  attend(x, y, y);
}
// error TS2345: Argument of type 'Tensor<["B", "m", "d"]>' is not assignable to parameter of type '"matmul: [B, n, d] @ [B, m, d]: inner dims d and m differ; did you mean .matmul(other.transpose(-2, -1))?"'.
fn("B n d, B m d -> B n m", (q, k) => q.matmul(k));
// error TS2322: Type 'Tensor<["B", "n", "m"]>' is not assignable to type 'Tensor<["B", "m", "n"]>'.
fn("B n d, B m d -> B m n", (q, k) => q.matmul(k.transpose()));
