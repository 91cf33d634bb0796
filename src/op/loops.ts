// Plain loops over strided tensors, shared by the reference kernels.
import type { Elements } from "../tensor/dtype.js";
import { readElement, writeElements } from "../tensor/element.js";
import { contiguousStrides } from "../tensor/strides.js";
import { forEachOffset, type Tensor } from "../tensor/tensor.js";

/** All values in row-major order as float64, whatever the dtype and strides. */
export function readValues(tensor: Tensor): Float64Array {
  const values = new Float64Array(tensor.size);
  if (isPlain(tensor)) {
    const elements = tensor.elements as PlainElements;
    const { shape, walks } = joinAxes(tensor.sizes, [tensor]);
    const step = walks[0].strides.at(-1) ?? 1;
    forEachRow(shape, walks, ([start], at, length) => {
      if (step === 1 && length >= bulkLength) values.set(elements.subarray(start, start + length), at);
      else for (let i = 0; i < length; i++) values[at + i] = elements[start + i * step];
    });
    return values;
  }
  const { elements, dtype } = tensor;
  if (dtype !== "int64" && tensor.isContiguous) {
    values.set(tensor.dataSync() as Float32Array); // half types decode by whole arrays
    return values;
  }
  let i = 0;
  forEachOffset(tensor, (offset) => {
    values[i++] = readElement(elements, dtype, offset);
  });
  return values;
}

/** Elements from which `subarray` and `set` beat a loop. */
export const bulkLength = 32;

/** All values of an integer or bool tensor in row-major order, exactly. */
export function readBigInts(tensor: Tensor): BigInt64Array {
  const values = new BigInt64Array(tensor.size);
  const { elements } = tensor;
  let i = 0;
  forEachOffset(tensor, (offset) => {
    values[i++] = BigInt(elements[offset]);
  });
  return values;
}

/** Stores row-major values into a fresh output, rounding each once to its dtype. */
export function writeValues(output: Tensor, values: ArrayLike<number>): void {
  writeElements(output.elements, output.dtype, 0, values);
}

/** Strides with which `input` walks along the axes of `shape`: broadcast axes stand still. */
export function broadcastStrides(
  { sizes, strides }: Pick<Tensor, "sizes" | "strides">,
  shape: readonly number[],
): number[] {
  const missing = shape.length - sizes.length;
  return shape.map((_, i) => (i < missing || sizes[i - missing] === 1 ? 0 : strides[i - missing]));
}

/** The same for the values of `input` in row-major order, as `readValues` answers them. */
export const rowMajorStrides = ({ sizes }: Tensor, shape: readonly number[]): number[] =>
  broadcastStrides({ sizes, strides: contiguousStrides(sizes) as number[] }, shape);

/** `input` seen under the shape that it broadcasts to. */
export function broadcastView(input: Tensor, shape: readonly number[]): Tensor {
  return input.withView({ dims: shape, strides: broadcastStrides(input, shape) });
}

/** Where an operand starts and how it steps along the axes of a loop. */
export interface Walk {
  readonly strides: readonly number[];
  readonly offset: number;
}

/** Drops axes of size 1 and joins neighbours that every operand walks in one step: rows become long. */
export function joinAxes(
  shape: readonly number[],
  operands: readonly Walk[],
): { readonly shape: readonly number[]; readonly walks: readonly Walk[] } {
  const joined: number[] = [];
  const strides = operands.map((): number[] => []);
  for (let axis = 0; axis < shape.length; axis++) {
    if (shape[axis] === 1) continue;
    const last = joined.length - 1;
    let joins = last >= 0;
    for (let k = 0; k < operands.length; k++) {
      joins &&= strides[k][last] === operands[k].strides[axis] * shape[axis];
    }
    const place = joins ? last : last + 1;
    joined[place] = joins ? joined[place] * shape[axis] : shape[axis];
    for (let k = 0; k < operands.length; k++) strides[k][place] = operands[k].strides[axis];
  }
  return { shape: joined, walks: operands.map(({ offset }, k) => ({ offset, strides: strides[k] })) };
}

/** Walks `shape` row by row: `visit` sees where each input's row starts, and the row's place in the output. */
export function forEachRow(
  shape: readonly number[],
  inputs: readonly Walk[],
  visit: (starts: readonly number[], outputStart: number, length: number) => void,
): void {
  if (shape.includes(0)) return;
  const last = shape.length - 1;
  const length = last < 0 ? 1 : shape[last];
  const starts = inputs.map((input) => input.offset);
  const index = shape.map(() => 0);
  for (let output = 0; ; output += length) {
    visit(starts, output, length);
    let axis = last - 1;
    for (; axis >= 0; axis--) {
      for (let k = 0; k < inputs.length; k++) starts[k] += inputs[k].strides[axis];
      if (++index[axis] < shape[axis]) break;
      for (let k = 0; k < inputs.length; k++) starts[k] -= inputs[k].strides[axis] * shape[axis];
      index[axis] = 0;
    }
    if (axis < 0) return;
  }
}

/** Elements of types whose stored elements are their values. */
export type PlainElements = Exclude<Elements, Uint16Array | BigInt64Array>;

/** Whether loops may index the elements directly. */
export const isPlain = ({ dtype }: Tensor): boolean =>
  dtype !== "float16" && dtype !== "bfloat16" && dtype !== "int64";

/** An operand of an elementwise loop: its plain elements, or a float64 copy when they need converting. */
function plainOperand(input: Tensor, shape: readonly number[]) {
  if (isPlain(input)) {
    const strides = broadcastStrides(input, shape);
    return { elements: input.elements as PlainElements, offset: input.offset, strides };
  }
  return { elements: readValues(input), offset: 0, strides: rowMajorStrides(input, shape) };
}

/** Lets `write` fill plain elements, then brings them into the output's own dtype, rounding once. */
function fillOutput(output: Tensor, write: (target: PlainElements) => void): void {
  if (!isPlain(output)) {
    const values = new Float64Array(output.size);
    write(values);
    return writeValues(output, values);
  }
  const target = output.elements as PlainElements;
  write(target);
  // Arithmetic on truth values: true + true is true.
  if (output.dtype === "bool") for (let i = 0; i < target.length; i++) if (target[i] > 1) target[i] = 1;
}

/** One row of a unary loop: `y[o + i] = f(x[p + i·step])`. */
export type UnaryRow = (
  x: PlainElements,
  p: number,
  step: number,
  y: PlainElements,
  o: number,
  length: number,
) => void;

/** One row of a binary loop: `y[o + i] = f(a[p + i·pStep], b[q + i·qStep])`. */
export type BinaryRow = (
  a: PlainElements,
  p: number,
  pStep: number,
  b: PlainElements,
  q: number,
  qStep: number,
  y: PlainElements,
  o: number,
  length: number,
) => void;

/** `output[i] = f(x[i])` in float64, rounded once to the output's dtype. */
export function mapUnary(x: Tensor, output: Tensor, f: (x: number) => number | boolean): void {
  mapUnaryRows(x, output, (from, p, step, y, o, length) => {
    for (let i = 0; i < length; i++, p += step) y[o + i] = +f(from[p]);
  });
}

/** As `mapUnary`, with a loop that knows its function: about five times as fast for cheap ones. */
export function mapUnaryRows(x: Tensor, output: Tensor, row: UnaryRow): void {
  const source = plainOperand(x, output.sizes);
  const { shape, walks } = joinAxes(output.sizes, [source]);
  const step = walks[0].strides.at(-1) ?? 0;
  fillOutput(output, (target) => {
    forEachRow(shape, walks, ([p], o, length) => row(source.elements, p, step, target, o, length));
  });
}

/** `output[i] = f(a[i], b[i])` with broadcasting, in float64, rounded once to the output's dtype. */
export function mapBinary(
  a: Tensor,
  b: Tensor,
  output: Tensor,
  f: (a: number, b: number) => number | boolean,
): void {
  mapBinaryRows(a, b, output, (left, p, pStep, right, q, qStep, y, o, length) => {
    for (let i = 0; i < length; i++, p += pStep, q += qStep) y[o + i] = +f(left[p], right[q]);
  });
}

/**
 * As `mapBinary`, with a loop that knows its function. A shared loop calls `f` through a megamorphic site, which
 * boxes every number: 10⁶ float32 additions take 11 ms there, 2.3 ms here, and 1.8 ms without strides.
 */
export function mapBinaryRows(a: Tensor, b: Tensor, output: Tensor, row: BinaryRow): void {
  const [left, right] = [plainOperand(a, output.sizes), plainOperand(b, output.sizes)];
  const { shape, walks } = joinAxes(output.sizes, [left, right]);
  const [leftStep, rightStep] = walks.map(({ strides }) => strides.at(-1) ?? 0);
  fillOutput(output, (y) => {
    forEachRow(shape, walks, ([p, q], o, length) =>
      row(left.elements, p, leftStep, right.elements, q, rightStep, y, o, length),
    );
  });
}

/** As `mapBinary` for integers, exactly: results wrap at 64 bits. */
export function mapBigInts(
  inputs: readonly Tensor[],
  output: Tensor,
  f: (...values: bigint[]) => bigint | boolean,
): void {
  const values = inputs.map((input) => readBigInts(broadcastView(input, output.sizes)));
  const target = output.elements;
  for (let i = 0; i < target.length; i++) {
    const value = f(...values.map((list) => list[i]));
    target[i] = output.dtype === "int64" ? BigInt(value) : Number(value);
  }
}
