import { Random } from "../../base/random.js";
import { holding } from "../../kernels/index.js";
import { applyAll } from "../../op/apply.js";
import { add } from "../../ops/add/op.js";
import { concat } from "../../ops/concat/op.js";
import { matmul } from "../../ops/matmul/op.js";
import { mul } from "../../ops/mul/op.js";
import { sub } from "../../ops/sub/op.js";
import { transpose } from "../../ops/transpose/op.js";
import { isKnown, sizeValue, type Size } from "../../shape/dim.js";
import { allocate } from "../../tensor/dtype.js";
import { abstractTensor, fromElements } from "../../tensor/create.js";
import type { Tensor } from "../../tensor/tensor.js";
import { vectorNorm } from "../norm/op.js";
import { epsilonOf } from "../common/precision.js";
import { qrOp } from "../qr/op.js";
import { nearlyOrthonormal } from "./rescale.js";

/**
 * Orthonormal rows Qᵀ [..., l, m] whose span holds nearly the range of M, and Z = QᵀM [..., l, n], block under block:
 * M ≈ Q Z. The long side of both runs along memory.
 */
export interface Range {
  readonly Qt: Tensor;
  readonly Z: readonly Tensor[];
}

/** Blocks of samples: the first, one for every power iteration, and one more that makes up for narrower blocks. */
const blockCount = (iterations: number): number => (iterations === 0 ? 1 : iterations + 2);

/** Columns of each block; all blocks together are 7/4 of the width, so that the space is sharp within it. */
const blockWidth = (width: number, iterations: number): number =>
  Math.ceil((width * (iterations === 0 ? 1 : 7 / 4)) / blockCount(iterations));

/** Columns that `extendRange` adds. */
export const rangeWidth = (width: number, iterations: number): number =>
  blockWidth(width, iterations) * blockCount(iterations);

/**
 * Adds to a range of M [..., m, n], m ≤ n, the block Krylov space of MMᵀ from M times random signs, each block
 * orthonormalised against all before (Halko, Martinsson and Tropp, "Finding structure with randomness", SIAM Review 53,
 * 2011; that every block is kept: Musco and Musco, "Randomized block Krylov methods", 2015; that narrow blocks do: Meyer,
 * Musco and Musco, "On the unreasonable effectiveness of single vector Krylov methods", 2023). With two iterations it
 * holds the leading `width` directions better than power iterations of that width, for 0.6 of their products. The
 * orthonormal side is the short one, where it costs least.
 */
export function extendRange(
  M: Tensor,
  known: Range | undefined,
  width: number,
  iterations: number,
  random: Random,
): Range {
  const extended = (): Range => krylovBlocks(M, known, width, iterations, random);
  if (M.isAbstract || M.ndim > 2) return extended();
  const { sizes, strides, offset, elements } = M;
  const data = elements as Float32Array | Float64Array;
  const [[rows, columns], [rowStride, colStride]] = [sizes, strides];
  return holding({ data, offset, rows, columns, rowStride, colStride }, extended);
}

function krylovBlocks(
  M: Tensor,
  known: Range | undefined,
  width: number,
  iterations: number,
  random: Random,
): Range {
  const Mt = transpose(M);
  const [rows, columns] = M.dims.slice(-2);
  const samples = blockWidth(width, iterations);
  let Qt = known?.Qt;
  const Z = [...(known?.Z ?? [])];
  // Y, as its rows: they run along memory.
  let Yt = matmul(randomSigns(M, samples, columns, 1, random), Mt);
  for (let left = blockCount(iterations); ; left--) {
    const directions = transpose(newDirections(transpose(Yt), Qt));
    const image = matmul(directions, M);
    Qt = Qt === undefined ? directions : concat([Qt, directions], -2);
    Z.push(image);
    if (left === 1) return { Qt, Z };
    // Where the Krylov space ends, what Y adds to it is rounding. Samples of M at the level of its rounding are there
    // instead, and where M has nothing to add, signs: unlike rounding they do not lie inside the space.
    const noise = randomSigns(M, samples, columns, 32 * epsilonOf(M.dtype), random);
    Yt = matmul(add(between(image), noise), Mt);
    Yt = add(Yt, mul(randomSigns(M, samples, rows, 1, random), roundingOf(Yt)));
  }
}

/** About what rounding leaves in each entry of X, whose rows are long, and not nothing where X is zero. */
function roundingOf(X: Tensor): Tensor {
  const length = X.dims.at(-1)!;
  const relative = (4 * epsilonOf(X.dtype)) / Math.sqrt(isKnown(length) ? sizeValue(length) : 1);
  const norm = vectorNorm(X, { axis: [-2, -1], keepdims: true });
  return add(mul(norm, relative), X.dtype === "float64" ? 2 ** -400 : 2 ** -100);
}

/** An orthonormal basis of what Y adds to the rows of Qt. */
function newDirections(Y: Tensor, Qt: Tensor | undefined): Tensor {
  if (Qt === undefined) return basis(Y);
  const outside = (X: Tensor): Tensor => sub(X, matmul(transpose(Qt), matmul(Qt, X)));
  // A direction that was nearly inside comes out of the division by its small rest full of rounding: twice.
  return basis(outside(basis(outside(Y))));
}

const basis = (Y: Tensor): Tensor => reducedQr(Y).Q;

/** What keeps the rows apart from one product to the next. */
const between = (X: Tensor): Tensor =>
  X.dtype === "float32" ? nearlyOrthonormal(X) : transpose(basis(transpose(X)));

/** Y = Q R with as many columns in Q as Y has, or rows if those are fewer. Rows that are a name are more. */
export function reducedQr(Y: Tensor): { Q: Tensor; R: Tensor } {
  const tall = !isKnown(Y.dims.at(-2)!);
  const [Q, R] = applyAll(qrOp, [Y], { mode: "reduced", pivoting: false, tall });
  return { Q, R };
}

/** ±size with equal chance, [rows, columns], for products with `like`: as good as Gaussian, far cheaper to draw. */
function randomSigns(like: Tensor, rows: Size, columns: Size, size: number, random: Random): Tensor {
  const { dtype } = like;
  if (like.isAbstract) return abstractTensor([rows, columns], dtype);
  const signs = allocate(dtype, sizeValue(rows) * sizeValue(columns)) as Float32Array | Float64Array;
  // Both values lie in a table, for a branch on random bits is mispredicted every other time.
  const values = Float64Array.of(size, -size);
  for (let first = 0; first < signs.length; first += 32) {
    let bits = random.bits();
    const end = Math.min(first + 32, signs.length);
    for (let i = first; i < end; i++, bits >>>= 1) signs[i] = values[bits & 1];
  }
  return fromElements(signs, [rows, columns], dtype);
}
