import type { DType, Elements } from "./dtype.js";
import { encodeHalves, fromBFloat16, fromFloat16, toBFloat16, toFloat16 } from "./half.js";

/** One stored element as a JavaScript number. `int64` beyond 2⁵³ is rounded; `dataSync` keeps it exact. */
export function readElement(elements: Elements, dtype: DType, index: number): number {
  switch (dtype) {
    case "float16":
      return fromFloat16(elements[index] as number);
    case "bfloat16":
      return fromBFloat16(elements[index] as number);
    case "int64": // apart from the others: see words.ts
      return Number(elements[index]);
    default:
      return Number(elements[index]);
  }
}

/** Stores a number, rounded to the dtype: floats to nearest, integers towards zero, `bool` to 0 or 1. */
export function writeElement(elements: Elements, dtype: DType, index: number, value: number): void {
  switch (dtype) {
    case "float16":
      elements[index] = toFloat16(value);
      return;
    case "bfloat16":
      elements[index] = toBFloat16(value);
      return;
    case "int64":
      elements[index] = Number.isFinite(value) ? BigInt(Math.trunc(value)) : 0n;
      return;
    case "bool":
      elements[index] = value !== 0 ? 1 : 0; // NaN is true, as in NumPy
      return;
    case "float32":
    case "float64":
    case "int32":
    case "uint8":
      elements[index] = value;
  }
}

/** Stores numbers from place `at` on, each as `writeElement` does. */
export function writeElements(elements: Elements, dtype: DType, at: number, values: ArrayLike<number>): void {
  switch (dtype) {
    case "float32":
    case "float64":
    case "int32":
    case "uint8":
      (elements as Float64Array).set(values, at); // the engine converts
      return;
    case "float16":
    case "bfloat16":
      if (!(values instanceof Float32Array)) break;
      encodeHalves(values, dtype, (elements as Uint16Array).subarray(at));
      return;
    case "bool":
    case "int64":
      break;
  }
  for (let i = 0; i < values.length; i++) writeElement(elements, dtype, at + i, values[i]);
}

/** Stores one number everywhere. */
export function fillElements(elements: Elements, dtype: DType, value: number): void {
  if (elements.length === 0) return;
  writeElement(elements, dtype, 0, value);
  (elements as Float64Array).fill(elements[0] as number); // one array, so one type on both sides
}

export type NestedValues = number | bigint | boolean | NestedValues[];

/** Row-major values as nested arrays. `bool` becomes true and false; `int64` becomes bigint only beyond 2⁵³. */
export function nestElements(values: Elements, dtype: DType, sizes: readonly number[]): NestedValues {
  if (values instanceof BigInt64Array) {
    const show = (value: bigint): number | bigint =>
      Number.isSafeInteger(Number(value)) ? Number(value) : value;
    return nestRows(sizes, (start, length) => Array.from(values.subarray(start, start + length), show));
  }
  // One kind of array, so that the loop is compiled for it: several times as fast as Array.from.
  const numbers = new Float64Array(values);
  const rows = nestRows(sizes, (start, length) => {
    const row: NestedValues[] = [];
    for (let i = 0; i < length; i++) row.push(numbers[start + i]);
    return row;
  });
  return dtype === "bool" ? truths(rows) : rows;
}

/** Nests what `rowAt` gives for each row of the last axis; a scalar is the one element of its row. */
function nestRows(
  sizes: readonly number[],
  rowAt: (start: number, length: number) => NestedValues[],
): NestedValues {
  if (sizes.length === 0) return rowAt(0, 1)[0];
  let position = 0;
  const nest = (axis: number): NestedValues[] => {
    const size = sizes[axis];
    if (axis < sizes.length - 1) return Array.from({ length: size }, () => nest(axis + 1));
    const row = rowAt(position, size);
    position += size;
    return row;
  };
  return nest(0);
}

const truths = (values: NestedValues): NestedValues =>
  Array.isArray(values) ? values.map(truths) : values !== 0;
