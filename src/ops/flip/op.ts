import { apply, dimsOf } from "../../op/apply.js";
import { copyElements } from "../../op/copy.js";
import { defineOp } from "../../op/define.js";
import { resolveAxes, type Axis } from "../../shape/axes.js";
import type { Tensor } from "../../tensor/tensor.js";

export const flipOp = defineOp<readonly number[]>({
  name: "flip",
  infer: ([x]) => [{ dims: x.dims, dtype: x.dtype }],
  reference: ([x], [y], axes) => {
    const { sizes, strides } = x;
    const offset = axes.reduce((at, axis) => at + (sizes[axis] - 1) * strides[axis], x.offset);
    const backwards = strides.map((step, axis) => (axes.includes(axis) ? -step : step));
    copyElements(x.withView({ dims: sizes, strides: backwards, offset }), y);
  },
});

/** The order reversed along `axis`, several, or all when absent. A copy. */
export const flip = (x: Tensor, axis?: Axis | readonly Axis[]): Tensor =>
  apply(flipOp, [x], resolveAxes("flip", dimsOf("flip", x), axis));
