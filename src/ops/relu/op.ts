import { apply } from "../../op/apply.js";
import { defineUnary } from "../../op/elementwise.js";
import type { Tensor } from "../../tensor/tensor.js";

export const reluOp = defineUnary({
  name: "relu",
  scalar: (x) => Math.max(x, 0),
  row: (x, p, step, y, o, length) => {
    for (let i = 0; i < length; i++, p += step) y[o + i] = Math.max(x[p], 0);
  },
  bigint: (x) => (x > 0n ? x : 0n),
  flops: 1,
  result: "same",
});

/** max(x, 0), in the dtype of x; NaN stays. */
export const relu = (x: Tensor): Tensor => apply(reluOp, [x], undefined);
