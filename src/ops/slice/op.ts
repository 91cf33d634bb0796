import { apply, dimsOf } from "../../op/apply.js";
import { defineView } from "../../op/define.js";
import { resolveAxis, type Axis } from "../../shape/axes.js";
import { multiplySizes } from "../../shape/dim.js";
import { sliceRange, type Range } from "../../shape/slice.js";
import type { Tensor } from "../../tensor/tensor.js";

interface SliceAttributes extends Range {
  readonly axis: number;
}

export const sliceOp = defineView<SliceAttributes>(
  "slice",
  ({ dims, strides }, { axis, start, step, length }) => ({
    dims: dims.with(axis, length),
    strides: strides.with(axis, multiplySizes(step, strides[axis])),
    shift: multiplySizes(start, strides[axis]),
  }),
);

/**
 * `start:end:step` along an axis; negative bounds count from its end. A view. Throws `ShapeError` for bounds
 * outside the axis.
 *
 * @example
 * slice(x, 0, 1, -1);     // without the first and the last row
 */
export function slice(x: Tensor, axis: Axis, start: number, end?: number, step = 1): Tensor {
  const along = resolveAxis("slice", dimsOf("slice", x), axis);
  return apply(sliceOp, [x], { axis: along, ...sliceRange(x.dims, along, start, end, step) });
}
