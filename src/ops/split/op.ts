import { describe } from "../../base/describe.js";
import { ShapeError } from "../../base/errors.js";
import { apply, dimsOf } from "../../op/apply.js";
import { resolveAxis, type Axis } from "../../shape/axes.js";
import { addSizes, toSize, type Size, type SizeLike } from "../../shape/dim.js";
import { splitSizes } from "../../shape/join.js";
import type { Tensor } from "../../tensor/tensor.js";
import { sliceOp } from "../slice/op.js";

/**
 * Cuts an axis (the first when absent) into `parts` equal pieces, or into pieces of the given lengths. Views.
 * Throws `ShapeError` when they do not fill the axis exactly.
 */
export function split(x: Tensor, parts: number | readonly SizeLike[], axis: Axis = 0): Tensor[] {
  if (typeof parts !== "number" && !Array.isArray(parts)) {
    throw new ShapeError(`split: takes a number of parts or a list of lengths, got ${describe(parts)}`, {
      op: "split",
    });
  }
  const lengths = splitSizes(dimsOf("split", x), typeof parts === "number" ? parts : parts.map(toSize), axis);
  const along = resolveAxis("split", x.dims, axis);
  let start: Size = 0;
  return lengths.map((length) => {
    const piece = apply(sliceOp, [x], { axis: along, start, step: 1, length });
    start = addSizes(start, length);
    return piece;
  });
}
