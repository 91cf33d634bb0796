import { apply } from "../../../op/apply.js";
import { defineOp } from "../../../op/define.js";
import { Polynomial } from "../../../shape/polynomial.js";
import type { Tensor } from "../../../tensor/tensor.js";
import { matrixAxes } from "../../common/matrix.js";
import { orthonormalRowsReference, type RowsAttributes } from "./reference.js";

export const orthonormalRowsOp = defineOp<RowsAttributes>({
  name: "orthonormalRows",
  infer: ([x]) => [{ dims: x.dims, dtype: x.dtype }],
  // A pass: the products with Qtᵀ and Qt, which the first does twice, the Gram matrix, its factor and the inverse of that,
  // and their product with X.
  cost: ({ inputs: [x, , known], attributes: { passes } }) => {
    const { batch, rows, columns } = matrixAxes("orthonormalRows", x);
    const l = known?.dims.at(-2) ?? 0;
    const outside = Polynomial.product(4, l, rows, columns);
    const small = Polynomial.product(2, rows, rows, rows).over(3);
    const each = outside.plus(Polynomial.product(4, rows, rows, columns)).plus(small);
    return {
      flops: Polynomial.product(passes, ...batch)
        .times(each)
        .multipliedOut(),
    };
  },
  reference: orthonormalRowsReference,
});

/**
 * A basis of what the rows of a float32 X [..., k, n] add to the orthonormal rows of Qt [..., l, n], in the order of the
 * rows, by Cholesky QR: L⁻¹X with XXᵀ + sI = L Lᵀ in float64. One pass is orthonormal down to 10⁻⁶ of the longest
 * direction, and shorter ones stay short: the shift s keeps a rank-deficient X from failing; a second one is orthonormal
 * (Fukaya et al., "Shifted Cholesky QR", SIAM J. Sci. Comput. 42, 2020). Products instead of a QR factorisation.
 *
 * @param signs ±1 [k, n], the noise that is added before and after
 */
export const orthonormalRows = (
  X: Tensor,
  signs: Tensor,
  Qt: Tensor | undefined,
  attributes: RowsAttributes,
): Tensor => apply(orthonormalRowsOp, Qt === undefined ? [X, signs] : [X, signs, Qt], attributes);
