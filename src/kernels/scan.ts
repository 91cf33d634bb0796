import { align } from "./arena.js";
import { requireKernels } from "./module.js";
import type { Lanes } from "./reduce.js";

/** Bytes of elements that are staged together. */
const CHUNK_BYTES = 2 ** 17;

/** What assembly/scan.ts calls the operations, and what they start from: −0 + x is x, whatever its sign. */
const operations = { sum: { op: 0, start: -0 }, product: { op: 1, start: 1 } } as const;

/**
 * Running sums or products of lanes [outer, length, inner] over `length`, in float64 from first to last, with the bits of a
 * plain loop. They are rounded into `output`, if one is given; the last ones, [outer, inner], are the answer.
 */
export function scanLanes(
  operation: "sum" | "product",
  { input, outer, length, inner }: Lanes,
  output?: Float32Array | Float64Array,
): Float64Array {
  const { op, start } = operations[operation];
  const totals = new Float64Array(outer * inner).fill(start);
  const width = input.BYTES_PER_ELEMENT;
  const { arena, exports } = requireKernels();
  const rowWise = inner === 1;
  const kernel = exports[`scan${rowWise ? "Rows" : "Columns"}${width === 8 ? "F64" : "F32"}`];
  // Chunks are contiguous: whole rows, or parts of one.
  const [count, breadth] = rowWise ? [outer, length] : [length, inner];
  const columns = Math.min(breadth, CHUNK_BYTES / width);
  const rows = Math.min(count, Math.floor(CHUNK_BYTES / width / columns));
  const carriesAt = arena.start + align(rows * columns * width);
  arena.reserve(carriesAt + 8 * Math.max(rows, columns) - arena.start);
  const elements = width === 8 ? arena.f64 : arena.f32;
  const first = arena.start / width;
  for (let matrix = 0; matrix < (rowWise ? 1 : outer); matrix++) {
    for (let i = 0; i < count; i += rows) {
      for (let j = 0; j < breadth; j += columns) {
        const [h, w] = [Math.min(rows, count - i), Math.min(columns, breadth - j)];
        const from = (matrix * count + i) * breadth + j;
        const carries = rowWise
          ? totals.subarray(i, i + h)
          : totals.subarray(matrix * inner + j, matrix * inner + j + w);
        elements.set(input.subarray(from, from + h * w), first);
        arena.f64.set(carries, carriesAt / 8);
        kernel(op, arena.start, h, w, carriesAt);
        carries.set(arena.f64.subarray(carriesAt / 8, carriesAt / 8 + carries.length));
        output?.set(elements.subarray(first, first + h * w), from);
      }
    }
  }
  return totals;
}
