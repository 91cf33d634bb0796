// Plain loops over strided tensors, shared by the reference kernels.
import type { Elements } from "../tensor/dtype.js";
import { readElement, writeElement } from "../tensor/element.js";
import { forEachOffset, type Tensor } from "../tensor/tensor.js";

/** All values in row-major order as float64, whatever the dtype and strides. */
export function readValues(tensor: Tensor): Float64Array {
  const values = new Float64Array(tensor.size);
  const { elements, dtype } = tensor;
  let i = 0;
  forEachOffset(tensor, (offset) => {
    values[i++] = readElement(elements, dtype, offset);
  });
  return values;
}

/** Stores row-major values into a fresh output, rounding each once to its dtype. */
export function writeValues(output: Tensor, values: ArrayLike<number>): void {
  const { elements, dtype } = output;
  for (let i = 0; i < values.length; i++) writeElement(elements, dtype, i, values[i]!);
}

/** Strides with which `input` walks along the axes of `shape`: broadcast axes stand still. */
export function broadcastStrides(input: Tensor, shape: readonly number[]): number[] {
  const missing = shape.length - input.ndim;
  return shape.map((_, i) =>
    i < missing || input.sizes[i - missing] === 1 ? 0 : input.strides[i - missing]!,
  );
}

/**
 * Walks `shape` row by row: `visit(offsets, outputStart, length)` sees where each input's row starts, and its
 * last-axis steps are in `steps`.
 */
export function forEachRow(
  shape: readonly number[],
  inputs: readonly { readonly strides: readonly number[]; readonly offset: number }[],
  visit: (starts: readonly number[], outputStart: number, length: number) => void,
): void {
  if (shape.includes(0)) return;
  const last = shape.length - 1;
  const length = last < 0 ? 1 : shape[last]!;
  const starts = inputs.map((input) => input.offset);
  const index = shape.map(() => 0);
  for (let output = 0; ; output += length) {
    visit(starts, output, length);
    let axis = last - 1;
    for (; axis >= 0; axis--) {
      for (let k = 0; k < inputs.length; k++) starts[k]! += inputs[k]!.strides[axis]!;
      if (++index[axis]! < shape[axis]!) break;
      for (let k = 0; k < inputs.length; k++) starts[k]! -= inputs[k]!.strides[axis]! * shape[axis]!;
      index[axis] = 0;
    }
    if (axis < 0) return;
  }
}

/** Types whose stored elements are their values, so that loops may index the array directly. */
type PlainElements = Exclude<Elements, Uint16Array | BigInt64Array>;

const isPlain = ({ dtype }: Tensor): boolean =>
  dtype !== "float16" && dtype !== "bfloat16" && dtype !== "int64";

/** An operand of an elementwise loop: its plain elements, or a float64 copy when they need converting. */
function operand(input: Tensor, shape: readonly number[]) {
  if (isPlain(input)) {
    const strides = broadcastStrides(input, shape);
    return { elements: input.elements as PlainElements, offset: input.offset, strides };
  }
  const missing = shape.length - input.ndim;
  let step = 1;
  const strides = Array.from({ length: shape.length }, () => 0);
  for (let axis = input.ndim - 1; axis >= 0; axis--) {
    if (input.sizes[axis] !== 1) strides[axis + missing] = step;
    step *= input.sizes[axis]!;
  }
  return { elements: readValues(input), offset: 0, strides };
}

/** `output[i] = f(x[i])` in float64, rounded once to the output's dtype. */
export function mapUnary(x: Tensor, output: Tensor, f: (x: number) => number): void {
  const shape = output.sizes;
  const source = operand(x, shape);
  const step = source.strides.at(-1) ?? 0;
  const target = isPlain(output) && output.dtype !== "bool" ? (output.elements as PlainElements) : undefined;
  forEachRow(shape, [source], ([start], out, length) => {
    for (let i = 0, at = start!; i < length; i++, at += step) {
      const value = f(source.elements[at]!);
      if (target !== undefined) target[out + i] = value;
      else writeElement(output.elements, output.dtype, out + i, value);
    }
  });
}

/** `output[i] = f(a[i], b[i])` with broadcasting, in float64, rounded once to the output's dtype. */
export function mapBinary(a: Tensor, b: Tensor, output: Tensor, f: (a: number, b: number) => number): void {
  const shape = output.sizes;
  const [left, right] = [operand(a, shape), operand(b, shape)];
  const [leftStep, rightStep] = [left.strides.at(-1) ?? 0, right.strides.at(-1) ?? 0];
  const target = isPlain(output) && output.dtype !== "bool" ? (output.elements as PlainElements) : undefined;
  forEachRow(shape, [left, right], ([leftStart, rightStart], out, length) => {
    for (let i = 0, p = leftStart!, q = rightStart!; i < length; i++, p += leftStep, q += rightStep) {
      const value = f(left.elements[p]!, right.elements[q]!);
      if (target !== undefined) target[out + i] = value;
      else writeElement(output.elements, output.dtype, out + i, value);
    }
  });
}
