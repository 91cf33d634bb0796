import { readOptions } from "../../base/options.js";
import { cast } from "../../ops/cast/op.js";
import { div } from "../../ops/div/op.js";
import { matmul } from "../../ops/matmul/op.js";
import { transpose } from "../../ops/transpose/op.js";
import { unsqueeze } from "../../ops/unsqueeze/op.js";
import type { Tensor } from "../../tensor/tensor.js";
import { widened } from "../common/precision.js";
import { svd } from "../svd/op.js";
import { checkCutoff, defaultCutoff, divideKept, intoRange, significant } from "./spectrum.js";

export interface PinvOptions {
  /** Singular values up to `rcond` times the largest count as zero. Default max(m, n)·ε. */
  readonly rcond?: number;
}

/**
 * The Moore–Penrose inverse V Σ⁺ Uᵀ.
 *
 * @param a `[..., m, n]`
 * @returns `[..., n, m]`
 * @throws LinAlgError when an entry is not finite
 */
export function pinv(a: Tensor, options: PinvOptions = {}): Tensor {
  const { rcond } = readOptions("pinv", options, ["rcond"]);
  const cutoff = rcond === undefined ? defaultCutoff("pinv", a) : checkCutoff("pinv", "rcond", rcond);
  const { scaled, scale } = intoRange(widened(a));
  const { U, S, Vh } = svd(scaled);
  return cast(div(pseudoInverse(U, S, Vh, significant(S, cutoff)), scale), a.dtype);
}

/** V Σ⁺ Uᵀ, where Σ⁺ inverts the singular values that `keep` names. */
export function pseudoInverse(U: Tensor, S: Tensor, Vh: Tensor, keep: Tensor): Tensor {
  const scaled = divideKept(transpose(U), unsqueeze(S, -1), unsqueeze(keep, -1));
  return matmul(transpose(Vh), scaled);
}
