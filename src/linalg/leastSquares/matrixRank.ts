import { readOptions } from "../../base/options.js";
import { div } from "../../ops/div/op.js";
import { squeeze } from "../../ops/squeeze/op.js";
import { sum } from "../../ops/sum/op.js";
import type { Tensor } from "../../tensor/tensor.js";
import { widened } from "../common/precision.js";
import { svdvals } from "../svdvals/op.js";
import { checkCutoff, defaultCutoff, intoRange, significant } from "./spectrum.js";

export interface MatrixRankOptions {
  /** Singular values up to this count as zero. Default 0 beside `rtol`. */
  readonly tol?: number;
  /** Singular values up to this times the largest count as zero. Default max(m, n)·ε, or 0 beside `tol`. */
  readonly rtol?: number;
}

/**
 * How many singular values are above the cut-off: the rank up to rounding.
 *
 * @param a `[..., m, n]`
 * @returns `[...]`, int64
 * @throws LinAlgError when an entry is not finite
 */
export function matrixRank(a: Tensor, options: MatrixRankOptions = {}): Tensor {
  const { tol, rtol } = readOptions("matrixRank", options, ["tol", "rtol"]);
  const absolute = tol === undefined ? 0 : checkCutoff("matrixRank", "tol", tol);
  const fallback = tol === undefined ? defaultCutoff("matrixRank", a) : 0;
  const relative = rtol === undefined ? fallback : checkCutoff("matrixRank", "rtol", rtol);
  const { scaled, scale } = intoRange(widened(a));
  return sum(significant(svdvals(scaled), relative, div(absolute, squeeze(scale, -1))), -1);
}
