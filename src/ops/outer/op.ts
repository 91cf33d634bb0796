import { apply } from "../../op/apply.js";
import { defineOp } from "../../op/define.js";
import { mapBinary } from "../../op/loops.js";
import { outerShape } from "../../shape/contract.js";
import { Polynomial } from "../../shape/polynomial.js";
import { promoteTypes } from "../../tensor/dtype.js";
import type { Tensor } from "../../tensor/tensor.js";

/** A product without a sum: one multiplication per element, and no matmul FLOPs. */
export const outerOp = defineOp({
  name: "outer",
  infer: ([a, b]) => [{ dims: outerShape(a.dims, b.dims), dtype: promoteTypes(a.dtype, b.dtype) }],
  cost: ({ outputs: [y] }) => ({ flops: Polynomial.product(...y.dims) }),
  reference: ([a, b], [y]) => {
    const column = a.withView({ dims: [...a.dims, 1], strides: [...a.strides, 0] });
    mapBinary(column, b, y, (p, q) => p * q);
  },
});

/**
 * The outer product a bᵀ of two vectors: [n] and [m] -> [n, m]. Throws `ShapeError` for anything but vectors.
 *
 * @example
 * outer(tensor([1, 2]), tensor([3, 4])).toArray(); // [[3, 4], [6, 8]]
 */
export const outer = (a: Tensor, b: Tensor): Tensor => apply(outerOp, [a, b], undefined);
