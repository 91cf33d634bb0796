import { DTypeError, ShapeError } from "../base/errors.js";
import { readValues } from "../op/loops.js";
import { showShape } from "../shape/dim.js";
import type { Tensor, TensorSpec } from "../tensor/tensor.js";

/** Fails unless the tensor holds integers. */
export function requireIndices(op: string, { dtype }: TensorSpec): void {
  if (dtype === "int32" || dtype === "int64" || dtype === "uint8") return;
  throw new DTypeError(`${op}: indices must be int32, int64 or uint8, got ${dtype}; use .cast("int32")`, {
    op,
    dtype,
  });
}

/** Indices along an axis of `x` in row-major order, negative ones counted from its end. Throws outside it. */
export function readIndices(op: string, indices: Tensor, x: Tensor, axis: number): Float64Array {
  const size = x.sizes[axis];
  const values = readValues(indices);
  for (let i = 0; i < values.length; i++) {
    if (values[i] < -size || values[i] >= size) throw outside(op, values[i], i, indices, x, axis);
    if (values[i] < 0) values[i] += size;
  }
  return values;
}

function outside(
  op: string,
  index: number,
  at: number,
  indices: Tensor,
  x: Tensor,
  axis: number,
): ShapeError {
  const position: number[] = [];
  for (let i = indices.ndim - 1, rest = at; i >= 0; i--) {
    position.unshift(rest % indices.sizes[i]);
    rest = Math.floor(rest / indices.sizes[i]);
  }
  return new ShapeError(
    `${op}: index ${index} at position [${position.join(", ")}] of the indices ${showShape(indices.dims)} ` +
      `is out of range for axis ${axis} of ${showShape(x.dims)} (${x.dims[axis]})`,
    { op, shapes: [x.dims, indices.dims], axis, index, position },
  );
}
