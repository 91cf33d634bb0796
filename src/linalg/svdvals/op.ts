import { apply } from "../../op/apply.js";
import { defineOp } from "../../op/define.js";
import { Polynomial } from "../../shape/polynomial.js";
import type { Tensor } from "../../tensor/tensor.js";
import { matrixAxes, smallerSize } from "../common/matrix.js";
import { svdvalsReference } from "../svd/reference.js";

export const svdvalsOp = defineOp({
  name: "svdvals",
  infer: ([a]) => {
    const { batch, rows, columns } = matrixAxes("svdvals", a);
    return [{ dims: [...batch, smallerSize("svdvals", rows, columns)], dtype: a.dtype }];
  },
  // R-SVD with Σ alone for tall A: 2mn² + 2n³; for wide A the same on the transpose
  // (Golub and Van Loan, Matrix Computations, 4th ed., §8.6.3).
  cost: ({ inputs: [a] }) => {
    const { batch, rows, columns } = matrixAxes("svdvals", a);
    const short = smallerSize("svdvals", rows, columns);
    const long = short === rows ? columns : rows;
    const each = Polynomial.product(2, long, short, short).plus(Polynomial.product(2, short, short, short));
    return {
      flops: Polynomial.product(...batch)
        .times(each)
        .multipliedOut(),
    };
  },
  reference: svdvalsReference,
});

/**
 * The singular values of matrices, descending: `[..., m, n]` -> `[..., min(m, n)]`, at a fraction of the cost of `svd`.
 *
 * @throws LinAlgError when an entry is not finite
 */
export function svdvals(a: Tensor): Tensor {
  return apply(svdvalsOp, [a], undefined);
}
