import { apply } from "../../op/apply.js";
import { defineUnary } from "../../op/elementwise.js";
import type { Tensor } from "../../tensor/tensor.js";

export const squareOp = defineUnary({
  name: "square",
  scalar: (x) => x * x,
  row: (x, p, step, y, o, length) => {
    for (let i = 0; i < length; i++, p += step) y[o + i] = x[p] * x[p];
  },
  int32: (x) => Math.imul(x, x),
  bigint: (x) => x * x,
  flops: 1,
  result: "same",
});

/** x², in the dtype of x; integers wrap. */
export const square = (x: Tensor): Tensor => apply(squareOp, [x], undefined);
