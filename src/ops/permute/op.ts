import { apply, dimsOf } from "../../op/apply.js";
import { defineView } from "../../op/define.js";
import { resolvePermutation, type Axis } from "../../shape/axes.js";
import type { Tensor } from "../../tensor/tensor.js";

export const permuteOp = defineView<readonly number[]>("permute", ({ dims, strides }, order) => ({
  dims: order.map((axis) => dims[axis]),
  strides: order.map((axis) => strides[axis]),
}));

/** The axes in another order, each exactly once. A view. */
export const permute = (x: Tensor, order: readonly Axis[]): Tensor =>
  apply(permuteOp, [x], resolvePermutation(dimsOf("permute", x), order));
