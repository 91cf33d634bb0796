import { apply } from "../../op/apply.js";
import { defineReduction, reductionAttributes } from "../../op/reduction.js";
import type { Axis } from "../../shape/axes.js";
import { isFloat } from "../../tensor/dtype.js";
import type { Tensor } from "../../tensor/tensor.js";

/** From left to right: whether a product overflows on the way depends on the order. */
function productOf(values: Float64Array): number {
  let product = 1;
  for (let i = 0; i < values.length; i++) product *= values[i];
  return product;
}

export const prodOp = defineReduction({
  name: "prod",
  lane: productOf,
  bigint: (values) => values.reduce((total, value) => BigInt.asIntN(64, total * value), 1n),
  exactFor: (dtype) => !isFloat(dtype),
  result: (dtype) => (isFloat(dtype) ? dtype : "int64"),
  flops: 1,
});

/** Product over `axis` (all axes when absent); 1 over nothing. Integers and booleans multiply to int64, wrapping. */
export const prod = (x: Tensor, axis?: Axis | readonly Axis[], keepdims = false): Tensor =>
  apply(prodOp, [x], reductionAttributes("prod", x, axis, keepdims));
