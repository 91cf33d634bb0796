import { requireTensors } from "../../op/apply.js";
import { LinAlgError } from "../../base/errors.js";
import { readOptions } from "../../base/options.js";
import { div } from "../../ops/div/op.js";
import { matmul } from "../../ops/matmul/op.js";
import { cast } from "../../ops/cast/op.js";
import { mul } from "../../ops/mul/op.js";
import { square } from "../../ops/square/op.js";
import { squeeze } from "../../ops/squeeze/op.js";
import { sub } from "../../ops/sub/op.js";
import { sum } from "../../ops/sum/op.js";
import { transpose } from "../../ops/transpose/op.js";
import { unsqueeze } from "../../ops/unsqueeze/op.js";
import { sameSize, showShape } from "../../shape/dim.js";
import { promoteTypes } from "../../tensor/dtype.js";
import type { Tensor } from "../../tensor/tensor.js";
import { matrixAxes } from "../common/matrix.js";
import { widened } from "../common/precision.js";
import { svd } from "../svd/op.js";
import { checkCutoff, defaultCutoff, divideKept, intoRange, significant } from "./spectrum.js";

export interface LstsqOptions {
  /** Singular values up to `rcond` times the largest count as zero. Default max(m, n)·ε. */
  readonly rcond?: number;
}

/**
 * The x of least norm among those that minimise ‖a x − b‖₂, through the singular value decomposition: x = V Σ⁺ Uᵀ b.
 *
 * @param a `[..., m, n]`
 * @param b `[m]`, or `[..., m, k]` whose leading axes broadcast with those of `a`
 * @returns `solution` `[..., n]` or `[..., n, k]`; `residuals` ‖a x − b‖₂² of every column, `[...]` or `[..., k]`;
 *   `rank` `[...]`, int64; `singularValues` `[..., min(m, n)]`
 * @throws LinAlgError when the rows differ in number or an entry of `a` is not finite
 */
export function lstsq(
  a: Tensor,
  b: Tensor,
  options: LstsqOptions = {},
): { solution: Tensor; residuals: Tensor; rank: Tensor; singularValues: Tensor } {
  const { rcond } = readOptions("lstsq", options, ["rcond"]);
  requireTensors("lstsq", [a, b]);
  requireRows(a, b);
  const dtype = promoteTypes(a.dtype, b.dtype);
  const cutoff = rcond === undefined ? defaultCutoff("lstsq", a) : checkCutoff("lstsq", "rcond", rcond);
  const A = widened(cast(a, dtype));
  const right = b.ndim === 1 ? unsqueeze(b, -1) : b;
  const B = widened(cast(right, dtype));

  const { scaled, scale } = intoRange(A);
  const { U, S, Vh } = svd(scaled);
  const keep = significant(S, cutoff);
  const inColumns = divideKept(matmul(transpose(U), div(B, scale)), unsqueeze(S, -1), unsqueeze(keep, -1)); // [..., min, k]
  const X = matmul(transpose(Vh), inColumns);
  const residuals = sum(square(sub(B, matmul(A, X))), -2);

  const asGiven = (x: Tensor): Tensor => cast(b.ndim === 1 ? squeeze(x, -1) : x, dtype);
  return {
    solution: asGiven(X),
    residuals: asGiven(residuals),
    rank: sum(keep, -1),
    singularValues: cast(mul(S, squeeze(scale, -1)), dtype),
  };
}

function requireRows(a: Tensor, b: Tensor): void {
  const { rows } = matrixAxes("lstsq", a);
  const details = { op: "lstsq", shapes: [a.dims, b.dims] };
  if (b.ndim === 0) {
    throw new LinAlgError(`lstsq: b is a scalar; it needs the ${rows} rows of ${showShape(a.dims)}`, details);
  }
  const given = b.dims[Math.max(0, b.ndim - 2)];
  if (sameSize(rows, given)) return;
  const fix = b.ndim > 1 && sameSize(rows, b.dims.at(-1)!) ? "; did you mean b.transpose()?" : "";
  throw new LinAlgError(
    `lstsq: a ${showShape(a.dims)} has ${rows} rows and b ${showShape(b.dims)} has ${given}${fix}`,
    details,
  );
}
