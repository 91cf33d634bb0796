import { apply, dimsOf } from "../../op/apply.js";
import { defineView } from "../../op/define.js";
import { resolveAxis, type Axis } from "../../shape/axes.js";
import { multiplySizes, type Size } from "../../shape/dim.js";
import { selectIndex } from "../../shape/slice.js";
import type { Tensor } from "../../tensor/tensor.js";

interface SelectAttributes {
  readonly axis: number;
  readonly index: Size;
}

export const selectOp = defineView<SelectAttributes>("select", ({ dims, strides }, { axis, index }) => ({
  dims: dims.toSpliced(axis, 1),
  strides: strides.toSpliced(axis, 1),
  shift: multiplySizes(index, strides[axis]),
}));

/** One index along an axis, which disappears; negative ones count from its end. A view. */
export function select(x: Tensor, axis: Axis, index: number): Tensor {
  const along = resolveAxis("select", dimsOf("select", x), axis);
  return apply(selectOp, [x], { axis: along, index: selectIndex(x.dims, along, index) });
}
