import { bitsOf, type StoredDType } from "./dtypes.js";
import { group, malformed, quote } from "./fail.js";
import type { Header, HeaderEntry } from "./header.js";

/** Sizes are 64-bit in the reference reader; a product beyond that is malformed even when a later size is 0. */
const limit = 2n ** 64n;

/** The bytes of a tensor, or what is wrong with its shape. */
export function byteLengthOf(dtype: StoredDType, shape: readonly number[]): number | string {
  const factors = [...shape, bitsOf(dtype)];
  const quick = factors.reduce((product, size) => product * size, 1);
  // A float product that is small is exact, unless a zero hides an overflow before it.
  if (quick > 0 && quick <= Number.MAX_SAFE_INTEGER && quick % 8 === 0) return quick / 8;
  let bits = 1n;
  for (const size of factors) {
    bits *= BigInt(size);
    if (bits >= limit) return `${showTensor(dtype, shape)} overflows 64 bits`;
  }
  if (bits % 8n !== 0n) return `${showTensor(dtype, shape)} takes ${bits} bits, not whole bytes`;
  return Number(bits / 8n);
}

const range = ({ begin, end }: HeaderEntry): string => `[${begin}, ${end}]`;

/** "shape [2, 3] of F32"; hostile shapes may have millions of sizes. */
function showTensor(dtype: StoredDType, shape: readonly number[]): string {
  const shown = shape.slice(0, 16).join(", ");
  return `shape [${shown}${shape.length > 16 ? `, … ${group(shape.length)} sizes` : ""}] of ${dtype}`;
}

/**
 * Checks that tensors fill the data of a file from the first byte to the last, without hole or overlap, each with as
 * many bytes as its shape needs. Takes n log n steps however the ranges lie.
 */
export function checkLayout(
  { entries, placeOf }: Header,
  data: { readonly file: string; readonly start: number; readonly size: number },
): void {
  const sorted = [...entries.values()].toSorted((a, b) => a.begin - b.begin || a.end - b.end);
  let previous: HeaderEntry | undefined;
  for (const entry of sorted) {
    const filled = previous?.end ?? 0;
    if (entry.begin > entry.end) {
      throw malformed(placeOf(entry), `data_offsets ${range(entry)} end before they begin`);
    }
    if (entry.begin > filled) {
      const problem = `bytes ${filled} to ${entry.begin} of the data before it belong to no tensor`;
      throw malformed(placeOf(entry), problem);
    }
    if (entry.begin < filled) {
      const problem = `its data_offsets ${range(entry)} overlap ${range(previous!)} of ${quote(previous!.name)}`;
      throw malformed(placeOf(entry), problem);
    }
    const needed = byteLengthOf(entry.dtype, entry.shape);
    if (typeof needed === "string") throw malformed(placeOf(entry), needed);
    if (entry.end - entry.begin !== needed) {
      const problem = `${showTensor(entry.dtype, entry.shape)} needs ${group(needed)} bytes, data_offsets ${range(entry)} give ${group(entry.end - entry.begin)}`;
      throw malformed(placeOf(entry), problem);
    }
    previous = entry;
  }
  const filled = previous?.end ?? 0;
  if (filled > data.size) {
    const problem = `truncated: ${group(filled - data.size)} of ${group(filled)} bytes of data are missing; download the file again`;
    throw malformed({ file: data.file, offset: data.start + data.size }, problem);
  }
  if (filled < data.size) {
    const problem = `${group(data.size - filled)} bytes after the last tensor belong to no tensor`;
    throw malformed({ file: data.file, offset: data.start + filled }, problem);
  }
}
