import type { Tensor } from "../../tensor/tensor.js";
import { matrixAxes } from "../common/matrix.js";
import { vectorNorm } from "../norm/op.js";
import { widened } from "../common/precision.js";
import { frobeniusNorms } from "./certificate.js";
import { readGoal, readSampling, type SvdLowrankOptions } from "./options.js";
import { assemble, leastRank, leading, ofRank, prepare, type LowrankSvd } from "./search.js";

/**
 * The leading singular triplets, A ≈ U diag(S) Vh, with a certified error.
 *
 * `{ rank }` gives that many. `{ tolerance }` and `{ energy }` give as few as meet it: the fewest of all when the
 * factorisation is exact, at times one or two more from random samples.
 *
 * The cheapest of three routes by operation counts, for m ≥ n: random samples (see `extendRange`) while
 * 4mnl + 6(m + n)l² + 26l³ is below both the thin svd, 6mn² + 20n³, and for float32 the eigenvectors of AᵀA in float64,
 * 2(4mn² + 9n³); l = 7/4 (rank + oversampling) are the samples, and only rank + oversampling without iterations. The
 * eigenvectors of AᵀA serve singular values down to 6·10⁻⁵ σ₁; below that the svd takes over.
 *
 * @param a `[..., m, n]`
 * @returns `U [..., m, k]`, `S [..., k]` descending, `Vh [..., k, n]`, `error`
 * @throws LinAlgError when an entry is not finite, or rounding keeps every rank from meeting the tolerance
 */
export function svdLowrank(a: Tensor, options: SvdLowrankOptions): LowrankSvd {
  matrixAxes("svdLowrank", a);
  const goal = readGoal("svdLowrank", a, options);
  const sampling = readSampling("svdLowrank", options);
  const A = widened(a);
  if (A.isAbstract) {
    vectorNorm(A, { axis: [-2, -1] });
    const rank = "rank" in goal ? goal.rank : 0;
    return { ...assemble(a, leading(A, rank, sampling), rank, 0), error: NaN };
  }
  const problem = prepare(a, A, frobeniusNorms("svdLowrank", A), sampling);
  return "rank" in goal ? ofRank(problem, goal.rank) : leastRank(problem, goal.error);
}
