import { apply } from "../../op/apply.js";
import { defineUnary } from "../../op/elementwise.js";
import type { Tensor } from "../../tensor/tensor.js";

export const logOp = defineUnary({
  name: "log",
  scalar: Math.log,
  flops: 1,
});

/** Natural logarithm; NaN below 0, −∞ at 0. */
export const log = (x: Tensor): Tensor => apply(logOp, [x], undefined);
