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

/** Slices, rows and columns of C, and the depth of the sums. */
export interface Counts {
  readonly batch: number;
  readonly m: number;
  readonly n: number;
  readonly k: number;
}

/** Batches at regular distances. */
export interface Product {
  readonly counts: Counts;
  readonly a: BatchedOperand;
  readonly b: BatchedOperand;
  readonly c: BatchedOperand & { readonly data: Float32Array | Float64Array };
  readonly accumulate: boolean;
  /** Added to every row of C, n elements. */
  readonly bias?: Float32Array | Float64Array | undefined;
}

/** Bytes of small slices that are staged together: about one core's share of L2. */
const BATCH_BYTES = 2 ** 20;

/** A product with so few rows or columns reads its large operand once: it is staged in pieces that stay in L2. */
const THIN = 16;
const THIN_BYTES = 2 ** 19;

/** A block of the product: first index and count along batch, rows, columns and depth. */
interface Block extends Counts {
  readonly g: number;
  readonly i: number;
  readonly j: number;
  readonly p: number;
}

export function stridesOf(operand: BatchedOperand): Triple {
  return [operand.batchStride, operand.rowStride, operand.colStride];
}

export function start(operand: BatchedOperand, g: number, row: number, col: number): number {
  return operand.offset + g * operand.batchStride + row * operand.rowStride + col * operand.colStride;
}

/** Stages one block of A and B, multiplies into the dense C at the arena's start. */
function multiplyBlock(
  kernels: Kernels,
  product: Product,
  block: Block,
  add: boolean,
  bias: Product["bias"],
): void {
  const { arena, exports } = kernels;
  const { a, b, c } = product;
  const { batch, m, n, k } = block;
  const width = c.data.BYTES_PER_ELEMENT as 4 | 8;
  const aCounts: Triple = [batch, m, k];
  const bCounts: Triple = [batch, k, n];
  const aStrides = stridesOf(a);
  const bStrides = stridesOf(b);
  const aPlan = layout(aCounts, aStrides);
  const bPlan = layout(bCounts, bStrides);
  const single = width === 4;
  const aAt = arena.start + align(batch * m * n * width);
  const bAt = aAt + align(aPlan.length * width);
  const biasAt = bias === undefined ? 0 : bAt + align(bPlan.length * width);
  const scratch = bAt + align(bPlan.length * width) + (bias === undefined ? 0 : align(n * width));
  const scratchBytes = single ? exports.gemmScratchF32(m, n, k) : exports.gemmScratchF64(m, n, k);
  arena.reserve(scratch - arena.start + scratchBytes);
  const aStart = start(a, block.g, block.i, block.p);
  const bStart = start(b, block.g, block.p, block.j);
  const aFirst = stage(kernels, aPlan, a, aStart, aCounts, aStrides, aAt, width);
  const bFirst = stage(kernels, bPlan, b, bStart, bCounts, bStrides, bAt, width);
  if (bias !== undefined) {
    (single ? arena.f32 : arena.f64).set(bias.subarray(block.j, block.j + n), biasAt / width);
  }
  const kernel = single ? exports.gemmF32 : exports.gemmF64;
  const s = aPlan.strides;
  const t = bPlan.strides;
  // prettier-ignore
  kernel(
    batch, m, n, k, aFirst, s[0], s[1], s[2], bFirst, t[0], t[1], t[2], arena.start, add, biasAt, scratch,
  );
}

/** Arena bytes of one slice; staged operands count twice because they may carry gaps along. */
function sliceBytes({ m, n, k }: Counts, width: number): number {
  return (2 * (m * k + k * n) + m * n) * width;
}

/** Pieces of a thin product's large operand, cut across its larger stride so that each is contiguous. */
export function cutThin({ counts, a, b }: Product, width: number): Counts | undefined {
  const { m, n, k } = counts;
  const long = Math.max(m, n);
  if (Math.min(m, n) > THIN || k * long * width <= THIN_BYTES) return undefined;
  const byDepth =
    m <= n ? Math.abs(b.rowStride) > Math.abs(b.colStride) : Math.abs(a.colStride) > Math.abs(a.rowStride);
  const piece = Math.max(64, Math.floor(THIN_BYTES / ((byDepth ? long : k) * width) / 8) * 8);
  if (byDepth) return { ...counts, k: Math.min(k, piece) };
  return m <= n ? { ...counts, n: Math.min(n, piece) } : { ...counts, m: Math.min(m, piece) };
}

/** Block sizes that fit the arena. */
function chooseBlock(kernels: Kernels, product: Product): Counts {
  const { batch, m, n, k } = product.counts;
  const { arena, exports } = kernels;
  const width = product.c.data.BYTES_PER_ELEMENT;
  const single = width === 4;
  const limit = arena.limit - 576 - (product.bias === undefined ? 0 : n * width);
  const slice = sliceBytes(product.counts, width);
  const scratch = single ? exports.gemmScratchF32(m, n, k) : exports.gemmScratchF64(m, n, k);
  const thin = batch === 1 ? cutThin(product, width) : undefined;
  if (thin !== undefined && sliceBytes(thin, width) + scratch <= limit) return thin;
  if (slice + scratch <= limit) {
    const together = Math.floor(Math.min(limit - scratch, Math.max(BATCH_BYTES, slice)) / slice);
    return { batch: Math.min(batch, together), m, n, k };
  }
  // Equal edges first (two operands counted twice, C once, three eighths left for scratch and rounding), then the
  // depth takes what short edges leave over.
  const cells = limit / width;
  const edge = Math.max(8, Math.floor(Math.sqrt(cells / 8) / 8) * 8);
  const rows = even(m, edge);
  const columns = even(n, edge);
  const depth = Math.max(edge, Math.floor((cells / 2 - rows * columns) / (3 * (rows + columns))));
  return { batch: 1, m: rows, n: columns, k: cutDepth(k, depth) };
}

/** Elements of a sum that the kernel adds up before it adds to C: `KC` in assembly/gemm.ts. */
const SLAB = 256;

/** Cuts between slabs where possible, so that the order of additions is the same as without a cut. */
function cutDepth(k: number, most: number): number {
  if (most < SLAB) return even(k, most);
  return Math.min(k, Math.ceil(even(k, most - (most % SLAB)) / SLAB) * SLAB);
}

/** The length of the pieces when `total` is cut into equal pieces of at most `most`. */
function even(total: number, most: number): number {
  return Math.ceil(total / Math.ceil(total / most));
}

/** Computes a product block by block within the arena's limit. */
export function multiply(kernels: Kernels, product: Product): void {
  const { batch, m, n, k } = product.counts;
  const { c, accumulate, bias } = product;
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
          const last = p + depth === k ? bias : undefined;
          multiplyBlock(kernels, product, block, accumulate || p > 0, last);
        }
        copyDense(dense(), at, c.data, cStart, counts, cStrides, "out");
      }
    }
  }
}
