import { align, type Arena } from "./arena.js";
import { requireKernels } from "./module.js";
import type { Job, ThreadPool } from "./pool.js";
import type { Lanes } from "./reduce.js";
import { MANY_ELEMENTS } from "./stream.js";
import { threadPool } from "./threads.js";

/** Bytes that are staged together where lanes are short enough; columns are cut in multiples of a cache line. */
const CHUNK_BYTES = 2 ** 19;
const LINE = 64;

/** Some columns of one matrix [length, inner]. */
interface Block {
  /** Place of the first element. */
  readonly first: number;
  readonly columns: number;
}

/**
 * Softmax, or its logarithm, of lanes [outer, length, inner] over `length`, the lanes of an inner axis side by side. Returns
 * false, before writing, for lanes that are too long to be staged.
 */
export function softmaxColumns(
  name: "softmax" | "logSoftmax",
  lanes: Lanes,
  output: Float32Array | Float64Array,
): boolean {
  const { input, outer, length, inner } = lanes;
  const width = input.BYTES_PER_ELEMENT;
  const fitting = Math.max(1, Math.floor(CHUNK_BYTES / (length * LINE)));
  const columns = Math.min(align(inner * width) / width, (fitting * LINE) / width);
  const slotBytes = length * columns * width;
  const pool = input.length >= MANY_ELEMENTS ? threadPool() : undefined;
  const { arena, exports } = requireKernels();
  if (slotBytes > arena.limit) return false;
  const across = Math.ceil(inner / columns);
  const pieces = outer * across;
  const kernel = `${name}Columns${width === 8 ? "F64" : "F32"}` as const;
  const blockOf = (piece: number): Block => {
    const j = (piece % across) * columns;
    return {
      first: Math.floor(piece / across) * length * inner + j,
      columns: Math.min(columns, inner - j),
    };
  };
  const alone = (from: number): void => {
    arena.reserve(slotBytes);
    for (let piece = from; piece < pieces; piece++) {
      move("in", arena, arena.start, columns, blockOf(piece), lanes, input);
      exports[kernel](arena.start, length, columns);
      move("out", arena, arena.start, columns, blockOf(piece), lanes, output);
    }
  };
  if (pool === undefined || !runTogether(pool, pieces, slotBytes)) alone(0);
  return true;

  function runTogether(threads: ThreadPool, count: number, bytes: number): boolean {
    const shared = threads.kernels.arena;
    const slots = Math.min(count, 2 * threads.lanes + 2);
    if (count === 1 || slots * bytes > shared.limit) return false;
    shared.reserve(slots * bytes);
    const place = (slot: number): number => shared.start + slot * bytes;
    const job: Job = {
      pieces: count,
      slots,
      after: () => 0,
      stage(piece, slot) {
        move("in", shared, place(slot), columns, blockOf(piece), lanes, input);
        return { kernel, parameters: [place(slot), length, columns] };
      },
      finish: (piece, slot) => move("out", shared, place(slot), columns, blockOf(piece), lanes, output),
      rest: alone,
    };
    threads.run(job);
    return true;
  }
}

/** Copies a block into the arena or out of it, where its rows are `step` elements apart. */
function move(
  to: "in" | "out",
  arena: Arena,
  at: number,
  step: number,
  { first, columns }: Block,
  { length, inner }: Lanes,
  data: Float32Array | Float64Array,
): void {
  const staged = data instanceof Float64Array ? arena.f64 : arena.f32;
  const whole = columns === step && columns === inner;
  const [rows, count] = whole ? [1, length * inner] : [length, columns];
  let place = at / data.BYTES_PER_ELEMENT;
  for (let i = 0, p = first; i < rows; i++, p += inner, place += step) {
    if (to === "in") staged.set(data.subarray(p, p + count), place);
    else data.set(staged.subarray(place, place + count), p);
  }
}
