import { LinAlgError } from "../../base/errors.js";
import { showShape } from "../../shape/dim.js";
import type { Tensor } from "../../tensor/tensor.js";

/** The error for a matrix, one of a batch, whose first `left` eigenvalues the QR iteration did not find. */
export function noConvergence(op: string, a: Tensor, matrix: number, left: number): LinAlgError {
  const n = a.sizes.at(-1)!;
  const which = a.ndim > 2 ? ` (matrix ${matrix} of the batch)` : "";
  return new LinAlgError(
    `${op}: the QR iteration on ${showShape(a.dims)}${which} stopped after ${n - left} of ${n} eigenvalues; ` +
      `a random perturbation of the order of the rounding error, or the transpose, usually converges`,
    { op, shape: a.dims, matrix, converged: n - left },
  );
}
