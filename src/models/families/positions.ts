import { ShapeError } from "../../base/errors.js";
import { apply } from "../../op/apply.js";
import { sliceOp } from "../../ops/slice/op.js";
import { addSizes, isKnown, showShape, type Size } from "../../shape/dim.js";
import type { Tensor } from "../../tensor/tensor.js";

/**
 * The rows of a learned position table [rows, d] for `length` tokens from `first`: a view [length, d], also when
 * the length is symbolic. Throws `ShapeError` when the table is too short.
 */
export function positionRows(table: Tensor, first: Size, length: Size): Tensor {
  const end = addSizes(first, length);
  const rows = table.dims[0];
  if (isKnown(end) && isKnown(rows) && Number(end) > Number(rows)) {
    throw new ShapeError(
      `the sequence needs ${end} positions, but the position table ${showShape(table.dims)} has ${rows}; ` +
        `shorten the input to ${Number(rows) - Number(first)} tokens`,
      { op: "positionRows", shapes: [table.dims], length, first },
    );
  }
  return apply(sliceOp, [table], { axis: 0, start: first, step: 1, length });
}
