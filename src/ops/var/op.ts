import { readOptions } from "../../base/options.js";
import { apply } from "../../op/apply.js";
import { defineReduction, reductionAttributes, type ReductionAttributes } from "../../op/reduction.js";
import type { Axis } from "../../shape/axes.js";
import { floatResult } from "../../tensor/dtype.js";
import type { Tensor } from "../../tensor/tensor.js";
import { varianceOf } from "./reference.js";

export interface VarianceOptions {
  /** The sum of squares is divided by n − correction: 0 for a population, 1 for a sample. Default 0. */
  readonly correction?: number;
}

export interface VarianceAttributes extends ReductionAttributes {
  readonly correction: number;
}

// add for the mean; sub, square, add per element; two divisions per result
export const varianceOp = defineReduction<VarianceAttributes>({
  name: "var",
  lane: (values, { correction }) => varianceOf(values, correction),
  result: floatResult,
  flops: 4,
  flopsPerResult: 2,
});

/** Variance over `axis` (all axes when absent); NaN over no more than `correction` elements. Integers give float32. */
export const variance = (
  x: Tensor,
  axis?: Axis | readonly Axis[],
  keepdims = false,
  options: VarianceOptions = {},
): Tensor =>
  apply(varianceOp, [x], {
    ...reductionAttributes("var", x, axis, keepdims),
    correction: readOptions("var", options, ["correction"]).correction ?? 0,
  });
