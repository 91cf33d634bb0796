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
import { orthonormalRows } from "./orthonormalRows/op.js";

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
  const signs = randomSigns(M, samples, 2 * blockCount(iterations), random);
  let Qt = known?.Qt;
  const Z = [...(known?.Z ?? [])];
  // Y, as its rows: they run along memory.
  let Yt = matmul(signs(columns), Mt);
  for (let left = blockCount(iterations); ; left--) {
    const directions = newDirections(Yt, signs(rows), Qt);
    const image = matmul(directions, M);
    Qt = Qt === undefined ? directions : concat([Qt, directions], -2);
    Z.push(image);
    if (left === 1) return { Qt, Z };
    Yt = matmul(spread(image, signs(columns)), Mt);
  }
}

// Where the Krylov space ends, what Y adds to it is rounding. Samples of M at the level of its rounding are there
// instead, and where M has nothing to add, signs: unlike rounding they do not lie inside the space.

/** An orthonormal basis of what Y adds to the rows of Qt, both as rows, with noise of about its rounding in Y. */
function newDirections(Yt: Tensor, signs: Tensor, Qt: Tensor | undefined): Tensor {
  if (Yt.dtype === "float32") {
    return orthonormalRows(Yt, signs, Qt, { passes: 2, before: 4 * epsilonOf("float32"), after: 0 });
  }
  const Y = transpose(add(Yt, mul(signs, roundingOf(Yt))));
  if (Qt === undefined) return transpose(basis(Y));
  const outside = (X: Tensor): Tensor => sub(X, matmul(transpose(Qt), matmul(Qt, X)));
  // A direction that was nearly inside comes out of the division by its small rest full of rounding: twice.
  return transpose(basis(outside(basis(outside(Y)))));
}

/** What keeps the rows apart from one product to the next, and the samples that a space at its end needs. */
function spread(X: Tensor, signs: Tensor): Tensor {
  const after = 32 * epsilonOf(X.dtype);
  if (X.dtype === "float32") return orthonormalRows(X, signs, undefined, { passes: 1, before: 0, after });
  return add(transpose(basis(transpose(X))), mul(signs, after));
}

/** About what rounding leaves in each entry of X, whose rows are long, and not nothing where X is zero. */
function roundingOf(X: Tensor): Tensor {
  const relative = (4 * epsilonOf(X.dtype)) / Math.sqrt(lengthOf(X.dims.at(-1)!));
  return add(mul(vectorNorm(X, { axis: [-2, -1], keepdims: true }), relative), 2 ** -400);
}

const basis = (Y: Tensor): Tensor => reducedQr(Y).Q;

/** Y = Q R with as many columns in Q as Y has, or rows if those are fewer. Rows that are a name are more. */
export function reducedQr(Y: Tensor): { Q: Tensor; R: Tensor } {
  const tall = !isKnown(Y.dims.at(-2)!);
  const [Q, R] = applyAll(qrOp, [Y], { mode: "reduced", pivoting: false, tall });
  return { Q, R };
}

const lengthOf = (size: Size): number => (isKnown(size) ? sizeValue(size) : 1);

/** How far apart the parts of the sequence begin that `randomSigns` hands out. */
const SHIFT = 37;

/**
 * ±1 with equal chance, for products with M and its like: as good as Gaussian, far cheaper to draw. What is returned
 * gives, `most` times, another [rows, columns], with columns up to M's. All are parts of one sequence: shifted signs are
 * as good as fresh ones.
 */
function randomSigns(M: Tensor, rows: number, most: number, random: Random): (columns: Size) => Tensor {
  const { dtype } = M;
  if (M.isAbstract) return (columns) => abstractTensor([rows, columns], dtype);
  const length = rows * Math.max(...M.sizes.slice(-2)) + SHIFT * most;
  const values = allocate(dtype, length) as Float32Array | Float64Array;
  for (let first = 0; first < length; first += 32) {
    let bits = random.bits();
    const end = Math.min(first + 32, length);
    for (let i = first; i < end; i++, bits >>>= 1) values[i] = 1 - 2 * (bits & 1);
  }
  let from = -SHIFT;
  return (columns) => {
    from += SHIFT;
    return fromElements(values.subarray(from, from + rows * sizeValue(columns)), [rows, columns], dtype);
  };
}
