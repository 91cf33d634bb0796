import { apply } from "../../op/apply.js";
import { defineUnary } from "../../op/elementwise.js";
import type { Tensor } from "../../tensor/tensor.js";

export const signOp = defineUnary({
  name: "sign",
  scalar: Math.sign,
  bigint: (x) => (x > 0n ? 1n : x < 0n ? -1n : 0n),
  flops: 1,
  result: "same",
});

/** −1, 0 or 1 as x is negative, zero or positive; NaN stays. */
export const sign = (x: Tensor): Tensor => apply(signOp, [x], undefined);
