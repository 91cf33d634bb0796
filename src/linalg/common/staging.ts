// How the direct solvers lay matrices into the arena: long rows keep a distance that spreads columns over the cache.
import { readValues } from "../../op/loops.js";
import { rowMajorElements } from "../../op/copy.js";
import type { Tensor } from "../../tensor/tensor.js";
import type { Values, Workspace } from "./workspace.js";

/** Shorter rows lie next to each other, so that small matrices move in one copy. */
const LONG_ROW = 1024; // bytes

/** Elements between the starts of rows: for long ones an odd number of cache lines. */
export function rowStride(columns: number, bytes: number): number {
  if (columns * bytes < LONG_ROW) return columns;
  return ((Math.ceil((columns * bytes) / 64) | 1) * 64) / bytes;
}

/** All elements in row-major order in the precision of the kernels, whatever the dtype. */
export function valuesIn(x: Tensor, double: boolean): Values {
  if (x.dtype === (double ? "float64" : "float32")) return rowMajorElements(x) as Values;
  return double ? readValues(x) : Float32Array.from(x.dataSync() as Float32Array);
}

/** `rows` rows of `columns` elements from place `from` of the values to element `at` of the arena. */
export function putRows(
  memory: Values,
  at: number,
  stride: number,
  values: Values,
  from: number,
  rows: number,
  columns: number,
): void {
  if (stride === columns) return memory.set(values.subarray(from, from + rows * columns), at);
  for (let i = 0; i < rows; i++, from += columns, at += stride) {
    memory.set(values.subarray(from, from + columns), at);
  }
}

/** The way back. */
export function takeRows(
  memory: Values,
  at: number,
  stride: number,
  values: Values,
  to: number,
  rows: number,
  columns: number,
): void {
  if (stride === columns) return values.set(memory.subarray(at, at + rows * columns), to);
  for (let i = 0; i < rows; i++, to += columns, at += stride) {
    values.set(memory.subarray(at, at + columns), to);
  }
}

/** Whether the kernels find rows of the arena finite. */
export function finiteRows(
  { exports, double }: Workspace,
  rows: number,
  columns: number,
  at: number,
  stride: number,
): boolean {
  const finite = double ? exports.finiteF64 : exports.finiteF32;
  return finite(rows, columns, at, stride) !== 0;
}
