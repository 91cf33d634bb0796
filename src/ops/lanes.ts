// Loops for the references that normalise one axis: softmax, layerNorm, rmsNorm …
import { readValues, writeValues } from "../op/loops.js";
import { writeElement } from "../tensor/element.js";
import { forEachOffset, type Tensor } from "../tensor/tensor.js";

/** The same tensor with one axis moved to the end. */
export function axisLast(x: Tensor, axis: number): Tensor {
  const move = <T>(list: readonly T[]): T[] => [...list.toSpliced(axis, 1), list[axis]];
  return x.withView({ dims: move(x.dims), strides: move(x.strides) });
}

/** Reads every lane of `x` along `axis` as float64, lets `transform` change it in place, and stores it in `y`. */
export function mapLanes(x: Tensor, y: Tensor, axis: number, transform: (lane: Float64Array) => void): void {
  const values = readValues(axisLast(x, axis));
  const length = x.sizes[axis];
  for (let start = 0; start < values.length; start += length) {
    transform(values.subarray(start, start + length));
  }
  if (axis === x.ndim - 1) return writeValues(y, values);
  let i = 0;
  forEachOffset(axisLast(y, axis), (offset) => writeElement(y.elements, y.dtype, offset, values[i++]));
}
