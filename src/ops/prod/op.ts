import { apply } from "../../op/apply.js";
import { defineReduction, reductionAttributes } from "../../op/reduction.js";
import type { Axis } from "../../shape/axes.js";
import { isFloat } from "../../tensor/dtype.js";
import type { Tensor } from "../../tensor/tensor.js";

export const prodOp = defineReduction({
  name: "prod",
  lane: (values) => values.reduce((total, value) => total * value, 1),
  bigint: (values) => values.reduce((total, value) => BigInt.asIntN(64, total * value), 1n),
  exactFor: (dtype) => !isFloat(dtype),
  result: (dtype) => (isFloat(dtype) ? dtype : "int64"),
  flops: 1,
});

/** Product over `axis` (all axes when absent); 1 over nothing. Integers and booleans multiply to int64, wrapping. */
export const prod = (x: Tensor, axis?: Axis | readonly Axis[], keepdims = false): Tensor =>
  apply(prodOp, [x], reductionAttributes("prod", x, axis, keepdims));
