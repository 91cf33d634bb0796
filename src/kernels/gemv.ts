import { align } from "./arena.js";
import type { Kernels } from "./module.js";
import type { Product } from "./multiply.js";
import { restride, start, stridesOf, type BatchedOperand, type Triple } from "./operand.js";
import { copyDense, layout, stage, stageHalves, type Layout } from "./staging.js";

/** Bytes of the matrix that are staged at a time: small enough to be read back from L2. */
const CHUNK_BYTES = 2 ** 18;

/** Y (+)= M·X for the rows of X and Y: both orientations of a product with few rows or columns. */
interface VectorProduct {
  readonly rows: number;
  readonly k: number;
  readonly count: number;
  /** [rows, k] */
  readonly matrix: BatchedOperand;
  /** [count, k] */
  readonly vectors: BatchedOperand;
  /** [count, rows] */
  readonly results: Product["c"];
  readonly accumulate: boolean;
}

/** A product with few rows or columns, one batch after the other, unpacked: the matrix is staged once for all vectors. */
export function gemv(kernels: Kernels, product: Product): void {
  const { counts, a, b, c, accumulate } = product;
  const { m, n, k } = counts;
  const multiply = m === 1 && n === 1 ? dotProduct : matrixVectors;
  for (let g = 0; g < counts.batch; g++) {
    const left = start(a, g, 0, 0);
    const right = start(b, g, 0, 0);
    const out = start(c, g, 0, 0);
    const columns = n <= m;
    multiply(kernels, {
      rows: columns ? m : n,
      k,
      count: columns ? n : m,
      matrix: columns
        ? restride(a, left, 0, a.rowStride, a.colStride)
        : restride(b, right, 0, b.colStride, b.rowStride),
      vectors: columns
        ? restride(b, right, 0, b.colStride, b.rowStride)
        : restride(a, left, 0, a.rowStride, a.colStride),
      results: columns
        ? restride(c, out, 0, c.colStride, c.rowStride)
        : restride(c, out, 0, c.rowStride, c.colStride),
      accumulate,
    });
  }
}

/** One row times one vector, neither of which is read twice. */
function dotProduct(kernels: Kernels, product: VectorProduct): void {
  const { k, matrix, vectors, results, accumulate } = product;
  const { arena, exports } = kernels;
  const width = results.data.BYTES_PER_ELEMENT as 4 | 8;
  const piece = Math.min(k, CHUNK_BYTES / 2 / width);
  const room = align(2 * piece * width); // half-precision vectors are widened in place
  const rowAt = arena.start;
  const vectorAt = rowAt + room;
  arena.reserve(2 * room);
  const dot = width === 4 ? exports.dotF32 : exports.dotF64;
  let sum = accumulate ? results.data[results.offset] : 0;
  for (let p = 0; p < k; p += piece) {
    const depth = Math.min(piece, k - p);
    stageVector(kernels, matrix, 0, p, depth, rowAt, width);
    stageVector(kernels, vectors, 0, p, depth, vectorAt, width);
    sum += dot(depth, rowAt, vectorAt);
  }
  results.data[results.offset] = sum;
}

function matrixVectors(kernels: Kernels, product: VectorProduct): void {
  const { rows, k, count, matrix, vectors, results, accumulate } = product;
  const { arena } = kernels;
  const width = results.data.BYTES_PER_ELEMENT as 4 | 8;
  const stored = matrix.half === undefined ? width : 2;
  const cells = Math.max(64, Math.floor(Math.min(CHUNK_BYTES, arena.limit / (4 * count)) / stored));
  // Chunks run along the matrix's contiguous axis first.
  const byRows = Math.abs(matrix.colStride) <= Math.abs(matrix.rowStride);
  const chunkK = byRows
    ? Math.min(k, Math.floor(cells / 4))
    : Math.min(k, Math.max(4, Math.floor(cells / rows)));
  const chunkRows = Math.min(rows, Math.max(4, Math.floor(cells / Math.min(k, chunkK))));
  const yBytes = align(chunkRows * width);
  const xBytes = align(2 * chunkK * width); // half-precision vectors are widened in place
  const yAt = arena.start;
  const xAt = yAt + count * yBytes;
  const matrixAt = xAt + count * xBytes;
  arena.reserve(matrixAt - arena.start + 2 * chunkRows * chunkK * width);
  for (let i = 0; i < rows; i += chunkRows) {
    const height = Math.min(chunkRows, rows - i);
    if (accumulate) moveResults(kernels, results, count, i, height, yAt, yBytes, "in");
    for (let p = 0; p < k; p += chunkK) {
      const depth = Math.min(chunkK, k - p);
      for (let v = 0; v < count; v++) stageVector(kernels, vectors, v, p, depth, xAt + v * xBytes, width);
      const chunk = stageChunk(kernels, matrix, start(matrix, 0, i, p), height, depth, matrixAt, width);
      for (let v = 0; v < count; v++) {
        const y = yAt + v * yBytes;
        chunk.multiply(height, depth, chunk.at, chunk.stride, xAt + v * xBytes, y, accumulate || p > 0);
      }
    }
    moveResults(kernels, results, count, i, height, yAt, yBytes, "out");
  }
}

/** Copies elements [first, first + length) of every result between the arena and where they belong. */
function moveResults(
  kernels: Kernels,
  results: VectorProduct["results"],
  count: number,
  first: number,
  length: number,
  to: number,
  bytes: number,
  direction: "in" | "out",
): void {
  const width = results.data.BYTES_PER_ELEMENT;
  const dense = kernels.arena.reals(width);
  for (let v = 0; v < count; v++) {
    const from = start(results, 0, v, first);
    copyDense(dense, (to + v * bytes) / width, results, from, [1, 1, length], direction);
  }
}

/** Part of a vector, contiguous: gaps that staging carried along would be read as elements. */
function stageVector(
  kernels: Kernels,
  vectors: BatchedOperand,
  vector: number,
  first: number,
  length: number,
  to: number,
  width: 4 | 8,
): void {
  const counts: Triple = [1, 1, length];
  const plan =
    vectors.colStride === 1
      ? layout(counts, stridesOf(vectors))
      : { strides: [0, 0, 1] as const, length, run: 1, low: 0, walked: [2] };
  stage(kernels, plan, vectors, start(vectors, 0, vector, first), counts, to, width);
}

/** A staged part of the matrix, and the kernel that fits its layout. */
interface Chunk {
  readonly at: number;
  readonly stride: number;
  readonly multiply: Kernels["exports"]["gemvRowsF32"];
}

/** How a matrix is stored, as the kernels' names end. */
function storageOf(matrix: BatchedOperand, width: 4 | 8): "F32" | "F64" | "Float16" | "BFloat16" {
  if (matrix.half === undefined) return width === 4 ? "F32" : "F64";
  return matrix.half === "float16" ? "Float16" : "BFloat16";
}

/** Halves are staged as they are: the kernels widen them. */
function stageChunk(
  kernels: Kernels,
  matrix: BatchedOperand,
  offset: number,
  rows: number,
  k: number,
  to: number,
  width: 4 | 8,
): Chunk {
  const { exports } = kernels;
  const counts: Triple = [1, rows, k];
  const storage = storageOf(matrix, width);
  const put = (plan: Layout): number =>
    matrix.half === undefined
      ? stage(kernels, plan, matrix, offset, counts, to, width)
      : stageHalves(kernels, plan, matrix, offset, counts, to);
  const plan = layout(counts, stridesOf(matrix));
  if (plan.strides[2] === 1 || k === 1) {
    return { at: put(plan), stride: plan.strides[1], multiply: exports[`gemvRows${storage}`] };
  }
  if (plan.strides[1] === 1 || rows === 1) {
    return { at: put(plan), stride: plan.strides[2], multiply: exports[`gemvColumns${storage}`] };
  }
  // No unit stride (or a reversed or broadcast axis): gather row by row.
  const gathered: Layout = { strides: [0, k, 1], length: rows * k, run: 1, low: 0, walked: [2, 1] };
  return { at: put(gathered), stride: k, multiply: exports[`gemvRows${storage}`] };
}
