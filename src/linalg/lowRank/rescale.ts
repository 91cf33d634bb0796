import { add } from "../../ops/add/op.js";
import { cast } from "../../ops/cast/op.js";
import { matmul } from "../../ops/matmul/op.js";
import { mul } from "../../ops/mul/op.js";
import { transpose } from "../../ops/transpose/op.js";
import { unsqueeze } from "../../ops/unsqueeze/op.js";
import { eye } from "../../tensor/create.js";
import type { Tensor } from "../../tensor/tensor.js";
import { cholesky } from "../cholesky/op.js";
import { solveTriangular } from "../solveTriangular/op.js";
import { trace } from "../trace/op.js";

/**
 * A basis of the rows of a float32 X, orthonormal down to 10⁻⁶ of the longest direction; shorter ones stay short.
 * Enough between power iterations, and three products instead of a QR factorisation: L⁻¹X with XXᵀ + sI = L Lᵀ in
 * float64, where the shift s keeps a rank-deficient X from failing (Fukaya et al., "Shifted Cholesky QR", SIAM J. Sci.
 * Comput. 42, 2020).
 */
export function nearlyOrthonormal(X: Tensor): Tensor {
  const double = cast(X, "float64");
  const gram = matmul(double, transpose(double));
  const size = X.dims.at(-2)!;
  const identity = eye(size, size, { dtype: "float64" });
  // The second term is for the zero matrix.
  const shift = add(mul(trace(gram), 2 ** -40), 2 ** -200);
  const L = cholesky(add(gram, mul(identity, unsqueeze(unsqueeze(shift, -1), -1))));
  const inverse = solveTriangular(L, identity, { lower: true });
  return matmul(cast(inverse, X.dtype), X);
}
