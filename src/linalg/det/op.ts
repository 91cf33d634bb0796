import { apply } from "../../op/apply.js";
import { defineOp } from "../../op/define.js";
import { Polynomial } from "../../shape/polynomial.js";
import type { Tensor } from "../../tensor/tensor.js";
import { luFlops } from "../common/cost.js";
import { squareAxes } from "../common/matrix.js";
import { detReference } from "./reference.js";

export const detOp = defineOp({
  name: "det",
  infer: ([a]) => [{ dims: squareAxes("det", a).batch, dtype: a.dtype }],
  // LU, then n multiplications.
  cost: ({ inputs: [a] }) => {
    const { batch, size } = squareAxes("det", a);
    return { flops: luFlops(batch, size, size).plus(Polynomial.product(...batch, size)) };
  },
  reference: detReference,
});

/**
 * The determinant of each matrix, by LU factorisation; 1 for the empty matrix. It leaves the range of the dtype easily:
 * use `slogdet` for anything large.
 *
 * @param a `[..., n, n]`
 * @returns `[...]`
 * @throws LinAlgError when `a` is not square or not finite
 */
export const det = (a: Tensor): Tensor => apply(detOp, [a], undefined);
