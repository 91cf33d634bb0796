import { apply } from "../../op/apply.js";
import { defineUnary } from "../../op/elementwise.js";
import type { Tensor } from "../../tensor/tensor.js";

export const absOp = defineUnary({
  name: "abs",
  scalar: Math.abs,
  bigint: (x) => (x < 0n ? -x : x),
  flops: 1,
  result: "same",
});

/** |x|, in the dtype of x; the smallest integer of a dtype wraps to itself. */
export const abs = (x: Tensor): Tensor => apply(absOp, [x], undefined);
