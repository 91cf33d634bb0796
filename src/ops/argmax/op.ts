import { apply } from "../../op/apply.js";
import { defineReduction, reductionAttributes } from "../../op/reduction.js";
import type { Axis } from "../../shape/axes.js";
import type { Tensor } from "../../tensor/tensor.js";
import { firstBest } from "./reference.js";

export const argmaxOp = defineReduction({
  name: "argmax",
  lane: (values) => firstBest(values, (value, best) => value > best),
  bigint: (values) => BigInt(firstBest(values, (value, best) => value > best)),
  result: () => "int32",
  flops: 1,
  acceptsEmpty: false,
});

/**
 * Position of the largest value along `axis`, as int32: the first on ties, the first NaN if there is one. Without an axis
 * (or with several) it counts in row-major order. Throws `ShapeError` over nothing.
 */
export const argmax = (x: Tensor, axis?: Axis | readonly Axis[], keepdims = false): Tensor =>
  apply(argmaxOp, [x], reductionAttributes("argmax", x, axis, keepdims));
