// Reductions, typed: over one axis (a number or a name), several, or all.
import * as ops from "../../ops/index.js";
import type { AlongFunction, ReductionFunction, VarianceFunction } from "../signatures/reductions.js";

/**
 * Σ x; integers and booleans sum to int64.
 *
 * @example
 * sum(tensor([[1, 2], [3, 4]]), 0).toArray(); // [4, 6]
 * sum(ones([2, 3]), -1, true).shape; // [2, 1]
 */
export const sum = ops.sum as ReductionFunction<"sum">;
/**
 * Arithmetic mean; NaN over nothing, integers give float32.
 *
 * @example
 * mean(tensor([1, 2, 6])).item(); // 3
 */
export const mean = ops.mean as ReductionFunction<"mean">;
/**
 * The largest element; NaN if there is one. Throws `ShapeError` over nothing.
 *
 * @example
 * max(tensor([[1, 5], [3, 4]]), 1).toArray(); // [5, 4]
 */
export const max = ops.max as ReductionFunction<"max">;
/**
 * The smallest element; NaN if there is one. Throws `ShapeError` over nothing.
 *
 * @example
 * min(tensor([[1, 5], [3, 4]]), 1).toArray(); // [1, 3]
 */
export const min = ops.min as ReductionFunction<"min">;
/**
 * Π x; 1 over nothing, integers and booleans multiply to int64.
 *
 * @example
 * prod(tensor([2, 3, 4])).item(); // 24
 */
export const prod = ops.prod as ReductionFunction<"prod">;
/**
 * log Σ eˣ, without overflow; −∞ over nothing.
 *
 * @example
 * logsumexp(tensor([1000, 1000])).item(); // 1000.693…
 */
export const logsumexp = ops.logsumexp as ReductionFunction<"logsumexp">;
/**
 * Where the largest element is, int32: the first on ties. Over all axes it counts in row-major order.
 *
 * @example
 * argmax(tensor([[1, 5], [3, 4]]), -1).toArray(); // [1, 1]
 */
export const argmax = ops.argmax as ReductionFunction<"argmax">;
/**
 * Where the smallest element is, int32: the first on ties. Over all axes it counts in row-major order.
 *
 * @example
 * argmin(tensor([[1, 5], [3, 0]])).item(); // 3
 */
export const argmin = ops.argmin as ReductionFunction<"argmin">;
/**
 * True where every element is non-zero; true over nothing.
 *
 * @example
 * all(tensor([[1, 0], [1, 1]]), 1).toArray(); // [false, true]
 */
export const all = ops.all as ReductionFunction<"all">;
/**
 * True where some element is non-zero; false over nothing.
 *
 * @example
 * any(tensor([[0, 0], [0, 1]]), 1).toArray(); // [false, true]
 */
export const any = ops.any as ReductionFunction<"any">;
/**
 * Mean squared distance from the mean, divided by n − `correction`: 0 (default) for a population, 1 for a
 * sample.
 *
 * @example
 * variance(tensor([1, 3])).item(); // 1
 * variance(tensor([1, 3]), 0, false, { correction: 1 }).item(); // 2
 */
export const variance = ops.variance as VarianceFunction<"var">;
/**
 * The square root of the variance.
 *
 * @example
 * std(tensor([1, 5])).item(); // 2
 */
export const std = ops.std as VarianceFunction<"std">;

// ---- along one axis, the last by default ----

/**
 * eˣ / Σ eˣ, shifted by the maximum so that nothing overflows. Throws `ShapeError` when there is no such
 * axis.
 *
 * @example
 * softmax(tensor([[0, 0], [1000, 0]])).toArray(); // [[0.5, 0.5], [1, 0]]
 */
export const softmax = ops.softmax as AlongFunction<"softmax">;
/**
 * log softmax(x), without underflow.
 *
 * @example
 * logSoftmax(tensor([0, 1000])).toArray(); // [-1000, 0]
 */
export const logSoftmax = ops.logSoftmax as AlongFunction<"logSoftmax">;
/**
 * Running sums; integers and booleans sum to int64.
 *
 * @example
 * cumsum(tensor([1, 2, 3])).toArray(); // [1, 3, 6]
 */
export const cumsum = ops.cumsum as AlongFunction<"cumsum">;
