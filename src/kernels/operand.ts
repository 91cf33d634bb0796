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

/** Three counts, or three strides in elements: batch, rows, columns. */
export type Triple = readonly [number, number, number];

/** Throws unless every element of a strided block lies inside its storage. */
export function checkBounds(
  name: string,
  data: Elements,
  offset: number,
  counts: Triple,
  strides: Triple,
): void {
  let low = offset;
  let high = offset;
  for (let d = 0; d < 3; d++) {
    const reach = strides[d] * (counts[d] - 1);
    if (reach < 0) low += reach;
    else high += reach;
  }
  if (low >= 0 && high < data.length && Number.isInteger(low + high)) return;
  throw new LintelError(
    `Operand ${name} spans elements ${low}…${high}, but its storage holds ${data.length} elements.`,
    { operand: name, low, high, length: data.length },
  );
}
