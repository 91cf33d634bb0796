import { applyAll } from "../../op/apply.js";
import { defineOp } from "../../op/define.js";
import type { Tensor } from "../../tensor/tensor.js";
import { luFlops } from "../common/cost.js";
import { matrixAxes, smallerSize } from "../common/matrix.js";
import { luReference } from "./reference.js";

export const luOp = defineOp({
  name: "lu",
  infer: ([a]) => {
    const { batch, rows, columns } = matrixAxes("lu", a);
    const rank = smallerSize("lu", rows, columns);
    return [
      { dims: [...batch, rows, rows], dtype: a.dtype },
      { dims: [...batch, rows, rank], dtype: a.dtype },
      { dims: [...batch, rank, columns], dtype: a.dtype },
      { dims: [...batch, rows], dtype: "int32" },
    ];
  },
  cost: ({ inputs: [a] }) => {
    const { batch, rows, columns } = matrixAxes("lu", a);
    const short = smallerSize("lu", rows, columns);
    return { flops: luFlops(batch, short, short === rows ? columns : rows) };
  },
  reference: luReference,
});

/** The factors of `P L U = A`; `A[permutation] = L U`. */
export interface LuFactors {
  readonly P: Tensor;
  readonly L: Tensor;
  readonly U: Tensor;
  readonly permutation: Tensor;
}

/**
 * LU factorisation with partial pivoting, `P L U = A`. Singular matrices factor too, with zeros on the diagonal of U.
 *
 * @param a `[..., m, n]`, with k = min(m, n)
 * @returns permutation matrix `P [..., m, m]`, `L [..., m, k]` with ones on its diagonal, `U [..., k, n]`, and
 * `permutation [..., m]` in int32: `A[permutation] = L U`, so `P[permutation[i], i] = 1`
 * @throws LinAlgError when an entry is not finite
 */
export function lu(a: Tensor): LuFactors {
  const [P, L, U, permutation] = applyAll(luOp, [a], undefined);
  return { P, L, U, permutation };
}
