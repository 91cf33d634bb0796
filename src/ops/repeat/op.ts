import { apply, dimsOf } from "../../op/apply.js";
import { defineOp } from "../../op/define.js";
import { resolveAxis, type Axis } from "../../shape/axes.js";
import { repeatShape } from "../../shape/tile.js";
import type { Tensor } from "../../tensor/tensor.js";
import { expand } from "../expand/op.js";
import { reshape } from "../reshape/op.js";
import { unsqueeze } from "../unsqueeze/op.js";

interface RepeatAttributes {
  readonly count: number;
  readonly axis: number;
}

export const repeatOp = defineOp<RepeatAttributes>({
  name: "repeat",
  infer: ([x], { count, axis }) => [{ dims: repeatShape(x.dims, count, axis), dtype: x.dtype }],
  compose: ([x], { count, axis }) => {
    const repeated = expand(unsqueeze(x, axis + 1), x.dims.toSpliced(axis + 1, 0, count));
    return [reshape(repeated, repeatShape(x.dims, count, axis))];
  },
});

/** Every element `count` times along an axis: [a, b] becomes [a, a, b, b]. */
export const repeat = (x: Tensor, count: number, axis: Axis): Tensor =>
  apply(repeatOp, [x], { count, axis: resolveAxis("repeat", dimsOf("repeat", x), axis) });
