import { apply, requireTensors } from "../../op/apply.js";
import { defineOp } from "../../op/define.js";
import { stackShape } from "../../shape/join.js";
import { promoteTypes } from "../../tensor/dtype.js";
import type { Tensor } from "../../tensor/tensor.js";
import { concat } from "../concat/op.js";
import { unsqueeze } from "../unsqueeze/op.js";

export const stackOp = defineOp<number>({
  name: "stack",
  infer: (inputs, axis) => [
    {
      dims: stackShape(
        inputs.map((x) => x.dims),
        axis,
      ).shape,
      dtype: inputs.map((x) => x.dtype).reduce(promoteTypes),
    },
  ],
  compose: (inputs, axis) => [
    concat(
      inputs.map((x) => unsqueeze(x, axis)),
      axis,
    ),
  ],
});

/** Lays tensors of one shape side by side along a new axis, the first when absent. */
export function stack(tensors: readonly Tensor[], axis = 0): Tensor {
  requireTensors("stack", tensors);
  const shapes = tensors.map((x) => x.dims);
  return apply(stackOp, tensors, stackShape(shapes, axis).axis);
}
