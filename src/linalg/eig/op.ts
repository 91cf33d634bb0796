import { applyAll } from "../../op/apply.js";
import { defineOp } from "../../op/define.js";
import { Polynomial } from "../../shape/polynomial.js";
import type { Tensor } from "../../tensor/tensor.js";
import { squareAxes } from "../common/matrix.js";
import { eigReference, eigvalsReference } from "./reference.js";

/** A complex array: its real and its imaginary part. */
export interface ComplexParts<T = Tensor> {
  readonly re: T;
  readonly im: T;
}

export const eigOp = defineOp({
  name: "eig",
  infer: ([a]) => {
    const { batch, size } = squareAxes("eig", a);
    const values = { dims: [...batch, size], dtype: a.dtype };
    const vectors = { dims: [...batch, size, size], dtype: a.dtype };
    return [values, values, vectors, vectors];
  },
  // Hessenberg reduction, double-shift QR and both factors of the real Schur form: 25n³
  // (Golub and Van Loan, Matrix Computations, 4th ed., §7.5.6).
  cost: ({ outputs: [, , vectors] }) => ({
    flops: Polynomial.product(25, ...vectors.dims, vectors.dims.at(-1)!),
  }),
  reference: eigReference,
});

export const eigvalsOp = defineOp({
  name: "eigvals",
  infer: ([a]) => {
    const { batch, size } = squareAxes("eigvals", a);
    const values = { dims: [...batch, size], dtype: a.dtype };
    return [values, values];
  },
  // The same without Q and T: 10n³.
  cost: ({ inputs: [a] }) => ({ flops: Polynomial.product(10, ...a.dims, a.dims.at(-1)!) }),
  reference: eigvalsReference,
});

/**
 * Eigenvalues and right eigenvectors of general real matrices, `A V = V diag(λ)`, as real and imaginary parts.
 * Complex eigenvalues come in conjugate pairs, the one with the positive imaginary part first; otherwise the order is
 * that of the Schur form. Columns of V have Euclidean norm 1, and the largest entry of a complex one is real.
 *
 * @param a `[..., n, n]`
 * @returns `eigenvalues` re and im `[..., n]`, `eigenvectors` re and im `[..., n, n]` in columns
 * @throws LinAlgError when `a` is not square or not finite, or the iteration does not converge
 */
export function eig(a: Tensor): { eigenvalues: ComplexParts; eigenvectors: ComplexParts } {
  const [re, im, vectorsRe, vectorsIm] = applyAll(eigOp, [a], undefined);
  return { eigenvalues: { re, im }, eigenvectors: { re: vectorsRe, im: vectorsIm } };
}

/** The eigenvalues of `eig` alone: re and im `[..., n]`. */
export function eigvals(a: Tensor): ComplexParts {
  const [re, im] = applyAll(eigvalsOp, [a], undefined);
  return { re, im };
}
