import { apply, requireTensors } from "../../op/apply.js";
import { copyElements } from "../../op/copy.js";
import { defineOp } from "../../op/define.js";
import type { Axis } from "../../shape/axes.js";
import { concatShape } from "../../shape/join.js";
import { promoteTypes } from "../../tensor/dtype.js";
import type { Tensor } from "../../tensor/tensor.js";
import { cast } from "../cast/op.js";

export const concatOp = defineOp<number>({
  name: "concat",
  infer: (inputs, axis) => [
    {
      dims: concatShape(
        inputs.map((x) => x.dims),
        axis,
      ).shape,
      dtype: inputs.map((x) => x.dtype).reduce(promoteTypes),
    },
  ],
  reference: (inputs, [y], axis) => {
    let start = 0;
    for (const x of inputs) {
      const place = { dims: x.sizes, strides: y.strides, offset: start * y.strides[axis] };
      copyElements(cast(x, y.dtype), y.withView(place));
      start += x.sizes[axis];
    }
  },
});

/** Joins tensors along an axis (the first when absent); they agree in all others and meet in one dtype. */
export function concat(tensors: readonly Tensor[], axis: Axis = 0): Tensor {
  requireTensors("concat", tensors);
  const shapes = tensors.map((x) => x.dims);
  return apply(concatOp, tensors, concatShape(shapes, axis).axis);
}
