import { apply } from "../../op/apply.js";
import { defineUnary } from "../../op/elementwise.js";
import type { Tensor } from "../../tensor/tensor.js";

export const rsqrtOp = defineUnary({
  name: "rsqrt",
  scalar: (x) => 1 / Math.sqrt(x),
  flops: 1,
});

/** 1 / √x; ∞ at 0, NaN below. */
export const rsqrt = (x: Tensor): Tensor => apply(rsqrtOp, [x], undefined);
