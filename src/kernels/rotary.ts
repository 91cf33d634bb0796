import { align } from "./arena.js";
import { requireKernels } from "./module.js";

/** Contiguous float32 rows of `2·pairs` elements; `output` may be `input`. */
export interface RotatedRows {
  readonly input: Float32Array;
  readonly output: Float32Array;
  readonly pairs: number;
  /** cos of every pair, then sin of every pair, for each of `period` rows; row i of the input turns by row i mod period. */
  readonly table: Float32Array;
  readonly period: number;
  /** Pairs are neighbours rather than half a row apart. */
  readonly interleaved: boolean;
}

/** Bytes of rows and of angles that are staged together. */
const CHUNK_BYTES = 2 ** 17;

/** Rotates each pair (a, b) to (a cos − b sin, b cos + a sin). */
export function rotateRows({ input, output, pairs, table, period, interleaved }: RotatedRows): void {
  const { arena, exports } = requireKernels();
  const width = 2 * pairs;
  const rows = input.length / width;
  const fitting = Math.max(1, Math.floor(CHUNK_BYTES / (4 * width)));
  // Long tables are staged in parts, and each part serves one stretch of every period.
  const part = Math.min(period, fitting);
  const stretch = part === period ? rows : part;
  const together = Math.min(stretch, fitting);
  const tableAt = arena.start + align(4 * width * together);
  arena.reserve(tableAt + 4 * width * part - arena.start);
  const { f32 } = arena;
  const first = arena.start / 4;
  for (let from = 0; from < period; from += part) {
    const angles = Math.min(part, period - from);
    f32.set(table.subarray(from * width, (from + angles) * width), tableAt / 4);
    const last = part === period ? rows : angles;
    for (let start = from; start < rows; start += part === period ? rows : period) {
      for (let i = 0; i < last; i += together) {
        const count = Math.min(together, last - i);
        const at = (start + i) * width;
        f32.set(input.subarray(at, at + count * width), first);
        exports.rotateF32(arena.start, count, pairs, tableAt, i % angles, angles, interleaved);
        output.set(f32.subarray(first, first + count * width), at);
      }
    }
  }
}
