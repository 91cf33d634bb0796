import { apply } from "../../op/apply.js";
import { defineOp } from "../../op/define.js";
import { outerShape } from "../../shape/contract.js";
import { Polynomial } from "../../shape/polynomial.js";
import { promoteTypes } from "../../tensor/dtype.js";
import type { Tensor } from "../../tensor/tensor.js";
import { mul } from "../mul/op.js";
import { unsqueeze } from "../unsqueeze/op.js";

/** A product without a sum: one multiplication per element, and no matmul FLOPs. */
export const outerOp = defineOp({
  name: "outer",
  infer: ([a, b]) => [{ dims: outerShape(a.dims, b.dims), dtype: promoteTypes(a.dtype, b.dtype) }],
  cost: ({ outputs: [y] }) => ({ flops: Polynomial.product(...y.dims) }),
  compose: ([a, b]) => [mul(unsqueeze(a, 1), unsqueeze(b, 0))],
});

/**
 * The outer product a bᵀ of two vectors: [n] and [m] -> [n, m]. Throws `ShapeError` for anything but vectors.
 *
 * @example
 * outer(tensor([1, 2]), tensor([3, 4])).toArray(); // [[3, 4], [6, 8]]
 */
export const outer = (a: Tensor, b: Tensor): Tensor => apply(outerOp, [a, b], undefined);
