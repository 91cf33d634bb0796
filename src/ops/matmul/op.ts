import { apply } from "../../op/apply.js";
import { defineOp } from "../../op/define.js";
import { matmulShape } from "../../shape/matmul.js";
import { Polynomial } from "../../shape/polynomial.js";
import { promoteTypes } from "../../tensor/dtype.js";
import type { Tensor } from "../../tensor/tensor.js";
import { matmulReference } from "./reference.js";

export const matmulOp = defineOp({
  name: "matmul",
  infer(inputs) {
    const a = inputs[0];
    const b = inputs[1];
    return [{ dims: matmulShape(a.dims, b.dims), dtype: promoteTypes(a.dtype, b.dtype) }];
  },
  cost: ({ inputs: [a], outputs: [y] }) => {
    const flops = Polynomial.product(2, ...y.dims, a.dims.at(-1)!);
    return { flops, matmulFlops: flops };
  },
  reference: matmulReference,
});

/**
 * Matrix product over the last two axes: a [..., m, k] and b [..., k, n] -> [..., m, n]. Leading axes broadcast; a
 * 1-D operand is a row on the left, a column on the right. Half types accumulate in float32, integers are exact.
 * Throws `ShapeError` when the inner sizes differ or the leading axes do not broadcast.
 *
 * @example
 * matmul(q, transpose(k)); // [B, h, n, d] with [B, h, m, d] -> [B, h, n, m]
 */
export const matmul = (a: Tensor, b: Tensor): Tensor => apply(matmulOp, [a, b], undefined);
