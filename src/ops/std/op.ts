import { readOptions } from "../../base/options.js";
import { apply } from "../../op/apply.js";
import { defineReduction, reductionAttributes } from "../../op/reduction.js";
import type { Axis } from "../../shape/axes.js";
import { floatResult } from "../../tensor/dtype.js";
import type { Tensor } from "../../tensor/tensor.js";
import { varianceOf } from "../var/reference.js";
import type { VarianceAttributes, VarianceOptions } from "../var/op.js";

// as var, and a square root per result
export const stdOp = defineReduction<VarianceAttributes>({
  name: "std",
  lane: (values, { correction }) => Math.sqrt(varianceOf(values, correction)),
  result: floatResult,
  flops: 4,
  flopsPerResult: 3,
});

/** Standard deviation over `axis` (all axes when absent); NaN over no more than `correction` elements. Integers give float32. */
export const std = (
  x: Tensor,
  axis?: Axis | readonly Axis[],
  keepdims = false,
  options: VarianceOptions = {},
): Tensor =>
  apply(stdOp, [x], {
    ...reductionAttributes("std", x, axis, keepdims),
    correction: readOptions("std", options, ["correction"]).correction ?? 0,
  });
