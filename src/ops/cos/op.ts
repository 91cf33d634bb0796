import { apply } from "../../op/apply.js";
import { defineUnary } from "../../op/elementwise.js";
import type { Tensor } from "../../tensor/tensor.js";

export const cosOp = defineUnary({
  name: "cos",
  scalar: Math.cos,
  flops: 1,
});

/** Cosine of radians. */
export const cos = (x: Tensor): Tensor => apply(cosOp, [x], undefined);
