import { apply } from "../../op/apply.js";
import { defineReduction, reductionAttributes } from "../../op/reduction.js";
import type { Axis } from "../../shape/axes.js";
import type { Tensor } from "../../tensor/tensor.js";
import { firstBest } from "../argmax/reference.js";

export const argminOp = defineReduction({
  name: "argmin",
  lane: (values) => firstBest(values, (value, best) => value < best),
  bigint: (values) => BigInt(firstBest(values, (value, best) => value < best)),
  result: () => "int32",
  flops: 1,
  acceptsEmpty: false,
});

/**
 * Position of the smallest value along `axis`, as int32: the first on ties, the first NaN if there is one. Without an axis
 * (or with several) it counts in row-major order. Throws `ShapeError` over nothing.
 */
export const argmin = (x: Tensor, axis?: Axis | readonly Axis[], keepdims = false): Tensor =>
  apply(argminOp, [x], reductionAttributes("argmin", x, axis, keepdims));
