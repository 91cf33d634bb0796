// What least squares, pseudo-inverse, rank and condition share: the singular values and where they are cut off.
import { describe } from "../../base/describe.js";
import { ConfigError } from "../../base/errors.js";
import { div } from "../../ops/div/op.js";
import { gt } from "../../ops/gt/op.js";
import { lt } from "../../ops/lt/op.js";
import { maximum } from "../../ops/maximum/op.js";
import { mul } from "../../ops/mul/op.js";
import { slice } from "../../ops/slice/op.js";
import { where } from "../../ops/where/op.js";
import { isKnown, sizeValue } from "../../shape/dim.js";
import { full } from "../../tensor/create.js";
import type { Tensor } from "../../tensor/tensor.js";
import { matrixAxes } from "../common/matrix.js";
import { epsilonOf } from "../common/precision.js";
import { vectorNorm } from "../norm/op.js";

/** max(m, n)·ε: the relative cut-off that NumPy documents for `lstsq` and `matrix_rank`. */
export function defaultCutoff(op: string, a: Tensor): number {
  const { rows, columns } = matrixAxes(op, a);
  const longest = Math.max(...[rows, columns].map((size) => (isKnown(size) ? sizeValue(size) : 1)));
  return longest * epsilonOf(a.dtype);
}

/** Fails for a cut-off that is negative or no number. */
export function checkCutoff(op: string, key: string, value: number): number {
  if (typeof value === "number" && value >= 0) return value;
  throw new ConfigError(`${op}: ${key} must be a number >= 0, got ${describe(value)}`, { op, key, value });
}

/** The largest singular value of each matrix, [..., 1]; [..., 0] when there is none. */
export const largest = (S: Tensor): Tensor => (S.dims.at(-1) === 0 ? S : slice(S, -1, 0, 1));

/** Which singular values [..., k] count: those above `relative` times the largest, and above `absolute`. */
export const significant = (S: Tensor, relative: number, absolute: Tensor | number = 0): Tensor =>
  gt(S, maximum(mul(largest(S), relative), absolute));

/** x / S where `keep` says so, else 0; S [..., k] and x broadcast. */
export const divideKept = (x: Tensor, S: Tensor, keep: Tensor): Tensor =>
  where(keep, div(x, where(keep, S, 1)), 0);

/**
 * Each matrix over a power of two, `scale` [..., 1, 1], that keeps its singular values and their inverses in the range
 * of the dtype; 1 for all but extreme matrices.
 */
export function intoRange(A: Tensor): { scaled: Tensor; scale: Tensor } {
  const far = A.dtype === "float64" ? 2 ** 512 : 2 ** 64;
  const entry = vectorNorm(A, { ord: Infinity, axis: [-2, -1], keepdims: true });
  const one = full([], 1, { dtype: A.dtype });
  const scale = where(gt(entry, far), far, where(lt(entry, 1 / far), 1 / far, one));
  return { scaled: div(A, scale), scale };
}
