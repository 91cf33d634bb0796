import { apply } from "../../op/apply.js";
import { defineUnary } from "../../op/elementwise.js";
import type { Tensor } from "../../tensor/tensor.js";

export const logicalNotOp = defineUnary({
  name: "logicalNot",
  scalar: (x) => x === 0,
  flops: 1,
  result: "bool",
});

/** True where x is zero. */
export const logicalNot = (x: Tensor): Tensor => apply(logicalNotOp, [x], undefined);
