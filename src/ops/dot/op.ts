import { apply } from "../../op/apply.js";
import { defineOp } from "../../op/define.js";
import { dotShape } from "../../shape/contract.js";
import { Polynomial } from "../../shape/polynomial.js";
import { promoteTypes } from "../../tensor/dtype.js";
import type { Tensor } from "../../tensor/tensor.js";
import { matmul } from "../matmul/op.js";

export const dotOp = defineOp({
  name: "dot",
  infer: ([a, b]) => [{ dims: dotShape(a.dims, b.dims), dtype: promoteTypes(a.dtype, b.dtype) }],
  cost: ({ inputs: [a] }) => {
    const flops = Polynomial.product(2, ...a.dims);
    return { flops, matmulFlops: flops };
  },
  compose: ([a, b]) => [matmul(a, b)],
});

/**
 * The inner product of two vectors: [n] and [n] -> a scalar tensor.
 * Throws `ShapeError` for anything but two vectors of one length.
 *
 * @example
 * dot(tensor([1, 2]), tensor([3, 4])).item(); // 11
 */
export const dot = (a: Tensor, b: Tensor): Tensor => apply(dotOp, [a, b], undefined);
