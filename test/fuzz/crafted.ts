import { FormatError } from "../../src/base/errors.js";

const encoder = new TextEncoder();

/** A safetensors file from a header, well-formed or not, and its data: bytes, or so many zeros. */
export function craft(header: string | Uint8Array, data: Uint8Array | number = 0): Uint8Array<ArrayBuffer> {
  const json = typeof header === "string" ? encoder.encode(header) : header;
  const tail = typeof data === "number" ? new Uint8Array(data) : data;
  const bytes = new Uint8Array(8 + json.length + tail.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(json.length), true);
  bytes.set(json, 8);
  bytes.set(tail, 8 + json.length);
  return bytes;
}

/** One entry of a header. */
export const entry = (dtype: string, shape: readonly number[], begin: number, end: number): string =>
  JSON.stringify({ dtype, shape, data_offsets: [begin, end] });

/** The `FormatError` that a promise rejects with; fails the test on success and on any other error. */
export async function formatError(promise: Promise<unknown>): Promise<FormatError> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof FormatError) return error;
    throw error;
  }
  throw new Error("a FormatError was expected, but nothing was thrown");
}

/** Bytes as a blob that records which ranges are read. */
export class WatchedBlob extends Blob {
  readonly ranges: (readonly [begin: number, end: number])[] = [];

  override slice(begin = 0, end = this.size): Blob {
    this.ranges.push([begin, end]);
    return super.slice(begin, end);
  }

  get bytesRead(): number {
    return this.ranges.reduce((sum, [begin, end]) => sum + end - begin, 0);
  }
}
