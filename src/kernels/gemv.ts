import { align } from "./arena.js";
import type { Kernels } from "./module.js";
import { restride, type BatchedOperand, type Product } from "./multiply.js";
import type { Elements, Operand, Triple } from "./operand.js";
import { copyDense, layout, stage } from "./staging.js";

/** Bytes of the matrix that are staged at a time: small enough to be read back from L2. */
const CHUNK_BYTES = 2 ** 18;

/** Some vectors, `step` elements apart, whose own elements are `stride` apart. */
interface Vectors<T extends Elements = Elements> {
  readonly operand: BatchedOperand & { readonly data: T };
  readonly offset: number;
  readonly stride: number;
  readonly step: number;
}

/** y[rows] (+)= M[rows, k]·x[k] for `count` vectors: both orientations of a product with few rows or columns. */
interface VectorProduct {
  readonly rows: number;
  readonly k: number;
  readonly count: number;
  readonly matrix: Operand;
  readonly vectors: Vectors;
  readonly results: Vectors<Float32Array | Float64Array>;
  readonly accumulate: boolean;
}

function at(operand: BatchedOperand, g: number): number {
  return operand.offset + g * operand.batchStride;
}

/** A product with few rows or columns, one batch after the other, unpacked: the matrix is staged once for all vectors. */
export function gemv(kernels: Kernels, product: Product): void {
  const { counts, a, b, c, accumulate } = product;
  const { m, n, k } = counts;
  for (let g = 0; g < counts.batch; g++) {
    const [left, right, out] = [at(a, g), at(b, g), at(c, g)];
    if (n <= m) {
      const matrix = restride(a, left, 0, a.rowStride, a.colStride);
      const vectors = { operand: b, offset: right, stride: b.rowStride, step: b.colStride };
      const results = { operand: c, offset: out, stride: c.rowStride, step: c.colStride };
      matrixVectors(kernels, { rows: m, k, count: n, matrix, vectors, results, accumulate });
    } else {
      const matrix = restride(b, right, 0, b.colStride, b.rowStride);
      const vectors = { operand: a, offset: left, stride: a.colStride, step: a.rowStride };
      const results = { operand: c, offset: out, stride: c.colStride, step: c.rowStride };
      matrixVectors(kernels, { rows: n, k, count: m, matrix, vectors, results, accumulate });
    }
  }
}

function matrixVectors(kernels: Kernels, product: VectorProduct): void {
  const { rows, k, count, matrix, vectors, results, accumulate } = product;
  const { arena } = kernels;
  const width = results.operand.data.BYTES_PER_ELEMENT as 4 | 8;
  const cells = Math.max(64, Math.floor(Math.min(CHUNK_BYTES, arena.limit / (4 * count)) / width));
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
      const from = matrix.offset + i * matrix.rowStride + p * matrix.colStride;
      const chunk = stageChunk(kernels, matrix, from, height, depth, matrixAt, width);
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
  { arena }: Kernels,
  { operand, offset, stride, step }: VectorProduct["results"],
  count: number,
  first: number,
  length: number,
  to: number,
  bytes: number,
  direction: "in" | "out",
): void {
  const width = operand.data.BYTES_PER_ELEMENT;
  const dense = width === 4 ? arena.f32 : arena.f64;
  const counts: Triple = [1, 1, length];
  const strides: Triple = [0, 0, stride];
  for (let v = 0; v < count; v++) {
    const from = offset + v * step + first * stride;
    copyDense(dense, (to + v * bytes) / width, operand.data, from, counts, strides, direction);
  }
}

/** Part of a vector, contiguous: gaps that staging carried along would be read as elements. */
function stageVector(
  kernels: Kernels,
  { operand, offset, stride, step }: Vectors,
  vector: number,
  first: number,
  length: number,
  to: number,
  width: 4 | 8,
): void {
  const counts: Triple = [1, 1, length];
  const strides: Triple = [0, 0, stride];
  const plan =
    stride === 1
      ? layout(counts, strides)
      : { strides: [0, 0, 1] as const, length, run: 1, low: 0, walked: [2] };
  stage(kernels, plan, operand, offset + vector * step + first * stride, counts, strides, to, width);
}

/** A staged part of the matrix, and the kernel that fits its layout. */
interface Chunk {
  readonly at: number;
  readonly stride: number;
  readonly multiply: Kernels["exports"]["gemvRowsF32"];
}

function stageChunk(
  kernels: Kernels,
  matrix: Operand,
  offset: number,
  rows: number,
  k: number,
  to: number,
  width: 4 | 8,
): Chunk {
  const { exports } = kernels;
  const counts: Triple = [1, rows, k];
  const strides: Triple = [0, matrix.rowStride, matrix.colStride];
  const byRows = width === 4 ? exports.gemvRowsF32 : exports.gemvRowsF64;
  const plan = layout(counts, strides);
  if (plan.strides[2] === 1 || k === 1) {
    const first = stage(kernels, plan, matrix, offset, counts, strides, to, width);
    return { at: first, stride: plan.strides[1], multiply: byRows };
  }
  if (plan.strides[1] === 1 || rows === 1) {
    const first = stage(kernels, plan, matrix, offset, counts, strides, to, width);
    const byColumns = width === 4 ? exports.gemvColumnsF32 : exports.gemvColumnsF64;
    return { at: first, stride: plan.strides[2], multiply: byColumns };
  }
  // No unit stride (or a reversed or broadcast axis): gather row by row.
  const gathered = { strides: [0, k, 1] as const, length: rows * k, run: 1, low: 0, walked: [2, 1] };
  const first = stage(kernels, gathered, matrix, offset, counts, strides, to, width);
  return { at: first, stride: k, multiply: byRows };
}
