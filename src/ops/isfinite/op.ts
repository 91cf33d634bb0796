import { apply } from "../../op/apply.js";
import { defineUnary } from "../../op/elementwise.js";
import type { Tensor } from "../../tensor/tensor.js";

export const isfiniteOp = defineUnary({
  name: "isfinite",
  scalar: Number.isFinite,
  flops: 1,
  result: "bool",
});

/** True where x is neither NaN nor infinite. */
export const isfinite = (x: Tensor): Tensor => apply(isfiniteOp, [x], undefined);
