import { align, type Arena } from "./arena.js";
import { requireKernels } from "./module.js";

/** Elements of any type, which are moved as they are stored. */
type Elements = Float32Array | Float64Array | Uint16Array | Int32Array | BigInt64Array | Uint8Array;

/** Element [i, j] of the operand is `data[offset + i·rowStride + (wide ? j : 0)]`; not wide, it has a row stride of 0 or 1. */
export interface GridOperand {
  readonly data: Elements;
  readonly offset: number;
  readonly rowStride: number;
  readonly wide: boolean;
}

/** Two numbers of one type, or a choice between two elements by a truth value. */
export type GridKernel =
  `${"combine" | "test"}${"F32" | "F64" | "I32"}` | "logicGrid" | `select${8 | 16 | 32 | 64}`;

/** What the kernels that take two operands do, by the numbers that assembly/grid.ts gives them. */
export const gridOps = {
  add: 0,
  sub: 1,
  mul: 2,
  div: 3,
  maximum: 4,
  minimum: 5,
  pow: 6,
  remainder: 7,
  eq: 0,
  ne: 1,
  lt: 2,
  le: 3,
  isfinite: 4,
  and: 0,
  or: 1,
  xor: 2,
} as const;

export interface GridCall {
  readonly kernel: GridKernel;
  /** None for a choice. */
  readonly op?: number;
  readonly rows: number;
  readonly columns: number;
  readonly operands: readonly GridOperand[];
  /** Row-major from `offset` on. It may be the data of an operand that lies in the same places. */
  readonly output: { readonly data: Elements; readonly offset: number };
}

/** Elements that are staged together: all operands of a chunk and its result stay in L2. */
const CHUNK = 2 ** 14;

/** What kernels may read and write beyond the end of a region, and their scratch for one operand; bytes. */
const MARGIN = 128;

/** Computes every element of the result. */
export function computeGrid({ kernel, op, rows, columns, operands, output }: GridCall): void {
  if (rows === 0 || columns === 0) return;
  const { arena, exports } = requireKernels();
  const width = Math.min(columns, CHUNK);
  const height = Math.min(rows, Math.floor(CHUNK / width));
  const size = output.data.BYTES_PER_ELEMENT;
  const places: number[] = [];
  let end = arena.start + MARGIN * operands.length;
  for (const { data, rowStride, wide } of operands) {
    places.push(end);
    end += align((rowStride === 0 ? 1 : height) * (wide ? width : 1) * data.BYTES_PER_ELEMENT) + MARGIN;
  }
  arena.reserve(end + height * width * size + MARGIN - arena.start);
  const compute: (...parameters: number[]) => void = exports[kernel];
  const before = op === undefined ? [] : [op];
  for (let i = 0; i < rows; i += height) {
    const h = Math.min(height, rows - i);
    for (let j = 0; j < columns; j += width) {
      const w = Math.min(width, columns - j);
      const parameters = [...before, h, w];
      for (let k = 0; k < operands.length; k++) {
        const { data, rowStride, wide } = operands[k];
        if (rowStride !== 0 || (wide && width < columns) || i + j === 0) {
          stage(arena, places[k], operands[k], i, h, j, w);
        }
        const step = rowStride === 0 ? 0 : (wide ? w : 1) * data.BYTES_PER_ELEMENT;
        parameters.push(places[k], step, wide ? 1 : 0);
      }
      compute(...parameters, end, arena.start);
      move(arena, end, output.data, output.offset + i * columns + j, h * w, "out");
    }
  }
}

/** Brings h rows of w columns from row i and column j on to address `at`. */
function stage(
  arena: Arena,
  at: number,
  { data, offset, rowStride, wide }: GridOperand,
  i: number,
  h: number,
  j: number,
  w: number,
): void {
  const first = offset + i * rowStride + (wide ? j : 0);
  if (rowStride === 0 || h === 1) move(arena, at, data, first, wide ? w : 1, "in");
  else if (!wide || rowStride === w) move(arena, at, data, first, wide ? h * w : h, "in");
  else {
    for (let r = 0; r < h; r++) {
      move(arena, at + r * w * data.BYTES_PER_ELEMENT, data, first + r * rowStride, w, "in");
    }
  }
}

/** Copies `count` elements of `data` into the arena or out of it. */
function move(
  arena: Arena,
  at: number,
  data: Elements,
  first: number,
  count: number,
  to: "in" | "out",
): void {
  const width = data.BYTES_PER_ELEMENT;
  if (data instanceof Float32Array || data instanceof Float64Array) {
    const inside = data instanceof Float32Array ? arena.f32 : arena.f64;
    const place = at / width;
    if (to === "in") {
      if (count === 1) inside[place] = data[first];
      else inside.set(data.subarray(first, first + count), place);
    } else data.set(inside.subarray(place, place + count), first);
    return;
  }
  const bytes = new Uint8Array(data.buffer, data.byteOffset + first * width, count * width);
  if (to === "in") arena.u8.set(bytes, at);
  else bytes.set(arena.u8.subarray(at, at + bytes.length));
}
