import { apply } from "../../op/apply.js";
import { defineReduction, reductionAttributes } from "../../op/reduction.js";
import type { Axis } from "../../shape/axes.js";
import type { Tensor } from "../../tensor/tensor.js";

export const anyOp = defineReduction({
  name: "any",
  lane: (values) => Number(values.some((value) => value !== 0)),
  result: () => "bool",
  flops: 1,
});

/** True where some element along `axis` (all axes when absent) is non-zero; false over nothing. */
export const any = (x: Tensor, axis?: Axis | readonly Axis[], keepdims = false): Tensor =>
  apply(anyOp, [x], reductionAttributes("any", x, axis, keepdims));
