import { readOptions } from "../../base/options.js";
import { apply } from "../../op/apply.js";
import { defineOp } from "../../op/define.js";
import { Polynomial } from "../../shape/polynomial.js";
import type { Tensor } from "../../tensor/tensor.js";
import { requireTriangle } from "../eigh/op.js";
import type { EighAttributes, Triangle } from "../eigh/reference.js";
import { squareAxes } from "../common/matrix.js";
import { eigvalshReference } from "./reference.js";

export const eigvalshOp = defineOp<EighAttributes>({
  name: "eigvalsh",
  infer: ([a]) => {
    const { batch, size } = squareAxes("eigvalsh", a);
    return [{ dims: [...batch, size], dtype: a.dtype }];
  },
  // Tridiagonal reduction 4n³/3 (Golub and Van Loan, Matrix Computations, 4th ed., §8.3.1) and QL in O(n²).
  cost: ({ inputs: [a] }) => {
    const { batch, size } = squareAxes("eigvalsh", a);
    return { flops: Polynomial.product(4, ...batch, size, size, size).over(3) };
  },
  reference: eigvalshReference,
});

/**
 * The eigenvalues of a symmetric matrix, ascending. Only the triangle `uplo` is read, though every entry must be
 * finite.
 *
 * @param a `[..., n, n]`
 * @returns `[..., n]`
 * @throws LinAlgError when `a` is not square or not finite, ConfigError for an unknown `uplo`
 */
export function eigvalsh(a: Tensor, options: { readonly uplo?: Triangle } = {}): Tensor {
  const { uplo = "L" } = readOptions("eigvalsh", options, ["uplo"]);
  requireTriangle("eigvalsh", uplo);
  return apply(eigvalshOp, [a], { uplo });
}
