import { apply } from "../../op/apply.js";
import { defineUnary } from "../../op/elementwise.js";
import type { Tensor } from "../../tensor/tensor.js";

export const tanhOp = defineUnary({
  name: "tanh",
  scalar: Math.tanh,
  flops: 1,
});

/** Hyperbolic tangent. */
export const tanh = (x: Tensor): Tensor => apply(tanhOp, [x], undefined);
