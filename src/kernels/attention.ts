import { align } from "./arena.js";
import { requireKernels, type Kernels } from "./module.js";
import { restride, stridesOf, type Operand, type Triple } from "./operand.js";
import { MOST_SLOTS, type Call, type Job } from "./pool.js";
import { layout, stage } from "./staging.js";
import { threadPool } from "./threads.js";

/** What is added to the scores, in float32. */
export interface ScoreBias {
  /** Whether the queries of one head differ in it. */
  readonly perQuery: boolean;
  /** Writes the `m` terms of each of `count` queries of a head, from query `first` on. */
  write(target: Float32Array, at: number, head: number, first: number, count: number): void;
}

/** softmax(q kᵀ · scale + bias) v for query heads [n, d] over key heads [m, d] and [m, e]. */
export interface Attention {
  readonly n: number;
  readonly m: number;
  readonly d: number;
  readonly e: number;
  readonly scale: number;
  /** Query i sees the keys up to i + m − n. */
  readonly causal: boolean;
  readonly q: Operand;
  readonly k: Operand;
  readonly v: Operand;
  /** Where the query heads start in q; as many for each key head, next to each other. */
  readonly qOffsets: readonly number[];
  readonly kOffsets: readonly number[];
  readonly vOffsets: readonly number[];
  readonly bias: ScoreBias | undefined;
  /** [query heads, n, e] */
  readonly output: Float32Array;
}

/** Queries of a block at most: their scores over 256 keys stay in L2 with what they are multiplied with. */
const MOST_ROWS = 120;
const TILE_ROWS = 5;
/** A slab of packed keys has this depth at most. */
const SLAB = 256;
/** Columns of a packed panel. */
const PANEL = 8;
/** Multiply-adds from which other threads are worth waking. */
const MANY_PRODUCTS = 2 ** 22;

const padded = (columns: number): number => Math.ceil(columns / PANEL) * PANEL;

/**
 * Computes blocks of queries, each in one call: no score leaves the kernel's scratch. The blocks depend on the shape
 * alone, so the result does not depend on the threads. Returns false, with nothing written, for operands that it does
 * not take: wide heads, and keys and values that do not fit into the arena.
 */
export function attendBlocks(attention: Attention): boolean {
  const { n, m, d, e, kOffsets, qOffsets } = attention;
  if (d > SLAB || n === 0 || m === 0 || e === 0 || d === 0) return false;
  const many = qOffsets.length * n * m * (d + e) >= MANY_PRODUCTS;
  const pool = many ? threadPool() : undefined;
  const kernels = pool?.kernels ?? requireKernels();
  const blocks = Math.ceil(n / MOST_ROWS);
  const perKey = qOffsets.length / kOffsets.length;
  const pieces = qOffsets.length * blocks;
  const slots = pool === undefined ? 1 : Math.min(pieces, 2 * pool.lanes + 2, MOST_SLOTS);
  const plan = planMemory(attention, kernels, slots, pool?.lanes ?? 1);
  if (plan === undefined) return false;
  const job = makeJob(attention, kernels, { ...plan, slots, blocks, perHead: perKey * blocks, pieces });
  if (pool === undefined) runAlone(kernels, job);
  else pool.run(job);
  return true;
}

interface Places {
  /** Queries of a block. */
  readonly rows: number;
  /** Two places for packed keys and values, so that the next head is packed while the last one is in use. */
  readonly packed: readonly { readonly keys: number; readonly values: number }[];
  readonly staging: number;
  readonly scratch: number;
  readonly scratchBytes: number;
  readonly firstSlot: number;
  readonly slotBytes: number;
  readonly biasBytes: number;
  readonly outBytes: number;
}

function planMemory(
  { n, m, d, e, bias }: Attention,
  { arena, exports }: Kernels,
  slots: number,
  lanes: number,
): Places | undefined {
  const rows = Math.min(n, Math.ceil(n / Math.ceil(n / MOST_ROWS) / TILE_ROWS) * TILE_ROWS);
  let next = arena.start;
  const take = (bytes: number): number => {
    const at = next;
    next += align(bytes);
    return at;
  };
  const pack = () => ({ keys: take(4 * padded(m) * d), values: take(4 * m * padded(e)) });
  const packed = [pack(), pack()];
  // Staged operands may carry as many gaps along as they have elements.
  const staging = take(8 * m * Math.max(d, e));
  const scratchBytes = align(exports.attentionScratch(rows, d));
  const scratch = take(lanes * scratchBytes);
  const biasBytes = bias === undefined ? 0 : align(4 * m * (bias.perQuery ? rows : 1));
  const outBytes = align(4 * rows * e);
  const slotBytes = outBytes + biasBytes + align(8 * rows * d);
  const firstSlot = take(slots * slotBytes);
  if (next - arena.start > arena.limit) return undefined;
  arena.reserve(next - arena.start);
  return { rows, packed, staging, scratch, scratchBytes, firstSlot, slotBytes, biasBytes, outBytes };
}

interface Plan extends Places {
  readonly slots: number;
  readonly blocks: number;
  /** Pieces of one key head. */
  readonly perHead: number;
  readonly pieces: number;
}

function makeJob(attention: Attention, kernels: Kernels, plan: Plan): Job {
  const { n, m, d, e, scale, causal, q, k, v, qOffsets, kOffsets, vOffsets, bias, output } = attention;
  const { rows, packed, staging, scratch, scratchBytes, firstSlot, slotBytes, biasBytes, outBytes } = plan;
  const { arena, exports } = kernels;
  const place = (piece: number) => {
    const head = Math.floor(piece / plan.blocks);
    const first = (piece % plan.blocks) * rows;
    return { head, first, count: Math.min(rows, n - first) };
  };
  const put = (x: Operand, offset: number, count: number, width: number, at: number) => {
    const counts: Triple = [1, count, width];
    const block = restride(x, x.offset + offset, 0, x.rowStride, x.colStride);
    const laid = layout(counts, stridesOf(block));
    const address = stage(kernels, laid, block, block.offset, counts, at, 4);
    return { address, row: laid.strides[1], col: laid.strides[2] };
  };
  const pack = (head: number): void => {
    const { keys, values } = packed[head % 2];
    const staged = put(k, kOffsets[head], m, d, staging);
    exports.packSlabsF32(d, m, staged.address, staged.col, staged.row, keys, d, padded(m), 0, 0);
    const other = put(v, vOffsets[head], m, e, staging);
    exports.packSlabsF32(m, e, other.address, other.row, other.col, values, m, padded(e), 0, 0);
  };
  return {
    pieces: plan.pieces,
    slots: plan.slots,
    // The place of this head's keys was that of the head before the last.
    after: (piece) => Math.max(0, (Math.floor(piece / plan.perHead) - 1) * plan.perHead),
    stage(piece, slot): Call {
      const { head, first, count } = place(piece);
      const keyHead = Math.floor(piece / plan.perHead);
      if (piece % plan.perHead === 0) pack(keyHead);
      const out = firstSlot + slot * slotBytes;
      const biasAt = bias === undefined ? 0 : out + outBytes;
      bias?.write(arena.f32, biasAt / 4, head, first, bias.perQuery ? count : 1);
      const staged = put(q, qOffsets[head] + first * q.rowStride, count, d, out + outBytes + biasBytes);
      const { keys, values } = packed[keyHead % 2];
      const visible = causal ? first + 1 + m - n : m;
      return {
        kernel: "attendF32",
        // prettier-ignore
        parameters: [
          count, m, d, e, staged.address, staged.row, staged.col, scale, keys, values,
          visible, Number(causal), biasAt, bias?.perQuery === true ? m : 0, out, scratch,
        ],
        scratchBytes,
      };
    },
    finish(piece, slot) {
      const { head, first, count } = place(piece);
      const from = (firstSlot + slot * slotBytes) / 4;
      output.set(arena.f32.subarray(from, from + count * e), (head * n + first) * e);
    },
    rest: (piece) => attendRest(attention, plan, Math.floor(piece / plan.perHead)),
  };
}

/** All key heads from `head` on, on this thread: a worker was lost. */
function attendRest(attention: Attention, { perHead, blocks }: Plan, head: number): void {
  const { kOffsets, vOffsets, qOffsets, output, bias, n, e } = attention;
  const first = (head * perHead) / blocks;
  const rest: Attention = {
    ...attention,
    kOffsets: kOffsets.slice(head),
    vOffsets: vOffsets.slice(head),
    qOffsets: qOffsets.slice(first),
    output: output.subarray(first * n * e),
    bias: bias && { ...bias, write: (to, at, h, ...place) => bias.write(to, at, first + h, ...place) },
  };
  const kernels = requireKernels();
  const places = planMemory(rest, kernels, 1, 1)!; // fits where more slots did
  const pieces = rest.qOffsets.length * blocks;
  runAlone(kernels, makeJob(rest, kernels, { ...places, slots: 1, blocks, perHead, pieces }));
}

function runAlone({ exports }: Kernels, job: Job): void {
  for (let piece = 0; piece < job.pieces; piece++) {
    const { kernel, parameters } = job.stage(piece, 0);
    (exports[kernel] as (...parameters: readonly number[]) => void)(...parameters);
    job.finish(piece, 0);
  }
}
