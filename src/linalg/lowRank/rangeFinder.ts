import { Random } from "../../base/random.js";
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

/** An orthonormal Q [..., m, l] whose range holds nearly that of M, and Z = MᵀQ [..., n, l]: M ≈ Q Zᵀ. */
export interface Range {
  readonly Q: Tensor;
  readonly Z: Tensor;
}

/** Columns of each block of samples; all blocks together are twice the width, so that the space is sharp within it. */
const blockWidth = (width: number, iterations: number): number =>
  Math.ceil((width * Math.min(2, iterations + 1)) / (iterations + 1));

/** Columns that `extendRange` adds. */
export const rangeWidth = (width: number, iterations: number): number =>
  blockWidth(width, iterations) * (iterations + 1);

/**
 * Adds to a range of M [..., m, n] the block Krylov space of MMᵀ from M times random signs: one block, and one more for
 * every power iteration, each orthonormalised against all before (Halko, Martinsson and Tropp, "Finding structure with
 * randomness", SIAM Review 53, 2011; that every block is kept: Musco and Musco, "Randomized block Krylov methods", 2015).
 * With two iterations it holds the leading `width` directions better than power iterations of that width, for two
 * thirds of their products.
 */
export function extendRange(
  M: Tensor,
  known: Range | undefined,
  width: number,
  iterations: number,
  random: Random,
): Range {
  const Mt = transpose(M);
  let range = known;
  let Y = matmul(M, randomSigns(M, M.dims.at(-1)!, blockWidth(width, iterations), random));
  for (let i = 0; ; i++) {
    const Q = newDirections(Y, range?.Q);
    const Z = matmul(Mt, Q);
    range = range === undefined ? { Q, Z } : { Q: concat([range.Q, Q], -1), Z: concat([range.Z, Z], -1) };
    if (i === iterations) return range;
    Y = disturbed(matmul(M, between(Z)), random);
  }
}

/** An orthonormal basis of what Y adds to the columns of `known`. */
function newDirections(Y: Tensor, known: Tensor | undefined): Tensor {
  if (known === undefined) return basis(Y);
  const outside = (X: Tensor): Tensor => sub(X, matmul(known, matmul(transpose(known), X)));
  // A direction that was nearly inside comes out of the division by its small rest full of rounding: twice.
  return basis(outside(basis(outside(Y))));
}

const basis = (Y: Tensor): Tensor => reducedQr(Y).Q;

/** What keeps the directions apart from one product to the next. */
const between = (Y: Tensor): Tensor => (Y.dtype === "float32" ? nearlyOrthonormal(Y) : basis(Y));

/** Y = Q R with as many columns in Q as Y has, or rows if those are fewer. */
export function reducedQr(Y: Tensor): { Q: Tensor; R: Tensor } {
  const [Q, R] = applyAll(qrOp, [Y], { mode: "reduced", pivoting: false });
  return { Q, R };
}

/**
 * Y with random signs added at the level of its rounding. Where the Krylov space ends, what Y adds to it is rounding,
 * and that may lie inside; the signs do not.
 */
function disturbed(Y: Tensor, random: Random): Tensor {
  const [rows, columns] = Y.dims.slice(-2);
  const signs = randomSigns(Y, rows, sizeValue(columns), random);
  const double = Y.dtype === "float64";
  const relative = (4 * epsilonOf(Y.dtype)) / Math.sqrt(isKnown(rows) ? sizeValue(rows) : 1);
  const size = add(
    mul(vectorNorm(Y, { axis: [-2, -1], keepdims: true }), relative),
    double ? 2 ** -400 : 2 ** -100,
  );
  return add(Y, mul(signs, size));
}

/** ±1 with equal chance, [rows, columns], for products with `like`: as good as Gaussian, and far cheaper to draw. */
function randomSigns(like: Tensor, rows: Size, columns: number, random: Random): Tensor {
  const { dtype } = like;
  if (like.isAbstract) return abstractTensor([rows, columns], dtype);
  const signs = allocate(dtype, sizeValue(rows) * columns) as Float32Array | Float64Array;
  for (let i = 0, bits = 0; i < signs.length; i++) {
    if (i % 32 === 0) bits = random.bits();
    signs[i] = (bits >>> (i % 32)) & 1 ? 1 : -1;
  }
  return fromElements(signs, [rows, columns], dtype);
}
