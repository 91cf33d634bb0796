import { apply, dimsOf } from "../../op/apply.js";
import { defineView } from "../../op/define.js";
import { newAxis } from "../../shape/axes.js";
import type { Tensor } from "../../tensor/tensor.js";

export const unsqueezeOp = defineView<number>("unsqueeze", ({ dims, strides }, axis) => ({
  dims: dims.toSpliced(axis, 0, 1),
  strides: strides.toSpliced(axis, 0, 1),
}));

/** Inserts an axis of size 1 at `axis`; −1 puts it last. A view. */
export const unsqueeze = (x: Tensor, axis: number): Tensor =>
  apply(unsqueezeOp, [x], newAxis("unsqueeze", dimsOf("unsqueeze", x), axis));
