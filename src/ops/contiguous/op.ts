import { apply } from "../../op/apply.js";
import { defineOp } from "../../op/define.js";
import { isContiguous } from "../../tensor/strides.js";
import { forEachOffset, type Tensor } from "../../tensor/tensor.js";

export const contiguousOp = defineOp({
  name: "contiguous",
  infer: ([x]) => [{ dims: x.dims, dtype: x.dtype }],
  reference: ([x], [y]) => {
    const [from, to] = [x.elements, y.elements];
    let i = 0;
    forEachOffset(x, (offset) => {
      to[i++] = from[offset]!;
    });
  },
});

/** The same values in row-major order: the tensor itself when it is so already, otherwise a copy. */
export const contiguous = (x: Tensor): Tensor =>
  isContiguous(x.dims, x.strides) ? x : apply(contiguousOp, [x], undefined);
