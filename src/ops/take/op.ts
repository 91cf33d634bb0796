import { apply, dimsOf } from "../../op/apply.js";
import { bytesOfOperand, defineOp } from "../../op/define.js";
import { resolveAxis, type Axis } from "../../shape/axes.js";
import { takeShape } from "../../shape/gather.js";
import type { Tensor } from "../../tensor/tensor.js";
import { requireIndices } from "../indices.js";
import { takeReference } from "./reference.js";

export const takeOp = defineOp<number>({
  name: "take",
  infer: ([x, indices], axis) => {
    requireIndices("take", indices);
    return [{ dims: takeShape(x.dims, indices.dims, axis), dtype: x.dtype }];
  },
  // only what is picked is read
  cost: ({ inputs: [, indices], outputs: [y] }) => ({
    bytesRead: bytesOfOperand(y).plus(bytesOfOperand(indices)),
  }),
  reference: takeReference,
});

/**
 * Whole slices by index along an axis (the first when absent), which is replaced by the shape of `indices`.
 * Negative indices count from the end; throws `ShapeError` for one outside the axis.
 */
export const take = (x: Tensor, indices: Tensor, axis: Axis = 0): Tensor =>
  apply(takeOp, [x, indices], resolveAxis("take", dimsOf("take", x), axis));
