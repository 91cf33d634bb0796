import { apply } from "../../op/apply.js";
import { defineReduction, reductionAttributes } from "../../op/reduction.js";
import type { Axis } from "../../shape/axes.js";
import { floatResult } from "../../tensor/dtype.js";
import type { Tensor } from "../../tensor/tensor.js";
import { logSumExpOf } from "./reference.js";

// max, sub, exp, add per element; log, add per result
export const logsumexpOp = defineReduction({
  name: "logsumexp",
  lane: logSumExpOf,
  result: floatResult,
  flops: 4,
  flopsPerResult: 2,
});

/** log Σ eˣ over `axis` (all axes when absent), without overflow; −∞ over nothing. */
export const logsumexp = (x: Tensor, axis?: Axis | readonly Axis[], keepdims = false): Tensor =>
  apply(logsumexpOp, [x], reductionAttributes("logsumexp", x, axis, keepdims));
