import { requireNumber } from "../../base/options.js";
import { apply } from "../../op/apply.js";
import { copyElements } from "../../op/copy.js";
import { defineOp } from "../../op/define.js";
import { padShape, type Widths } from "../../shape/pad.js";
import { fillElements } from "../../tensor/element.js";
import type { Tensor } from "../../tensor/tensor.js";

interface PadAttributes {
  readonly widths: readonly Widths[];
  readonly value: number;
}

export const padOp = defineOp<PadAttributes>({
  name: "pad",
  infer: ([x], { widths }) => [{ dims: padShape(x.dims, widths), dtype: x.dtype }],
  reference: ([x], [y], { widths, value }) => {
    fillElements(y.elements, y.dtype, value);
    const offset = widths.reduce((total, [before], axis) => total + before * y.strides[axis], 0);
    copyElements(x, y.withView({ dims: x.sizes, strides: y.strides, offset }));
  },
});

/** Surrounds x with `value`: `widths` holds `[before, after]` for every axis. */
export const pad = (x: Tensor, widths: readonly Widths[], value = 0): Tensor =>
  apply(padOp, [x], { widths, value: requireNumber("pad", "value", value) });
