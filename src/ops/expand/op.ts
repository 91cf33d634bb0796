import { apply, dimsOf } from "../../op/apply.js";
import { defineView } from "../../op/define.js";
import { expandShape } from "../../shape/broadcast.js";
import { isOne, toShape, type Size, type SizeLike } from "../../shape/dim.js";
import type { Tensor } from "../../tensor/tensor.js";

export const expandOp = defineView<readonly Size[]>("expand", ({ dims, strides }, target) => {
  const added = target.length - dims.length;
  return {
    dims: target,
    strides: target.map((size, i) =>
      i < added || (isOne(dims[i - added]) && !isOne(size)) ? 0 : strides[i - added],
    ),
  };
});

/** Stretches axes of size 1, and adds axes on the left, until the shape is `shape`. A view with stride 0. */
export const expand = (x: Tensor, shape: readonly SizeLike[]): Tensor =>
  apply(expandOp, [x], expandShape(dimsOf("expand", x), toShape(shape)));
