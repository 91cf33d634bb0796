import { apply } from "../../op/apply.js";
import { defineUnary } from "../../op/elementwise.js";
import type { Tensor } from "../../tensor/tensor.js";

export const ceilOp = defineUnary({
  name: "ceil",
  scalar: Math.ceil,
  bigint: (x) => x,
  flops: 1,
  result: "same",
});

/** The smallest integer ≥ x, in the dtype of x. */
export const ceil = (x: Tensor): Tensor => apply(ceilOp, [x], undefined);
