import { apply } from "../../op/apply.js";
import { defineReduction, reductionAttributes } from "../../op/reduction.js";
import type { Axis } from "../../shape/axes.js";
import { isFloat } from "../../tensor/dtype.js";
import type { Tensor } from "../../tensor/tensor.js";
import { sumOf } from "./reference.js";

export const sumOp = defineReduction({
  name: "sum",
  lane: sumOf,
  bigint: (values) => values.reduce((total, value) => total + value, 0n),
  result: (dtype) => (isFloat(dtype) ? dtype : "int64"),
  flops: 1,
});

/** Sum over `axis` (all axes when absent). Integers and booleans sum to int64. */
export const sum = (x: Tensor, axis?: Axis | readonly Axis[], keepdims = false): Tensor =>
  apply(sumOp, [x], reductionAttributes("sum", x, axis, keepdims));
