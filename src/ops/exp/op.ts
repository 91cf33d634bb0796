import { apply } from "../../op/apply.js";
import { defineUnary } from "../../op/elementwise.js";
import type { Tensor } from "../../tensor/tensor.js";

export const expOp = defineUnary({
  name: "exp",
  scalar: Math.exp,
  flops: 1,
});

/** eˣ of every element. */
export const exp = (x: Tensor): Tensor => apply(expOp, [x], undefined);
