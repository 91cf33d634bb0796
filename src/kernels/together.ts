// Products on several threads. The pieces depend on the shapes alone, and each element of C is summed in the order in
// which one thread sums it, so the result does not depend on how many threads there are, to the last bit.

import { align } from "./arena.js";
import type { Kernels } from "./module.js";
import { cutThin, multiply, type Product } from "./multiply.js";
import { restride, start, stridesOf, type Triple } from "./operand.js";
import { MOST_SLOTS, type Call, type Job, type ThreadPool } from "./pool.js";
import { copyDense, layout, stage } from "./staging.js";

/** Rows of a tile and of a packed block of A in assembly/gemm.ts, and bytes of a packed row of B. */
const TILE_ROWS = 5;
const BLOCK_ROWS = 120;
const PANEL_BYTES = 32;

/** Multiply-adds of a piece, at most and at least: some tenths and some hundredths of a millisecond. */
const PIECE = 6e6;
const SMALL_PIECE = 2.5e5;
/** Pieces that a small product is cut into: threads that end with one piece more or less then differ little. */
const PIECES = 16;
/** Elements of B that one piece packs: an eighth of B within these limits, so that nobody waits for the first. */
const PACKED_PIECES = 8;
const LEAST_PACKED = 2 ** 12;
const MOST_PACKED = 2 ** 16;
/** Bytes of slices that are staged together, and bytes from which a slice is cut itself. */
const GROUP_BYTES = 2 ** 19;
const LARGE_SLICE = 2 ** 22;

/** Computes the product with the pool's threads. Returns false for a product that one thread computes as well. */
export function multiplyTogether(pool: ThreadPool, alone: Kernels, product: Product): boolean {
  const { batch, m, n, k } = product.counts;
  const width = product.c.data.BYTES_PER_ELEMENT as 4 | 8;
  const sliceBytes = (m * k + k * n + m * n) * width;
  if (batch > 1 && sliceBytes < LARGE_SLICE) return runSlices(pool, alone, product, width);
  if (batch === 1 && cutThin(product, width) !== undefined) return false;
  const { arena } = pool.kernels;
  const panel = PANEL_BYTES / width;
  // All columns of B when they fit in half of the arena, else as many as do.
  const fitting = Math.floor(arena.limit / 2 / (k * width) / panel) * panel;
  if (fitting < 16 * panel && fitting < n) return false;
  for (let g = 0; g < batch; g++) {
    for (let j = 0; j < n; j += fitting) {
      const part = slice(product, g, 0, j, { batch: 1, m, n: Math.min(fitting, n - j), k });
      if (pool.lost || !runRows(pool, alone, part, width)) multiply(alone, part);
    }
  }
  return true;
}

/** The product's part that starts at slice g, row i and column j of C. */
function slice(product: Product, g: number, i: number, j: number, counts: Product["counts"]): Product {
  const { a, b, c, accumulate, bias } = product;
  return {
    counts,
    a: restride(a, start(a, g, i, 0), a.batchStride, a.rowStride, a.colStride),
    b: restride(b, start(b, g, 0, j), b.batchStride, b.rowStride, b.colStride),
    c: restride(c, start(c, g, i, j), c.batchStride, c.rowStride, c.colStride),
    accumulate,
    bias: bias?.subarray(j, j + counts.n),
  };
}

/** The bias in the arena; returns its address, 0 for none. */
function stageBias(kernels: Kernels, { bias }: Product, at: number, width: 4 | 8): number {
  if (bias === undefined) return 0;
  kernels.arena.reals(width).set(bias, at / width);
  return at;
}

/** One product: first all of B is packed, piece by piece; then each piece computes some rows of C. */
function runRows(pool: ThreadPool, alone: Kernels, product: Product, width: 4 | 8): boolean {
  const { kernels, lanes } = pool;
  const { arena, exports } = kernels;
  const { a, b, c, accumulate } = product;
  const { m, n, k } = product.counts;
  const suffix = width === 4 ? "F32" : "F64";
  const panel = PANEL_BYTES / width;
  const columns = Math.ceil(n / panel) * panel;

  // Pieces of B follow its storage: whole columns where these are contiguous, else whole rows.
  const byColumns = Math.abs(b.rowStride) < Math.abs(b.colStride);
  const share = Math.min(MOST_PACKED, Math.max(LEAST_PACKED, (k * n) / PACKED_PIECES));
  const packK = byColumns ? k : Math.min(k, Math.max(1, Math.round(share / n)));
  const packN = byColumns ? Math.min(columns, Math.max(1, Math.round(share / k / panel)) * panel) : columns;
  const packs = Math.ceil(byColumns ? n / packN : k / packK);

  const even = Math.max(m / PIECES, SMALL_PIECE / (n * k));
  const tiles = Math.round(Math.min(even, PIECE / (n * k), BLOCK_ROWS) / TILE_ROWS);
  const rows = Math.min(m, Math.max(1, tiles) * TILE_ROWS);
  const pieces = packs + Math.ceil(m / rows);

  // Staged operands may carry as many gaps along as they have elements.
  const cBytes = align(rows * n * width);
  const slotBytes = Math.max(align(2 * packK * packN * width), cBytes + align(2 * rows * k * width));
  const slots = Math.min(pieces, 2 * lanes + 2, MOST_SLOTS);
  const biasAt = arena.start + align(columns * k * width);
  const scratchBytes = align(
    width === 4 ? exports.gemmPackedScratchF32(rows, k) : exports.gemmPackedScratchF64(rows, k),
  );
  const scratch = biasAt + align(n * width);
  const firstSlot = scratch + lanes * scratchBytes;
  const bytes = firstSlot + slots * slotBytes - arena.start;
  if (bytes > arena.limit) return false;
  arena.reserve(bytes);
  const packed = arena.start;
  const bias = stageBias(kernels, product, biasAt, width);
  const dense = arena.reals(width);
  const block = (piece: number): { readonly i: number; readonly counts: Triple } => {
    const i = (piece - packs) * rows;
    return { i, counts: [1, Math.min(rows, m - i), n] };
  };

  const pack = (piece: number, at: number): Call => {
    const j = byColumns ? piece * packN : 0;
    const p = byColumns ? 0 : piece * packK;
    const counts: Triple = [1, Math.min(packK, k - p), Math.min(packN, n - j)];
    const plan = layout(counts, stridesOf(b));
    const first = stage(kernels, plan, b, start(b, 0, p, j), counts, at, width);
    const [, bRow, bCol] = plan.strides;
    return {
      kernel: `packSlabs${suffix}`,
      parameters: [counts[1], counts[2], first, bRow, bCol, packed, k, columns, p, j],
    };
  };

  const job: Job = {
    pieces,
    slots,
    after: (piece) => (piece < packs ? 0 : packs),
    stage(piece, slot) {
      const at = firstSlot + slot * slotBytes;
      if (piece < packs) return pack(piece, at);
      const { i, counts } = block(piece);
      const aCounts: Triple = [1, counts[1], k];
      const plan = layout(aCounts, stridesOf(a));
      const first = stage(kernels, plan, a, start(a, 0, i, 0), aCounts, at + cBytes, width);
      if (accumulate) copyDense(dense, at / width, c, start(c, 0, i, 0), counts, "in");
      const [, aRow, aCol] = plan.strides;
      return {
        kernel: `gemmPacked${suffix}`,
        parameters: [counts[1], n, k, first, aRow, aCol, packed, at, Number(accumulate), bias, scratch],
        scratchBytes,
      };
    },
    finish(piece, slot) {
      if (piece < packs) return;
      const { i, counts } = block(piece);
      const at = (firstSlot + slot * slotBytes) / width;
      copyDense(dense, at, c, start(c, 0, i, 0), counts, "out");
    },
    rest(piece) {
      const i = Math.max(0, piece - packs) * rows;
      multiply(alone, slice(product, 0, i, 0, { batch: 1, m: m - i, n, k }));
    },
  };
  pool.run(job);
  return true;
}

/** A batch of small products: each piece computes some of them. */
function runSlices(pool: ThreadPool, alone: Kernels, product: Product, width: 4 | 8): boolean {
  const { kernels, lanes } = pool;
  const { arena, exports } = kernels;
  const { a, b, c, accumulate } = product;
  const { batch, m, n, k } = product.counts;
  const aBytes = 2 * m * k * width;
  const bBytes = 2 * k * n * width;
  const cBytes = m * n * width;
  const together = Math.min(batch, Math.max(1, Math.floor(GROUP_BYTES / ((aBytes + bBytes) / 2 + cBytes))));
  const pieces = Math.ceil(batch / together);
  const [cRoom, aRoom, bRoom] = [cBytes, aBytes, bBytes].map((bytes) => align(together * bytes));
  const slotBytes = cRoom + aRoom + bRoom;
  const slots = Math.min(pieces, 2 * lanes + 2, MOST_SLOTS);
  const scratchBytes = align(width === 4 ? exports.gemmScratchF32(m, n, k) : exports.gemmScratchF64(m, n, k));
  const biasAt = arena.start;
  const scratch = biasAt + align(n * width);
  const firstSlot = scratch + lanes * scratchBytes;
  const bytes = firstSlot + slots * slotBytes - arena.start;
  if (bytes > arena.limit || pieces === 1) return false;
  arena.reserve(bytes);
  const bias = stageBias(kernels, product, biasAt, width);
  const dense = arena.reals(width);
  const count = (piece: number): number => Math.min(together, batch - piece * together);
  pool.run({
    pieces,
    slots,
    after: () => 0,
    stage(piece, slot) {
      const g = piece * together;
      const at = firstSlot + slot * slotBytes;
      const aCounts: Triple = [count(piece), m, k];
      const bCounts: Triple = [count(piece), k, n];
      const aPlan = layout(aCounts, stridesOf(a));
      const bPlan = layout(bCounts, stridesOf(b));
      const aFirst = stage(kernels, aPlan, a, start(a, g, 0, 0), aCounts, at + cRoom, width);
      const bFirst = stage(kernels, bPlan, b, start(b, g, 0, 0), bCounts, at + cRoom + aRoom, width);
      const cCounts: Triple = [count(piece), m, n];
      if (accumulate) copyDense(dense, at / width, c, start(c, g, 0, 0), cCounts, "in");
      return {
        kernel: width === 4 ? "gemmF32" : "gemmF64",
        // prettier-ignore
        parameters: [
          count(piece), m, n, k, aFirst, ...aPlan.strides, bFirst, ...bPlan.strides, at, Number(accumulate), bias, scratch,
        ],
        scratchBytes,
      };
    },
    finish(piece, slot) {
      const counts: Triple = [count(piece), m, n];
      const at = (firstSlot + slot * slotBytes) / width;
      copyDense(dense, at, c, start(c, piece * together, 0, 0), counts, "out");
    },
    rest(piece) {
      const g = piece * together;
      multiply(alone, slice(product, g, 0, 0, { batch: batch - g, m, n, k }));
    },
  });
  return true;
}
