import { apply } from "../../op/apply.js";
import { defineOp } from "../../op/define.js";
import { Polynomial } from "../../shape/polynomial.js";
import type { Tensor } from "../../tensor/tensor.js";
import { clipReference, type Bounds } from "./reference.js";

export const clipOp = defineOp<Bounds>({
  name: "clip",
  infer: ([x]) => [{ dims: x.dims, dtype: x.dtype }],
  // one comparison per bound
  cost: ({ inputs: [x], attributes: { low, high } }) => ({
    flops: Polynomial.product(Number(low !== -Infinity) + Number(high !== Infinity), ...x.dims),
  }),
  reference: clipReference,
});

/** x limited to [low, high], in the dtype of x; NaN stays, and `high` wins where the bounds cross. */
export const clip = (x: Tensor, low = -Infinity, high = Infinity): Tensor =>
  apply(clipOp, [x], { low, high });
