import { align } from "./arena.js";
import type { Call, ThreadPool } from "./pool.js";

/** A kernel that works in place on contiguous elements of one type, one piece after the other. */
export interface Stream {
  readonly input: Float32Array | Float64Array;
  readonly output: Float32Array | Float64Array;
  /** Elements of a piece; the last one may be shorter. */
  readonly piece: number;
  /** Vectors that every piece reads: they lie at the arena's start, `align`ed. */
  readonly vectors: readonly (Float32Array | Float64Array)[];
  /** The kernel for `count` elements at byte address `at`. */
  call(at: number, count: number): Call;
  /** Computes everything from element `first` on, on this thread alone. */
  rest(first: number): void;
}

/** Elements from which other threads are worth waking. */
export const MANY_ELEMENTS = 2 ** 17;

/** Runs the pieces with the pool's threads: this one copies in and out, and computes when it has nothing to copy. */
export function streamTogether(pool: ThreadPool, stream: Stream): boolean {
  const { arena } = pool.kernels;
  const { input, output, piece, vectors } = stream;
  const pieces = Math.ceil(input.length / piece);
  const slots = Math.min(pieces, 2 * pool.lanes + 2);
  const width = input.BYTES_PER_ELEMENT;
  const header = vectors.reduce((bytes, vector) => bytes + align(width * vector.length), 0);
  const slotBytes = align(width * piece);
  if (header + slots * slotBytes > arena.limit) return false;
  arena.reserve(header + slots * slotBytes);
  const elements = width === 8 ? arena.f64 : arena.f32;
  let at = arena.start;
  for (const vector of vectors) {
    elements.set(vector, at / width);
    at += align(width * vector.length);
  }
  const firstSlot = at;
  pool.run({
    pieces,
    slots,
    after: () => 0,
    stage(index, slot) {
      const block = input.subarray(index * piece, (index + 1) * piece);
      const to = firstSlot + slot * slotBytes;
      elements.set(block, to / width);
      return stream.call(to, block.length);
    },
    finish(index, slot) {
      const from = (firstSlot + slot * slotBytes) / width;
      const count = Math.min(piece, input.length - index * piece);
      output.set(elements.subarray(from, from + count), index * piece);
    },
    rest: (index) => stream.rest(index * piece),
  });
  return true;
}
