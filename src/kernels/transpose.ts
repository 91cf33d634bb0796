import { align } from "./arena.js";
import { kernels } from "./module.js";

/** Lines of elements that lie side by side: line i starts at `first` + i·`stride`. In elements. */
export interface Lines {
  readonly bytes: Uint8Array;
  readonly first: number;
  readonly stride: number;
}

/** Lines and elements of a line that are moved together: they and their transpose stay in the cache. */
const PIECE = 512;

/**
 * Copies `rows` lines of `columns` elements, of 1, 2, 4 or 8 bytes each, to `columns` lines of `rows` elements. Returns
 * false, and copies nothing, where there is no WebAssembly.
 */
export function transposeLines(
  rows: number,
  columns: number,
  width: number,
  source: Lines,
  target: Lines,
): boolean {
  const loaded = kernels();
  if (loaded === undefined) return false;
  const { arena, exports } = loaded;
  const [height, breadth] = [Math.min(rows, PIECE), Math.min(columns, PIECE)];
  const to = arena.start + align(height * breadth * width);
  arena.reserve(to + height * breadth * width - arena.start);
  for (let i = 0; i < rows; i += height) {
    for (let j = 0; j < columns; j += breadth) {
      const [h, w] = [Math.min(height, rows - i), Math.min(breadth, columns - j)];
      forEachRun(source, i, j, h, w, width, (run, at) => arena.u8.set(run, arena.start + at));
      exports.transposeDense(width, h, w, arena.start, to);
      forEachRun(target, j, i, w, h, width, (run, at) =>
        run.set(arena.u8.subarray(to + at, to + at + run.length)),
      );
    }
  }
  return true;
}

/** The bytes of `count` parts of lines, and where they lie in a dense block; in one run where they follow each other. */
function forEachRun(
  { bytes, first, stride }: Lines,
  line: number,
  from: number,
  count: number,
  length: number,
  width: number,
  visit: (run: Uint8Array, at: number) => void,
): void {
  const start = first + line * stride + from;
  const part = (element: number, elements: number): Uint8Array =>
    bytes.subarray(element * width, (element + elements) * width);
  if (stride === length) return visit(part(start, count * length), 0);
  for (let i = 0; i < count; i++) visit(part(start + i * stride, length), i * length * width);
}
