import { apply, dimsOf } from "../../op/apply.js";
import { defineView } from "../../op/define.js";
import { squeezeAxes, type Axis } from "../../shape/axes.js";
import type { Tensor } from "../../tensor/tensor.js";

export const squeezeOp = defineView<readonly number[]>("squeeze", ({ dims, strides }, axes) => ({
  dims: dims.filter((_, axis) => !axes.includes(axis)),
  strides: strides.filter((_, axis) => !axes.includes(axis)),
}));

/** Drops the given axes, which must have size 1; without `axis` all that have. A view. */
export const squeeze = (x: Tensor, axis?: Axis | readonly Axis[]): Tensor =>
  apply(squeezeOp, [x], squeezeAxes(dimsOf("squeeze", x), axis));
