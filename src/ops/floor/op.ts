import { apply } from "../../op/apply.js";
import { defineUnary } from "../../op/elementwise.js";
import type { Tensor } from "../../tensor/tensor.js";

export const floorOp = defineUnary({
  name: "floor",
  scalar: Math.floor,
  bigint: (x) => x,
  flops: 1,
  result: "same",
});

/** The largest integer ≤ x, in the dtype of x. */
export const floor = (x: Tensor): Tensor => apply(floorOp, [x], undefined);
