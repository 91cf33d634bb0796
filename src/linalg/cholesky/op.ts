import { readOptions } from "../../base/options.js";
import { apply } from "../../op/apply.js";
import { defineOp } from "../../op/define.js";
import { Polynomial } from "../../shape/polynomial.js";
import type { Tensor } from "../../tensor/tensor.js";
import { squareAxes } from "../common/matrix.js";
import { choleskyReference, type CholeskyAttributes } from "./reference.js";

export const choleskyOp = defineOp<CholeskyAttributes>({
  name: "cholesky",
  infer: ([a]) => {
    squareAxes("cholesky", a);
    return [{ dims: a.dims, dtype: a.dtype }];
  },
  // n³/3 (Golub and Van Loan, Matrix Computations, 4th ed., §4.2).
  cost: ({ inputs: [a] }) => {
    const { batch, size } = squareAxes("cholesky", a);
    return { flops: Polynomial.product(...batch, size, size, size).over(3) };
  },
  reference: choleskyReference,
});

/**
 * Cholesky factorisation `A = L Lᵀ`, or `A = Uᵀ U` with `upper`, of symmetric positive definite matrices.
 *
 * @param a `[..., n, n]`; only the lower triangle is read, with `upper` only the upper one
 * @returns L (or U) `[..., n, n]` with a positive diagonal and zeros in the other triangle
 * @throws LinAlgError when `a` is not square, not finite or not positive definite
 */
export function cholesky(a: Tensor, options: { readonly upper?: boolean } = {}): Tensor {
  const { upper = false } = readOptions("cholesky", options, ["upper"]);
  return apply(choleskyOp, [a], { upper });
}
