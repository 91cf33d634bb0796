import { apply } from "../../op/apply.js";
import { defineUnary } from "../../op/elementwise.js";
import type { Tensor } from "../../tensor/tensor.js";

export const isnanOp = defineUnary({
  name: "isnan",
  scalar: Number.isNaN,
  flops: 1,
  result: "bool",
});

/** True where x is NaN. */
export const isnan = (x: Tensor): Tensor => apply(isnanOp, [x], undefined);
