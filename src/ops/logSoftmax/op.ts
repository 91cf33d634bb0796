import { apply, dimsOf } from "../../op/apply.js";
import { defineOp } from "../../op/define.js";
import { resolveAxis, type Axis } from "../../shape/axes.js";
import { Polynomial } from "../../shape/polynomial.js";
import { floatResult } from "../../tensor/dtype.js";
import type { Tensor } from "../../tensor/tensor.js";
import { logSoftmaxReference } from "./reference.js";

/** Maximum, subtract, exp, sum, subtract: 5 FLOPs per element. The attribute is the axis, resolved. */
export const logSoftmaxOp = defineOp<number>({
  name: "logSoftmax",
  infer: ([x]) => [{ dims: x.dims, dtype: floatResult(x.dtype) }],
  cost: ({ outputs: [y] }) => ({ flops: Polynomial.product(5, ...y.dims) }),
  reference: logSoftmaxReference,
});

/**
 * log softmax(x) along `axis`, without the loss of precision of taking the logarithm afterwards. The shape stays.
 * Throws `ShapeError` when there is no such axis.
 *
 * @example
 * logSoftmax(tensor([0, 1000])).toArray(); // [-1000, 0]
 */
export const logSoftmax = (x: Tensor, axis: Axis = -1): Tensor =>
  apply(logSoftmaxOp, [x], resolveAxis("logSoftmax", dimsOf("logSoftmax", x), axis));
