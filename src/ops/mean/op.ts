import { apply } from "../../op/apply.js";
import { defineReduction, reductionAttributes } from "../../op/reduction.js";
import type { Axis } from "../../shape/axes.js";
import { floatResult } from "../../tensor/dtype.js";
import type { Tensor } from "../../tensor/tensor.js";
import { sumOf } from "../sum/reference.js";

// an add per element, a division per result
export const meanOp = defineReduction({
  name: "mean",
  lane: (values) => sumOf(values) / values.length,
  result: floatResult,
  flops: 1,
  flopsPerResult: 1,
});

/** Mean over `axis` (all axes when absent); NaN over nothing. Integers give float32. */
export const mean = (x: Tensor, axis?: Axis | readonly Axis[], keepdims = false): Tensor =>
  apply(meanOp, [x], reductionAttributes("mean", x, axis, keepdims));
