// Reductions, typed: over one axis (a number or a name), several, or all.
import * as ops from "../../ops/index.js";
import type { AlongFunction, ReductionFunction, VarianceFunction } from "../signatures/reductions.js";

/** Σ x; integers and booleans sum to int64. */
export const sum = ops.sum as ReductionFunction<"sum">;
/** Arithmetic mean. */
export const mean = ops.mean as ReductionFunction<"mean">;
/** The largest element. */
export const max = ops.max as ReductionFunction<"max">;
/** The smallest element. */
export const min = ops.min as ReductionFunction<"min">;
/** Π x */
export const prod = ops.prod as ReductionFunction<"prod">;
/** log Σ eˣ, without overflow. */
export const logsumexp = ops.logsumexp as ReductionFunction<"logsumexp">;
/** Where the largest element is, int32. */
export const argmax = ops.argmax as ReductionFunction<"argmax">;
/** Where the smallest element is, int32. */
export const argmin = ops.argmin as ReductionFunction<"argmin">;
/** True where every element is non-zero. */
export const all = ops.all as ReductionFunction<"all">;
/** True where some element is non-zero. */
export const any = ops.any as ReductionFunction<"any">;
/** Mean squared distance from the mean; `correction` 1 for a sample. */
export const variance = ops.variance as VarianceFunction<"var">;
/** The square root of the variance. */
export const std = ops.std as VarianceFunction<"std">;

// ---- along one axis, the last by default ----

/** eˣ / Σ eˣ */
export const softmax = ops.softmax as AlongFunction<"softmax">;
/** log softmax(x), without underflow. */
export const logSoftmax = ops.logSoftmax as AlongFunction<"logSoftmax">;
/** Running sums. */
export const cumsum = ops.cumsum as AlongFunction<"cumsum">;
