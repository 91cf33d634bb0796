import { apply, dimsOf } from "../../op/apply.js";
import { defineView } from "../../op/define.js";
import { LintelError } from "../../base/errors.js";
import type { Size, SizeLike } from "../../shape/dim.js";
import { reshapeShape } from "../../shape/reshape.js";
import { reshapeStrides } from "../../tensor/strides.js";
import type { Tensor } from "../../tensor/tensor.js";
import { contiguous } from "../contiguous/op.js";

export const reshapeOp = defineView<readonly Size[]>("reshape", ({ dims, strides }, target) => {
  const viewed = reshapeStrides(dims, strides, target);
  if (viewed === undefined) throw new LintelError("reshape: the elements are not in row-major order", {});
  return { dims: target, strides: viewed };
});

/** The same elements, in row-major order, under another shape; one size may be −1. A view where strides allow. */
export function reshape(x: Tensor, shape: readonly SizeLike[]): Tensor {
  const target = reshapeShape(dimsOf("reshape", x), shape);
  const viewable = reshapeStrides(x.dims, x.strides, target) !== undefined;
  return apply(reshapeOp, [viewable ? x : contiguous(x)], target);
}
