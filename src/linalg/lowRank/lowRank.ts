import { ConfigError } from "../../base/errors.js";
import { readOptions } from "../../base/options.js";
import { readValues } from "../../op/loops.js";
import { cast } from "../../ops/cast/op.js";
import { mul } from "../../ops/mul/op.js";
import { slice } from "../../ops/slice/op.js";
import { sqrt } from "../../ops/sqrt/op.js";
import { unsqueeze } from "../../ops/unsqueeze/op.js";
import type { Tensor } from "../../tensor/tensor.js";
import { matrixAxes } from "../common/matrix.js";
import { widened } from "../common/precision.js";
import { svd } from "../svd/op.js";
import { checkRank } from "./options.js";

export interface LowRankOptions {
  /** `"split"`: √Σ on both sides (default), so that W1 and W2 are of equal size. `"left"`: W1 = UΣ, W2 = Vh. */
  readonly balance?: "split" | "left";
}

export interface LowRankFactors {
  readonly W1: Tensor;
  readonly W2: Tensor;
  /** ‖A − A_k‖_F / ‖A‖_F = √(Σ_{j>k} σⱼ² / Σ σⱼ²); the largest of a batch; NaN for abstract tensors. */
  readonly error: number;
  /** ‖A − A_k‖₂ = σ_{k+1}; the largest of a batch; NaN for abstract tensors. */
  readonly spectralError: number;
}

/**
 * The best approximation of rank k in the Frobenius and the spectral norm as a product W1 W2 (Eckart and Young, 1936;
 * Mirsky, 1960), by the thin svd. `svdLowrank` finds nearly the same faster where k is small.
 *
 * @param a `[..., m, n]`
 * @returns `W1 [..., m, k]`, `W2 [..., k, n]`, `error`, `spectralError`
 * @throws LinAlgError when an entry is not finite, ConfigError when k is not a rank
 */
export function lowRank(a: Tensor, k: number, options: LowRankOptions = {}): LowRankFactors {
  const { balance = "split" } = readOptions("lowRank", options, ["balance"]);
  matrixAxes("lowRank", a);
  checkRank("lowRank", a, k);
  if (balance !== "split" && balance !== "left") {
    throw new ConfigError(`lowRank: balance is "split" or "left", got ${JSON.stringify(balance)}`, {
      key: "balance",
      value: balance,
    });
  }
  const { U, S, Vh } = svd(widened(a));
  const [left, values, right] = [slice(U, -1, 0, k), slice(S, -1, 0, k), slice(Vh, -2, 0, k)];
  const split = balance === "split";
  const weight = split ? sqrt(values) : values;
  const W1 = mul(left, unsqueeze(weight, -2));
  const W2 = split ? mul(right, unsqueeze(weight, -1)) : right;
  const tail = a.isAbstract ? { error: NaN, spectralError: NaN } : tailErrors(S, k);
  return { W1: cast(W1, a.dtype), W2: cast(W2, a.dtype), ...tail };
}

function tailErrors(S: Tensor, k: number): { error: number; spectralError: number } {
  const [count, values] = [S.sizes.at(-1)!, readValues(S)];
  let [error, spectralError] = [0, 0];
  for (let start = 0; start < values.length; start += count) {
    const largest = values[start];
    if (largest === 0 || k === count) continue;
    let [tail, total] = [0, 0];
    for (let j = count - 1; j >= 0; j--) {
      total += (values[start + j] / largest) ** 2;
      if (j === k) tail = total;
    }
    error = Math.max(error, Math.sqrt(tail / total));
    spectralError = Math.max(spectralError, values[start + k]);
  }
  return { error, spectralError };
}
