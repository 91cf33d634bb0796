import { apply } from "../../op/apply.js";
import { defineUnary } from "../../op/elementwise.js";
import type { Tensor } from "../../tensor/tensor.js";

export const sqrtOp = defineUnary({
  name: "sqrt",
  scalar: Math.sqrt,
  flops: 1,
});

/** Square root; NaN below 0. */
export const sqrt = (x: Tensor): Tensor => apply(sqrtOp, [x], undefined);
