import { ConfigError } from "../../base/errors.js";
import { readOptions, requireBoolean } from "../../base/options.js";
import { applyAll } from "../../op/apply.js";
import { defineOp } from "../../op/define.js";
import { Polynomial } from "../../shape/polynomial.js";
import type { Tensor } from "../../tensor/tensor.js";
import { matrixAxes, smallerSize } from "../common/matrix.js";
import { svdReference, type SvdAlgorithm, type SvdAttributes } from "./reference.js";

export const svdOp = defineOp<SvdAttributes>({
  name: "svd",
  infer: ([a], { fullMatrices }) => {
    const { batch, rows, columns } = matrixAxes("svd", a);
    const rank = smallerSize("svd", rows, columns);
    return [
      { dims: [...batch, rows, fullMatrices ? rows : rank], dtype: a.dtype },
      { dims: [...batch, rank], dtype: a.dtype },
      { dims: [...batch, fullMatrices ? columns : rank, columns], dtype: a.dtype },
    ];
  },
  // R-SVD of tall A: 6mn² + 20n³ with Σ, V and the first n columns of U, 4m²n + 22n³ with all of U; of wide A the same
  // on the transpose (Golub and Van Loan, Matrix Computations, 4th ed., §8.6.3).
  cost: ({ inputs: [a], attributes: { fullMatrices } }) => {
    const { batch, rows, columns } = matrixAxes("svd", a);
    const short = smallerSize("svd", rows, columns);
    const long = short === rows ? columns : rows;
    const each = fullMatrices
      ? Polynomial.product(4, long, long, short).plus(Polynomial.product(22, short, short, short))
      : Polynomial.product(6, long, short, short).plus(Polynomial.product(20, short, short, short));
    return {
      flops: Polynomial.product(...batch)
        .times(each)
        .multipliedOut(),
    };
  },
  reference: svdReference,
});

const algorithms: readonly SvdAlgorithm[] = ["divide-and-conquer", "jacobi"];

export interface SvdOptions {
  readonly fullMatrices?: boolean;
  readonly algorithm?: SvdAlgorithm;
}

/**
 * Singular value decomposition `A = U diag(S) Vh`, singular values descending.
 * The largest entry of each column of U is positive.
 *
 * @param a `[..., m, n]`, with k = min(m, n)
 * @returns `U [..., m, k]`, `S [..., k]`, `Vh [..., k, n]`; with `fullMatrices` U is m×m and Vh n×n
 * @throws LinAlgError when an entry is not finite
 */
export function svd(a: Tensor, options: SvdOptions = {}): { U: Tensor; S: Tensor; Vh: Tensor } {
  const given = readOptions("svd", options, ["fullMatrices", "algorithm"]);
  const { fullMatrices = false, algorithm = "divide-and-conquer" } = given;
  requireBoolean("svd", "fullMatrices", fullMatrices);
  if (!algorithms.includes(algorithm)) {
    throw new ConfigError(
      `svd: algorithm must be ${algorithms.map((name) => `"${name}"`).join(" or ")}, got ${JSON.stringify(algorithm)}`,
      { key: "algorithm", value: algorithm },
    );
  }
  const [U, S, Vh] = applyAll(svdOp, [a], { fullMatrices, algorithm });
  return { U, S, Vh };
}
