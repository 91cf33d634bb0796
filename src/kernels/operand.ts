import { LintelError } from "../base/errors.js";

/** Storage that a kernel can read. Elements convert to the result's type while they are copied. */
export type Elements = Float32Array | Float64Array | Int32Array | Uint8Array | Uint16Array;

/** A strided matrix: element [i, j] is data[offset + i·rowStride + j·colStride]. Strides may be 0 or negative. */
export interface Operand<T extends Elements = Elements> {
  readonly data: T;
  readonly offset: number;
  readonly rowStride: number;
  readonly colStride: number;
  /** Set when `data` holds the bits of half-precision numbers (Uint16Array); needs a float32 result. */
  readonly half?: "float16" | "bfloat16" | undefined;
}

/** An operand with one more stride: the distance of two slices. */
export interface BatchedOperand extends Operand {
  readonly batchStride: number;
}

/** `operand` with other strides, in one fixed object layout: V8 11 takes 2 µs for each object spread here. */
export function restride<D extends Elements>(
  operand: Operand<D>,
  offset: number,
  batchStride: number,
  rowStride: number,
  colStride: number,
): BatchedOperand & { readonly data: D } {
  return { data: operand.data, offset, batchStride, rowStride, colStride, half: operand.half };
}

/** Three counts, or three strides in elements: batch, rows, columns. */
export type Triple = readonly [number, number, number];

export function stridesOf(operand: BatchedOperand): Triple {
  return [operand.batchStride, operand.rowStride, operand.colStride];
}

/** Where element [row, col] of slice g is. */
export function start(operand: BatchedOperand, g: number, row: number, col: number): number {
  return operand.offset + g * operand.batchStride + row * operand.rowStride + col * operand.colStride;
}

/** Throws unless every element of `batch` matrices lies inside the operand's storage. */
export function checkBounds(
  name: string,
  operand: BatchedOperand,
  batch: number,
  rows: number,
  columns: number,
): void {
  const slices = operand.batchStride * (batch - 1);
  const down = operand.rowStride * (rows - 1);
  const across = operand.colStride * (columns - 1);
  const low = operand.offset + (slices < 0 ? slices : 0) + (down < 0 ? down : 0) + (across < 0 ? across : 0);
  const high = operand.offset + (slices > 0 ? slices : 0) + (down > 0 ? down : 0) + (across > 0 ? across : 0);
  const { length } = operand.data;
  if (low >= 0 && high < length && Number.isInteger(low + high)) return;
  throw new LintelError(
    `Operand ${name} spans elements ${low}…${high}, but its storage holds ${length} elements.`,
    { operand: name, low, high, length },
  );
}
