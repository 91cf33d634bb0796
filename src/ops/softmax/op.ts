import { apply, dimsOf } from "../../op/apply.js";
import { defineOp } from "../../op/define.js";
import { resolveAxis, type Axis } from "../../shape/axes.js";
import { Polynomial } from "../../shape/polynomial.js";
import { floatResult } from "../../tensor/dtype.js";
import type { Tensor } from "../../tensor/tensor.js";
import { softmaxReference } from "./reference.js";

/** Arithmetic per element: maximum, subtract, exp, sum, divide. */
export const softmaxFlops = 5;

/** The attribute is the axis, resolved. */
export const softmaxOp = defineOp<number>({
  name: "softmax",
  infer: ([x]) => [{ dims: x.dims, dtype: floatResult(x.dtype) }],
  cost: ({ outputs: [y] }) => ({ flops: Polynomial.product(softmaxFlops, ...y.dims) }),
  reference: softmaxReference,
});

/**
 * exp(x) / Σ exp(x) along `axis`, shifted by the maximum so that it never overflows. The shape stays.
 * Throws `ShapeError` when there is no such axis. A lane of only −∞ gives NaN, as in PyTorch.
 *
 * @example
 * softmax(tensor([0, 0])).toArray(); // [0.5, 0.5]
 */
export const softmax = (x: Tensor, axis: Axis = -1): Tensor =>
  apply(softmaxOp, [x], resolveAxis("softmax", dimsOf("softmax", x), axis));
