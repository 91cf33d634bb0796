import { apply } from "../../op/apply.js";
import { defineUnary } from "../../op/elementwise.js";
import type { Tensor } from "../../tensor/tensor.js";

export const reciprocalOp = defineUnary({
  name: "reciprocal",
  scalar: (x) => 1 / x,
  flops: 1,
});

/** 1 / x; integers give float32. */
export const reciprocal = (x: Tensor): Tensor => apply(reciprocalOp, [x], undefined);
