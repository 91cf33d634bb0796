// How far a low-rank product is from the matrix, never claimed smaller than it is.
import { cast } from "../../ops/cast/op.js";
import { matmul } from "../../ops/matmul/op.js";
import { slice } from "../../ops/slice/op.js";
import { sub } from "../../ops/sub/op.js";
import { readValues } from "../../op/loops.js";
import type { Tensor } from "../../tensor/tensor.js";
import { eachMatrix } from "../common/matrix.js";
import { vectorNorm } from "../norm/op.js";
import { epsilonOf } from "../common/precision.js";

/** ‖A‖_F of every matrix of the batch. Throws `LinAlgError` at the first NaN or infinity. */
export function frobeniusNorms(op: string, a: Tensor): Float64Array {
  const norms = readValues(vectorNorm(a, { axis: [-2, -1] }));
  if (!norms.every(Number.isFinite)) eachMatrix(op, a).next(); // names the entry
  return norms;
}

/**
 * What rounding may move in ‖A‖² − Σσ̂², relative to ‖A‖²: products, factorisations and orthogonality each err by
 * multiples of ε that grow like the root of the sides. The largest that the tests have met is 9√(m + n)·ε.
 */
export const squaredRounding = (a: Tensor): number => 64 * Math.sqrt(sidesOf(a)) * epsilonOf(a.dtype);

const sidesOf = (a: Tensor): number => a.sizes.at(-1)! + a.sizes.at(-2)!;

/** Σσ̂² of each matrix of the batch, relative to ‖A‖²; scaled first, so that no square overflows. */
export function capturedEnergy(values: Tensor, norms: Float64Array, kept: number): number[] {
  const [count, all] = [values.sizes.at(-1)!, readValues(values)];
  return [...norms].map((norm, i) => {
    let total = 0;
    for (let j = 0; j < kept; j++) total += norm === 0 ? 0 : (all[i * count + j] / norm) ** 2;
    return total;
  });
}

/** Whether 1 − Σσ̂²/‖A‖² may be trusted when it is `square`: its root is then within 1 %. */
export const isTrusted = (square: number, rounding: number): boolean => square > 50 * rounding;

/**
 * ‖A − A_k‖_F / ‖A‖_F of every matrix, for a projection A_k of A that captures this much of ‖A‖². The square is
 * 1 − Σσ̂²/‖A‖²; where rounding would drown that difference the residual itself is formed, from `product`.
 */
export function certifiedErrors(
  a: Tensor,
  norms: Float64Array,
  captured: readonly number[],
  product: () => { readonly left: Tensor; readonly right: Tensor },
): number[] {
  const rounding = squaredRounding(a);
  const squares = captured.map((energy, i) => (norms[i] === 0 ? 1 : 1 - energy));
  if (!squares.every((square) => isTrusted(square, rounding))) {
    const { left, right } = product();
    return residualErrors(a, norms, left, right);
  }
  // A projection never exceeds what it projects.
  return squares.map((square, i) => (norms[i] === 0 ? 0 : Math.min(1, Math.sqrt(square + rounding))));
}

/** Elements of A per step, so that the float64 copies stay small. */
const chunk = 2 ** 20;

/** ‖A − L R‖_F / ‖A‖_F of every matrix, formed in float64, with the rounding of that added. */
export function residualErrors(a: Tensor, norms: Float64Array, left: Tensor, right: Tensor): number[] {
  const [rows, inner] = left.sizes.slice(-2);
  const step = Math.max(1, Math.floor((chunk * rows) / Math.max(1, a.size)));
  const R = cast(right, "float64");
  const squares = new Float64Array(norms.length);
  for (let from = 0; from < rows; from += step) {
    const part = (x: Tensor): Tensor => cast(slice(x, -2, from, Math.min(rows, from + step)), "float64");
    const norm = readValues(vectorNorm(sub(part(a), matmul(part(left), R)), { axis: [-2, -1] }));
    norms.forEach((whole, i) => (squares[i] += whole === 0 ? 0 : (norm[i] / whole) ** 2));
  }
  // The norms are rounded to the dtype, the sums to float64.
  const certain = (square: number): number =>
    Math.sqrt(square) * (1 + epsilonOf(a.dtype)) + (inner + 4) * 2 ** -52;
  return [...squares].map((square, i) => (norms[i] === 0 ? 0 : certain(square)));
}
