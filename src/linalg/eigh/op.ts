import { ConfigError } from "../../base/errors.js";
import { readOptions } from "../../base/options.js";
import { applyAll } from "../../op/apply.js";
import { defineOp } from "../../op/define.js";
import { Polynomial } from "../../shape/polynomial.js";
import type { Tensor } from "../../tensor/tensor.js";
import { squareAxes } from "../common/matrix.js";
import { eighReference, type EighAttributes, type Triangle } from "./reference.js";

export const eighOp = defineOp<EighAttributes>({
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

/** Throws `ConfigError` unless `uplo` names a triangle. */
export function requireTriangle(op: string, uplo: Triangle): void {
  if (uplo === "L" || uplo === "U") return;
  const problem = `${op}: unknown uplo ${JSON.stringify(uplo)}; use "L" or "U", the triangle to read`;
  throw new ConfigError(problem, { key: "uplo", value: uplo });
}

/**
 * Eigenvalues, ascending, and orthonormal eigenvectors of a symmetric matrix: `A = V diag(λ) Vᵀ`.
 * Only the triangle `uplo` is read, though every entry must be finite. Each eigenvector's largest entry is positive.
 *
 * @param a `[..., n, n]`
 * @returns `eigenvalues [..., n]`, `eigenvectors [..., n, n]` in columns
 * @throws LinAlgError when `a` is not square or not finite, ConfigError for an unknown `uplo`
 */
export function eigh(
  a: Tensor,
  options: { readonly uplo?: Triangle } = {},
): { eigenvalues: Tensor; eigenvectors: Tensor } {
  const { uplo = "L" } = readOptions("eigh", options, ["uplo"]);
  requireTriangle("eigh", uplo);
  const [eigenvalues, eigenvectors] = applyAll(eighOp, [a], { uplo });
  return { eigenvalues, eigenvectors };
}
