import { apply } from "../../op/apply.js";
import { defineUnary } from "../../op/elementwise.js";
import type { Tensor } from "../../tensor/tensor.js";

export const negOp = defineUnary({
  name: "neg",
  scalar: (x) => -x,
  row: (x, p, step, y, o, length) => {
    for (let i = 0; i < length; i++, p += step) y[o + i] = -x[p];
  },
  bigint: (x) => -x,
  flops: 1,
  result: "same",
  onBool: "logicalNot",
});

/** −x, in the dtype of x. Throws `DTypeError` on bool. */
export const neg = (x: Tensor): Tensor => apply(negOp, [x], undefined);
