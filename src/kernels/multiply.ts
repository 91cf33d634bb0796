import { align } from "./arena.js";
import type { Kernels } from "./module.js";
import { start, stridesOf, type BatchedOperand, type Triple } from "./operand.js";
import { copyDense, layout, stage } from "./staging.js";

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

/** A block of C: first index and count along batch, rows and columns. */
interface Block {
  readonly g: number;
  readonly i: number;
  readonly j: number;
  readonly batch: number;
  readonly m: number;
  readonly n: number;
}

/** Stages one block of A and B, multiplies into the dense C at the arena's start. */
function multiplySlab(
  kernels: Kernels,
  product: Product,
  block: Block,
  p: number,
  depth: number,
  add: boolean,
  bias: Product["bias"],
): void {
  const { arena, exports } = kernels;
  const { a, b } = product;
  const { batch, m, n } = block;
  const width = product.c.data.BYTES_PER_ELEMENT as 4 | 8;
  const aCounts: Triple = [batch, m, depth];
  const bCounts: Triple = [batch, depth, n];
  const aPlan = layout(aCounts, stridesOf(a));
  const bPlan = layout(bCounts, stridesOf(b));
  const single = width === 4;
  const aAt = arena.start + align(batch * m * n * width);
  const bAt = aAt + align(aPlan.length * width);
  const bEnd = bAt + align(bPlan.length * width);
  const scratch = bEnd + (bias === undefined ? 0 : align(n * width));
  const scratchBytes = single ? exports.gemmScratchF32(m, n, depth) : exports.gemmScratchF64(m, n, depth);
  arena.reserve(scratch - arena.start + scratchBytes);
  const aFirst = stage(kernels, aPlan, a, start(a, block.g, block.i, p), aCounts, aAt, width);
  const bFirst = stage(kernels, bPlan, b, start(b, block.g, p, block.j), bCounts, bAt, width);
  if (bias !== undefined) arena.reals(width).set(bias.subarray(block.j, block.j + n), bEnd / width);
  const kernel = single ? exports.gemmF32 : exports.gemmF64;
  const biasAt = bias === undefined ? 0 : bEnd;
  const s = aPlan.strides;
  const t = bPlan.strides;
  // prettier-ignore
  kernel(
    batch, m, n, depth, aFirst, s[0], s[1], s[2], bFirst, t[0], t[1], t[2], arena.start, add, biasAt, scratch,
  );
}

/** Arena bytes of one slice; staged operands count twice because they may carry gaps along. */
function sliceBytes({ m, n, k }: Counts, width: number): number {
  return (2 * (m * k + k * n) + m * n) * width;
}

/** Pieces of a thin product's large operand, cut across its larger stride so that each is contiguous. */
export function cutThin({ counts, a, b }: Product, width: number): Counts | undefined {
  const { m, n, k } = counts;
  if (m > THIN && n > THIN) return undefined;
  const long = Math.max(m, n);
  if (k * long * width <= THIN_BYTES) return undefined;
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
    if (batch === 1) return product.counts;
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

/** Computes a block of C over the whole depth, `most` at a time. */
function multiplyBlock(kernels: Kernels, product: Product, block: Block, most: number): void {
  const { arena } = kernels;
  const { c, accumulate, bias } = product;
  const { k } = product.counts;
  const width = c.data.BYTES_PER_ELEMENT as 4 | 8;
  const counts: Triple = [block.batch, block.m, block.n];
  const elements = block.batch * block.m * block.n;
  const at = arena.start / width;
  const cStart = start(c, block.g, block.i, block.j);
  if (accumulate || k === 0) {
    arena.reserve(elements * width);
    if (accumulate) copyDense(arena.reals(width), at, c, cStart, counts, "in");
    else arena.reals(width).fill(0, at, at + elements);
  }
  for (let p = 0; p < k; p += most) {
    const depth = Math.min(most, k - p);
    multiplySlab(kernels, product, block, p, depth, accumulate || p > 0, p + depth === k ? bias : undefined);
  }
  copyDense(arena.reals(width), at, c, cStart, counts, "out");
}

/** Computes a product block by block within the arena's limit. */
export function multiply(kernels: Kernels, product: Product): void {
  const { batch, m, n } = product.counts;
  const size = chooseBlock(kernels, product);
  for (let g = 0; g < batch; g += size.batch) {
    for (let i = 0; i < m; i += size.m) {
      for (let j = 0; j < n; j += size.n) {
        const block = {
          g,
          i,
          j,
          batch: g + size.batch > batch ? batch - g : size.batch,
          m: i + size.m > m ? m - i : size.m,
          n: j + size.n > n ? n - j : size.n,
        };
        multiplyBlock(kernels, product, block, size.k);
      }
    }
  }
}
