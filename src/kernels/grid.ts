import { align, type Arena } from "./arena.js";
import { requireKernels } from "./module.js";
import { MOST_SLOTS, type ThreadPool } from "./pool.js";
import { threadPool } from "./threads.js";

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
  | `${"combine" | "test"}${"F32" | "F64" | "I32"}`
  | `compose${"F32" | "F64"}`
  | "logicGrid"
  | `select${8 | 16 | 32 | 64}`;

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

/** How a grid is cut, and where its operands and its result lie from a slot's start on. */
interface Plan {
  readonly width: number;
  readonly height: number;
  /** Places of the operands, then of the result. */
  readonly places: readonly number[];
  readonly bytes: number;
}

function planOf({ rows, columns, operands, output }: GridCall): Plan {
  const width = Math.min(columns, CHUNK);
  const height = Math.min(rows, Math.floor(CHUNK / width));
  const places = [0];
  for (const { data, rowStride, wide } of operands) {
    const elements = (rowStride === 0 ? 1 : height) * (wide ? width : 1);
    places.push(places.at(-1)! + align(elements * data.BYTES_PER_ELEMENT) + MARGIN);
  }
  return {
    width,
    height,
    places,
    bytes: align(places.at(-1)! + height * width * output.data.BYTES_PER_ELEMENT + MARGIN),
  };
}

/** Computes every element of the result: in pieces that do not depend on the number of threads. */
export function computeGrid(call: GridCall): void {
  const { rows, columns } = call;
  if (rows === 0 || columns === 0) return;
  const plan = planOf(call);
  const pool = isCostly(call) && rows * columns >= SHARED ? threadPool() : undefined;
  if (pool === undefined || !computeTogether(pool, call, plan)) computeAlone(call, plan, 0);
}

function computeAlone(call: GridCall, plan: Plan, first: number): void {
  const { arena, exports } = requireKernels();
  const slot = arena.start + MARGIN * call.operands.length;
  arena.reserve(slot + plan.bytes - arena.start);
  const compute: (...parameters: number[]) => void = exports[call.kernel];
  const pieces = piecesOf(call, plan);
  for (let piece = first; piece < pieces; piece++) {
    const { parameters, finish } = stagePiece(arena, call, plan, piece, slot, piece === first);
    compute(...parameters, arena.start);
    finish();
  }
}

/** Elements of a costly grid from which threads are worth waking. */
const SHARED = 2 ** 17;

/** Whether computing takes longer than copying, which one thread does: powers and remainders. */
const isCostly = ({ kernel }: GridCall): boolean => kernel.startsWith("compose");

function computeTogether(pool: ThreadPool, call: GridCall, plan: Plan): boolean {
  const { lanes, kernels } = pool;
  const pieces = piecesOf(call, plan);
  const slots = Math.min(pieces, 2 * lanes + 2, MOST_SLOTS);
  const scratchBytes = align(MARGIN * call.operands.length);
  const { arena } = kernels;
  const firstSlot = arena.start + lanes * scratchBytes;
  if (pieces === 1 || firstSlot + slots * plan.bytes - arena.start > arena.limit) return false;
  arena.reserve(firstSlot + slots * plan.bytes - arena.start);
  const finishes: (() => void)[] = [];
  pool.run({
    pieces,
    slots,
    after: () => 0,
    stage(piece, slot) {
      const at = firstSlot + slot * plan.bytes;
      const { parameters, finish } = stagePiece(arena, call, plan, piece, at, piece < slots);
      finishes[slot] = finish;
      return { kernel: call.kernel, parameters: [...parameters, arena.start], scratchBytes };
    },
    finish: (_piece, slot) => finishes[slot](),
    rest: (piece) => computeAlone(call, plan, piece),
  });
  return true;
}

const piecesOf = ({ rows, columns }: GridCall, { height, width }: Plan): number =>
  Math.ceil(rows / height) * Math.ceil(columns / width);

/** Stages a piece's operands; what is the same for all pieces only in a fresh slot. Its parameters lack the scratch. */
function stagePiece(
  arena: Arena,
  { op, rows, columns, operands, output }: GridCall,
  { width, height, places }: Plan,
  piece: number,
  slot: number,
  fresh: boolean,
): { readonly parameters: readonly number[]; readonly finish: () => void } {
  const across = Math.ceil(columns / width);
  const [i, j] = [Math.floor(piece / across) * height, (piece % across) * width];
  const [h, w] = [Math.min(height, rows - i), Math.min(width, columns - j)];
  const parameters = op === undefined ? [h, w] : [op, h, w];
  for (let k = 0; k < operands.length; k++) {
    const { data, rowStride, wide } = operands[k];
    const at = slot + places[k];
    if (rowStride !== 0 || (wide && width < columns) || fresh) stage(arena, at, operands[k], i, h, j, w);
    parameters.push(at, rowStride === 0 ? 0 : (wide ? w : 1) * data.BYTES_PER_ELEMENT, wide ? 1 : 0);
  }
  const result = slot + places.at(-1)!;
  parameters.push(result);
  const finish = (): void => move(arena, result, output.data, output.offset + i * columns + j, h * w, "out");
  return { parameters, finish };
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
