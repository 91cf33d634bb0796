import { applyAll } from "../../op/apply.js";
import { defineOp } from "../../op/define.js";
import { Polynomial } from "../../shape/polynomial.js";
import type { Tensor } from "../../tensor/tensor.js";
import { squareAxes } from "../matrix.js";
import { eighReference } from "./reference.js";

export const eighOp = defineOp({
  name: "eigh",
  infer: ([a]) => {
    const { batch, size } = squareAxes("eigh", a);
    return [
      { dims: [...batch, size], dtype: a.dtype },
      { dims: [...batch, size, size], dtype: a.dtype },
    ];
  },
  // Tridiagonal reduction 4/3 n³, eigenvectors by divide and conquer and back-transformation: 9 n³ in all
  // (Golub and Van Loan, Matrix Computations, 4th ed., §8.3).
  cost: ({ outputs: [, vectors] }) => ({
    flops: Polynomial.product(9, ...vectors.dims, vectors.dims.at(-1)!),
  }),
  reference: eighReference,
});

/**
 * Eigenvalues, ascending, and orthonormal eigenvectors of a symmetric matrix: `A = V diag(λ) Vᵀ`.
 * Only the lower triangle is read. Each eigenvector's largest entry is positive.
 *
 * @param a `[..., n, n]`
 * @returns `eigenvalues [..., n]`, `eigenvectors [..., n, n]` in columns
 * @throws LinAlgError when `a` is not square or not finite
 */
export function eigh(a: Tensor): { eigenvalues: Tensor; eigenvectors: Tensor } {
  const [eigenvalues, eigenvectors] = applyAll(eighOp, [a], undefined);
  return { eigenvalues, eigenvectors };
}
