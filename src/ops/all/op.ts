import { apply } from "../../op/apply.js";
import { defineReduction, reductionAttributes } from "../../op/reduction.js";
import type { Axis } from "../../shape/axes.js";
import type { Tensor } from "../../tensor/tensor.js";

export const allOp = defineReduction({
  name: "all",
  lane: (values) => Number(values.every((value) => value !== 0)),
  result: () => "bool",
  flops: 1,
});

/** True where every element along `axis` (all axes when absent) is non-zero; true over nothing. */
export const all = (x: Tensor, axis?: Axis | readonly Axis[], keepdims = false): Tensor =>
  apply(allOp, [x], reductionAttributes("all", x, axis, keepdims));
