import { align } from "./arena.js";
import type { Kernels } from "./module.js";
import type { Elements, Operand, Triple } from "./operand.js";
import { copyDense, layout, stage } from "./staging.js";

/** An operand with one more stride: the distance of two slices. */
export interface BatchedOperand extends Operand {
  readonly batchStride: number;
}

/** `operand` with other strides, in one fixed object layout: V8 11 takes 2 µs for each object spread here. */
export function restride<D extends Elements>(
  operand: Operand<D>,
  offset: number,
  batchStride: number,
  rowStride: number,
  colStride: number,
): BatchedOperand & { readonly data: D } {
  return { data: operand.data, offset, batchStride, rowStride, colStride, half: operand.half };
}

/** Batches at regular distances. */
export interface Product {
  readonly counts: { readonly batch: number; readonly m: number; readonly n: number; readonly k: number };
  readonly a: BatchedOperand;
  readonly b: BatchedOperand;
  readonly c: BatchedOperand & { readonly data: Float32Array | Float64Array };
  readonly accumulate: boolean;
}

/** Bytes of small slices that are staged together: about one core's share of L2. */
const BATCH_BYTES = 2 ** 20;

/** A block of the product: first index and count along batch, rows, columns and depth. */
interface Block {
  readonly g: number;
  readonly i: number;
  readonly j: number;
  readonly p: number;
  readonly batch: number;
  readonly m: number;
  readonly n: number;
  readonly k: number;
}

function stridesOf(operand: BatchedOperand): Triple {
  return [operand.batchStride, operand.rowStride, operand.colStride];
}

function start(operand: BatchedOperand, g: number, row: number, col: number): number {
  return operand.offset + g * operand.batchStride + row * operand.rowStride + col * operand.colStride;
}

/** Stages one block of A and B, multiplies into the dense C at the arena's start. */
function multiplyBlock(kernels: Kernels, product: Product, block: Block, add: boolean): void {
  const { arena, exports } = kernels;
  const { a, b, c } = product;
  const { batch, m, n, k } = block;
  const width = c.data instanceof Float32Array ? 4 : 8;
  const aCounts: Triple = [batch, m, k];
  const bCounts: Triple = [batch, k, n];
  const aPlan = layout(aCounts, stridesOf(a));
  const bPlan = layout(bCounts, stridesOf(b));
  const single = width === 4;
  const aAt = arena.start + align(batch * m * n * width);
  const bAt = aAt + align(aPlan.length * width);
  const scratch = bAt + align(bPlan.length * width);
  const scratchBytes = single ? exports.gemmScratchF32(m, n, k) : exports.gemmScratchF64(m, n, k);
  arena.reserve(scratch - arena.start + scratchBytes);
  const aFirst = stage(
    kernels,
    aPlan,
    a,
    start(a, block.g, block.i, block.p),
    aCounts,
    stridesOf(a),
    aAt,
    width,
  );
  const bFirst = stage(
    kernels,
    bPlan,
    b,
    start(b, block.g, block.p, block.j),
    bCounts,
    stridesOf(b),
    bAt,
    width,
  );
  const kernel = single ? exports.gemmF32 : exports.gemmF64;
  const [aBatch, aRow, aCol] = aPlan.strides;
  const [bBatch, bRow, bCol] = bPlan.strides;
  kernel(batch, m, n, k, aFirst, aBatch, aRow, aCol, bFirst, bBatch, bRow, bCol, arena.start, add, scratch);
}

/** Block sizes that fit the arena, staged operands counted twice because they may carry gaps along. */
function chooseBlock(kernels: Kernels, product: Product): { batch: number; m: number; n: number; k: number } {
  const { batch, m, n, k } = product.counts;
  const { arena, exports } = kernels;
  const single = product.c.data instanceof Float32Array;
  const width = single ? 4 : 8;
  const limit = arena.limit - 512;
  const slice = (2 * (m * k + k * n) + m * n) * width;
  const scratch = single ? exports.gemmScratchF32(m, n, k) : exports.gemmScratchF64(m, n, k);
  if (slice + scratch <= limit) {
    const together = Math.floor(Math.min(limit - scratch, Math.max(BATCH_BYTES, slice)) / slice);
    return { batch: Math.min(batch, together), m, n, k };
  }
  // Equal edges first (5 = two operands twice, C once, one third left for scratch), then what short edges leave
  // over goes to the longer ones.
  const cells = limit / width;
  const edge = Math.max(8, Math.floor(Math.sqrt(cells / 8) / 8) * 8);
  const bm = Math.min(m, edge);
  const bn = Math.min(n, edge);
  const bk = Math.min(k, Math.max(edge, Math.floor((cells / 2 - bm * bn) / (3 * (bm + bn)))));
  return { batch: 1, m: bm, n: bn, k: bk };
}

/** Computes a product block by block within the arena's limit. */
export function multiply(kernels: Kernels, product: Product): void {
  const { batch, m, n, k } = product.counts;
  const { c, accumulate } = product;
  const { arena } = kernels;
  const size = chooseBlock(kernels, product);
  const cStrides = stridesOf(c);
  for (let g = 0; g < batch; g += size.batch) {
    for (let i = 0; i < m; i += size.m) {
      for (let j = 0; j < n; j += size.n) {
        const counts: Triple = [
          Math.min(size.batch, batch - g),
          Math.min(size.m, m - i),
          Math.min(size.n, n - j),
        ];
        const width = c.data.BYTES_PER_ELEMENT;
        const at = arena.start / width;
        const cStart = start(c, g, i, j);
        arena.reserve(counts[0] * counts[1] * counts[2] * width);
        const dense = () => (width === 4 ? arena.f32 : arena.f64); // growth replaces the views
        if (accumulate) copyDense(dense(), at, c.data, cStart, counts, cStrides, "in");
        else if (k === 0) dense().fill(0, at, at + counts[0] * counts[1] * counts[2]);
        for (let p = 0; p < k; p += size.k) {
          const depth = Math.min(size.k, k - p);
          const block = { g, i, j, p, batch: counts[0], m: counts[1], n: counts[2], k: depth };
          multiplyBlock(kernels, product, block, accumulate || p > 0);
        }
        copyDense(dense(), at, c.data, cStart, counts, cStrides, "out");
      }
    }
  }
}
