import { apply } from "../../op/apply.js";
import { defineUnary } from "../../op/elementwise.js";
import type { Tensor } from "../../tensor/tensor.js";

/** Halves go to the even neighbour; `Math.round` takes them up. */
const roundHalfEven = (x: number): number =>
  Math.abs(x % 1) === 0.5 ? 2 * Math.round(x / 2) : Math.round(x);

export const roundOp = defineUnary({
  name: "round",
  scalar: roundHalfEven,
  bigint: (x) => x,
  flops: 1,
  result: "same",
});

/** The nearest integer, halves to the even one, in the dtype of x. */
export const round = (x: Tensor): Tensor => apply(roundOp, [x], undefined);
