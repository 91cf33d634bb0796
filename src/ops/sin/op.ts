import { apply } from "../../op/apply.js";
import { defineUnary } from "../../op/elementwise.js";
import type { Tensor } from "../../tensor/tensor.js";

export const sinOp = defineUnary({
  name: "sin",
  scalar: Math.sin,
  flops: 1,
});

/** Sine of radians. */
export const sin = (x: Tensor): Tensor => apply(sinOp, [x], undefined);
