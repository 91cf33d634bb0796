import { apply } from "../../op/apply.js";
import { defineOp } from "../../op/define.js";
import { matmulShape } from "../../shape/matmul.js";
import { Polynomial } from "../../shape/polynomial.js";
import { promoteTypes } from "../../tensor/dtype.js";
import type { Tensor } from "../../tensor/tensor.js";
import { matmulReference } from "./reference.js";

export const matmulOp = defineOp({
  name: "matmul",
  infer: ([a, b]) => [{ dims: matmulShape(a.dims, b.dims), dtype: promoteTypes(a.dtype, b.dtype) }],
  cost: ({ inputs: [a], outputs: [y] }) => {
    const flops = Polynomial.product(2, ...y.dims, a.dims.at(-1)!);
    return { flops, matmulFlops: flops };
  },
  reference: matmulReference,
});

/** Matrix product over the last two axes; leading axes broadcast; 1-D operands are a row or a column. */
export const matmul = (a: Tensor, b: Tensor): Tensor => apply(matmulOp, [a, b], undefined);
