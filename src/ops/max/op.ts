import { apply } from "../../op/apply.js";
import { defineReduction, reductionAttributes } from "../../op/reduction.js";
import type { Axis } from "../../shape/axes.js";
import type { Tensor } from "../../tensor/tensor.js";

export const maxOp = defineReduction({
  name: "max",
  lane: (values) => values.reduce((best, value) => Math.max(best, value)),
  bigint: (values) => values.reduce((best, value) => (value > best ? value : best)),
  result: (dtype) => dtype,
  flops: 1,
  acceptsEmpty: false,
});

/** Largest value over `axis` (all axes when absent); NaN if there is one. Throws `ShapeError` over nothing. */
export const max = (x: Tensor, axis?: Axis | readonly Axis[], keepdims = false): Tensor =>
  apply(maxOp, [x], reductionAttributes("max", x, axis, keepdims));
