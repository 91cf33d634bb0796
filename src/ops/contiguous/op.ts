import { apply } from "../../op/apply.js";
import { copyElements } from "../../op/copy.js";
import { defineOp } from "../../op/define.js";
import { isContiguous } from "../../tensor/strides.js";
import type { Tensor } from "../../tensor/tensor.js";

export const contiguousOp = defineOp({
  name: "contiguous",
  infer: ([x]) => [{ dims: x.dims, dtype: x.dtype }],
  reference: ([x], [y]) => copyElements(x, y),
});

/** The same values in row-major order: the tensor itself when it is so already, otherwise a copy. */
export const contiguous = (x: Tensor): Tensor =>
  isContiguous(x.dims, x.strides) ? x : apply(contiguousOp, [x], undefined);
