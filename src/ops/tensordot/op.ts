import { apply } from "../../op/apply.js";
import { defineOp } from "../../op/define.js";
import { tensordotAxes, type TensordotAxes } from "../../shape/contract.js";
import { countElements } from "../../shape/dim.js";
import { Polynomial } from "../../shape/polynomial.js";
import { promoteTypes } from "../../tensor/dtype.js";
import type { Tensor } from "../../tensor/tensor.js";
import { matmul } from "../matmul/op.js";
import { permute } from "../permute/op.js";
import { reshape } from "../reshape/op.js";

export const tensordotOp = defineOp<TensordotAxes>({
  name: "tensordot",
  infer: ([a, b], axes) => {
    const { kept } = tensordotAxes(a.dims, b.dims, axes);
    const dims = [...kept[0].map((axis) => a.dims[axis]), ...kept[1].map((axis) => b.dims[axis])];
    return [{ dims, dtype: promoteTypes(a.dtype, b.dtype) }];
  },
  cost: ({ inputs: [a, b], outputs: [y], attributes }) => {
    const { contracted } = tensordotAxes(a.dims, b.dims, attributes);
    const flops = Polynomial.product(2, ...y.dims, ...contracted[0].map((axis) => a.dims[axis]));
    return { flops, matmulFlops: flops };
  },
  compose: ([a, b], axes) => {
    const { contracted, kept } = tensordotAxes(a.dims, b.dims, axes);
    const left = asMatrix(a, kept[0], contracted[0]); // [kept, contracted]
    const right = asMatrix(b, contracted[1], kept[1]); // [contracted, kept]
    const dims = [...kept[0].map((axis) => a.dims[axis]), ...kept[1].map((axis) => b.dims[axis])];
    return [reshape(matmul(left, right), dims)];
  },
});

/** The axes `rows` flattened into one, then the axes `columns` flattened into another. */
function asMatrix(x: Tensor, rows: readonly number[], columns: readonly number[]): Tensor {
  const size = (axes: readonly number[]) => countElements(axes.map((axis) => x.dims[axis]));
  return reshape(permute(x, [...rows, ...columns]), [size(rows), size(columns)]);
}

/**
 * Contracts axes of two tensors, as NumPy's `tensordot`: the last `axes` of a with the first of b, or the given
 * pairs. The axes that stay are those of a, then those of b. Throws `ShapeError` when paired sizes differ.
 *
 * @example
 * tensordot(x, w, 2); // [B, 12, 64] with [12, 64, 768] -> [B, 768]
 * tensordot(x, w, [[-1], [0]]);
 */
export const tensordot = (a: Tensor, b: Tensor, axes: TensordotAxes = 2): Tensor =>
  apply(tensordotOp, [a, b], axes);
