import { apply, dimsOf } from "../../op/apply.js";
import { defineOp } from "../../op/define.js";
import { resolveAxis, type Axis } from "../../shape/axes.js";
import { Polynomial } from "../../shape/polynomial.js";
import { isFloat } from "../../tensor/dtype.js";
import type { Tensor } from "../../tensor/tensor.js";
import { cumsumReference } from "./reference.js";

export const cumsumOp = defineOp<number>({
  name: "cumsum",
  infer: ([x]) => [{ dims: x.dims, dtype: isFloat(x.dtype) ? x.dtype : "int64" }],
  cost: ({ inputs: [x] }) => ({ flops: Polynomial.product(...x.dims) }),
  reference: cumsumReference,
});

/** Running sum along `axis`, the last when absent. Integers and booleans sum to int64. */
export const cumsum = (x: Tensor, axis: Axis = -1): Tensor =>
  apply(cumsumOp, [x], resolveAxis("cumsum", dimsOf("cumsum", x), axis));
