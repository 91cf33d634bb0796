import { apply } from "../../op/apply.js";
import { defineOp } from "../../op/define.js";
import { Polynomial } from "../../shape/polynomial.js";
import type { Tensor } from "../../tensor/tensor.js";
import { squareAxes } from "../common/matrix.js";
import { invReference } from "./reference.js";

export const invOp = defineOp({
  name: "inv",
  infer: ([a]) => {
    squareAxes("inv", a);
    return [{ dims: a.dims, dtype: a.dtype }];
  },
  // LU, then the inverse from it: 2n³ (Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed., §14.3).
  cost: ({ inputs: [a] }) => {
    const { batch, size } = squareAxes("inv", a);
    return { flops: Polynomial.product(2, ...batch, size, size, size) };
  },
  reference: invReference,
});

/**
 * The inverse of each matrix, by LU factorisation. To solve a system, `solve` is faster and more accurate.
 *
 * @param a `[..., n, n]`
 * @returns `[..., n, n]`
 * @throws LinAlgError when `a` is not square, not finite or singular, and when the inverse is out of range
 */
export const inv = (a: Tensor): Tensor => apply(invOp, [a], undefined);
