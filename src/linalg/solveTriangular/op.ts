import { readOptions, requireBoolean } from "../../base/options.js";
import { apply } from "../../op/apply.js";
import { defineOp } from "../../op/define.js";
import type { Tensor } from "../../tensor/tensor.js";
import { triangularFlops } from "../common/cost.js";
import { rightSides, systemShape } from "../common/systems.js";
import { solveTriangularReference, type SolveTriangularAttributes } from "./reference.js";

export const solveTriangularOp = defineOp<SolveTriangularAttributes>({
  name: "solveTriangular",
  infer: ([a, b]) => [systemShape("solveTriangular", a, b)],
  // n² for each right-hand side (Golub and Van Loan, Matrix Computations, 4th ed., §3.1).
  cost: ({ inputs: [a], outputs: [x] }) => ({ flops: triangularFlops(a.dims.at(-1)!, x.dims) }),
  reference: solveTriangularReference,
});

/**
 * X with `A X = B` for triangular A, by substitution. b is one vector only if it is 1-D, otherwise a stack of matrices;
 * leading axes broadcast.
 *
 * @param a `[..., n, n]`; only the upper triangle is read, with `lower` only the lower one
 * @param b `[n]` or `[..., n, k]`; integers and booleans are cast to the dtype of a
 * @param options `transpose`: solve `Aᵀ X = B`; `unitDiagonal`: the diagonal is 1 and not read
 * @returns X `[..., n]` or `[..., n, k]`
 * @throws LinAlgError for a zero on the diagonal, entries that are not finite, and results out of range; ShapeError
 * when a and b do not fit
 */
export function solveTriangular(
  a: Tensor,
  b: Tensor,
  options: Partial<SolveTriangularAttributes> = {},
): Tensor {
  const given = readOptions("solveTriangular", options, ["lower", "transpose", "unitDiagonal"]);
  const { lower = false, transpose = false, unitDiagonal = false } = given;
  for (const [key, value] of Object.entries({ lower, transpose, unitDiagonal })) {
    requireBoolean("solveTriangular", key, value);
  }
  const right = rightSides("solveTriangular", a, b);
  return apply(solveTriangularOp, [a, right], { lower, transpose, unitDiagonal });
}
