import { apply, dimsOf } from "../../op/apply.js";
import { defineView } from "../../op/define.js";
import { ShapeError } from "../../base/errors.js";
import { resolveAxis, type Axis } from "../../shape/axes.js";
import { showShape } from "../../shape/dim.js";
import type { Tensor } from "../../tensor/tensor.js";

export const transposeOp = defineView<readonly [number, number]>("transpose", ({ dims, strides }, [i, j]) => {
  const swap = <T>(list: readonly T[]): T[] => list.with(i, list[j]).with(j, list[i]);
  return { dims: swap(dims), strides: swap(strides) };
});

/** Swaps two axes, by default the last two. A view. */
export function transpose(x: Tensor, i: Axis = -2, j: Axis = -1): Tensor {
  if (dimsOf("transpose", x).length < 2) {
    throw new ShapeError(`transpose: ${showShape(x.dims)} has fewer than 2 axes`, {
      op: "transpose",
      shapes: [x.dims],
    });
  }
  return apply(transposeOp, [x], [resolveAxis("transpose", x.dims, i), resolveAxis("transpose", x.dims, j)]);
}
