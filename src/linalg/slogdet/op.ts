import { applyAll } from "../../op/apply.js";
import { defineOp } from "../../op/define.js";
import { Polynomial } from "../../shape/polynomial.js";
import type { Tensor } from "../../tensor/tensor.js";
import { luFlops } from "../common/cost.js";
import { squareAxes } from "../common/matrix.js";
import { slogdetReference } from "./reference.js";

export const slogdetOp = defineOp({
  name: "slogdet",
  infer: ([a]) => {
    const spec = { dims: squareAxes("slogdet", a).batch, dtype: a.dtype };
    return [spec, spec];
  },
  // LU, then n logarithms and additions.
  cost: ({ inputs: [a] }) => {
    const { batch, size } = squareAxes("slogdet", a);
    return { flops: luFlops(batch, size, size).plus(Polynomial.product(2, ...batch, size)) };
  },
  reference: slogdetReference,
});

/**
 * The determinant as `sign · exp(logabsdet)`, which no size overflows. A singular matrix has sign 0 and logabsdet
 * −Infinity.
 *
 * @param a `[..., n, n]`
 * @returns `sign [...]` and `logabsdet [...]`
 * @throws LinAlgError when `a` is not square or not finite
 */
export function slogdet(a: Tensor): { sign: Tensor; logabsdet: Tensor } {
  const [sign, logabsdet] = applyAll(slogdetOp, [a], undefined);
  return { sign, logabsdet };
}
