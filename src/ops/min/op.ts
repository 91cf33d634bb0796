import { apply } from "../../op/apply.js";
import { defineReduction, reductionAttributes } from "../../op/reduction.js";
import type { Axis } from "../../shape/axes.js";
import type { Tensor } from "../../tensor/tensor.js";

export const minOp = defineReduction({
  name: "min",
  lane: (values) => values.reduce((best, value) => Math.min(best, value)),
  bigint: (values) => values.reduce((best, value) => (value < best ? value : best)),
  result: (dtype) => dtype,
  flops: 1,
  acceptsEmpty: false,
});

/** Smallest value over `axis` (all axes when absent); NaN if there is one. Throws `ShapeError` over nothing. */
export const min = (x: Tensor, axis?: Axis | readonly Axis[], keepdims = false): Tensor =>
  apply(minOp, [x], reductionAttributes("min", x, axis, keepdims));
