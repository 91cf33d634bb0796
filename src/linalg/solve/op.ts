import { apply } from "../../op/apply.js";
import { defineOp } from "../../op/define.js";
import { Polynomial } from "../../shape/polynomial.js";
import type { Tensor } from "../../tensor/tensor.js";
import { luFlops, triangularFlops } from "../common/cost.js";
import { squareAxes } from "../common/matrix.js";
import { rightSides, systemShape } from "../common/systems.js";
import { solveReference } from "./reference.js";

export const solveOp = defineOp({
  name: "solve",
  infer: ([a, b]) => [systemShape("solve", a, b)],
  // One factorisation per matrix, two triangular systems per right-hand side.
  cost: ({ inputs: [a], outputs: [x] }) => {
    const { batch, size } = squareAxes("solve", a);
    const twoTriangles = Polynomial.product(2, triangularFlops(size, x.dims));
    return { flops: luFlops(batch, size, size).plus(twoTriangles) };
  },
  reference: solveReference,
});

/**
 * X with `A X = B`, by LU factorisation with partial pivoting. b is one vector only if it is 1-D, otherwise a stack of
 * matrices; leading axes broadcast, and each matrix is factored once.
 *
 * @param a `[..., n, n]`
 * @param b `[n]` or `[..., n, k]`; integers and booleans are cast to the dtype of a
 * @returns X `[..., n]` or `[..., n, k]`
 * @throws LinAlgError for singular matrices, naming the zero pivot, entries that are not finite, and results out of
 * range; ShapeError when a and b do not fit
 */
export const solve = (a: Tensor, b: Tensor): Tensor =>
  apply(solveOp, [a, rightSides("solve", a, b)], undefined);
