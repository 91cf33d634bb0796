import { align } from "./arena.js";
import type { Kernels } from "./module.js";
import { restride, type BatchedOperand, type Product } from "./multiply.js";
import type { Operand, Triple } from "./operand.js";
import { copyDense, layout, stage } from "./staging.js";

/** Bytes of the matrix that are staged at a time: small enough to be read back from L2. */
const CHUNK_BYTES = 2 ** 18;

/** y[rows] (+)= M[rows, k]·x[k]: both orientations of a product with one row or one column. */
interface VectorProduct {
  readonly rows: number;
  readonly k: number;
  readonly matrix: Operand;
  readonly vector: { readonly operand: Operand; readonly stride: number };
  readonly result: {
    readonly data: Float32Array | Float64Array;
    readonly offset: number;
    readonly stride: number;
  };
  readonly accumulate: boolean;
}

function at(operand: BatchedOperand, g: number): number {
  return operand.offset + g * operand.batchStride;
}

/** A product with m = 1 or n = 1, one batch after the other, without packing. */
export function gemv(kernels: Kernels, product: Product): void {
  const { counts, a, b, c, accumulate } = product;
  const { m, n, k } = counts;
  for (let g = 0; g < counts.batch; g++) {
    const result = { data: c.data, offset: at(c, g), stride: n === 1 ? c.rowStride : c.colStride };
    const left = restride(a, at(a, g), 0, a.rowStride, a.colStride);
    if (n === 1) {
      const right = restride(b, at(b, g), 0, b.rowStride, b.colStride);
      const vector = { operand: right, stride: b.rowStride };
      matrixVector(kernels, { rows: m, k, matrix: left, vector, result, accumulate });
    } else {
      const matrix = restride(b, at(b, g), 0, b.colStride, b.rowStride);
      const vector = { operand: left, stride: a.colStride };
      matrixVector(kernels, { rows: n, k, matrix, vector, result, accumulate });
    }
  }
}

function matrixVector(kernels: Kernels, product: VectorProduct): void {
  const { rows, k, matrix, vector, result, accumulate } = product;
  const { arena } = kernels;
  const width = result.data instanceof Float32Array ? 4 : 8;
  const cells = Math.max(64, Math.floor(Math.min(CHUNK_BYTES, arena.limit / 4) / width));
  // Chunks run along the matrix's contiguous axis first.
  const byRows = Math.abs(matrix.colStride) <= Math.abs(matrix.rowStride);
  const chunkK = byRows
    ? Math.min(k, Math.floor(cells / 4))
    : Math.min(k, Math.max(4, Math.floor(cells / rows)));
  const chunkRows = Math.min(rows, Math.max(4, Math.floor(cells / Math.min(k, chunkK))));
  for (let i = 0; i < rows; i += chunkRows) {
    const count = Math.min(chunkRows, rows - i);
    const counts: Triple = [1, 1, count];
    const strides: Triple = [0, 0, result.stride];
    const yStart = result.offset + i * result.stride;
    const yAt = arena.start;
    const xAt = yAt + align(count * width);
    const matrixAt = xAt + align(2 * Math.min(k, chunkK) * width);
    arena.reserve(matrixAt - arena.start + 2 * count * chunkK * width);
    const dense = width === 4 ? arena.f32 : arena.f64;
    if (accumulate) copyDense(dense, yAt / width, result.data, yStart, counts, strides, "in");
    for (let p = 0; p < k; p += chunkK) {
      const depth = Math.min(chunkK, k - p);
      const add = accumulate || p > 0;
      stageVector(
        kernels,
        vector.operand,
        vector.operand.offset + p * vector.stride,
        vector.stride,
        depth,
        xAt,
        width,
      );
      const from = matrix.offset + i * matrix.rowStride + p * matrix.colStride;
      multiplyChunk(kernels, matrix, from, count, depth, matrixAt, xAt, yAt, add, width);
    }
    copyDense(dense, yAt / width, result.data, yStart, counts, strides, "out");
  }
}

/** The vector, contiguous: gaps that staging carried along would be read as elements. */
function stageVector(
  kernels: Kernels,
  operand: Operand,
  offset: number,
  stride: number,
  count: number,
  to: number,
  width: 4 | 8,
): void {
  const counts: Triple = [1, 1, count];
  const strides: Triple = [0, 0, stride];
  const plan =
    stride === 1
      ? layout(counts, strides)
      : { strides: [0, 0, 1] as const, length: count, run: 1, low: 0, walked: [2] };
  stage(kernels, plan, operand, offset, counts, strides, to, width);
}

function multiplyChunk(
  kernels: Kernels,
  matrix: Operand,
  offset: number,
  rows: number,
  k: number,
  matrixAt: number,
  xAt: number,
  yAt: number,
  add: boolean,
  width: 4 | 8,
): void {
  const { exports } = kernels;
  const counts: Triple = [1, rows, k];
  const strides: Triple = [0, matrix.rowStride, matrix.colStride];
  const plan = layout(counts, strides);
  const unitRow = plan.strides[1] === 1 || rows === 1;
  const unitCol = plan.strides[2] === 1 || k === 1;
  if (unitCol || unitRow) {
    const first = stage(kernels, plan, matrix, offset, counts, strides, matrixAt, width);
    if (unitCol) {
      const multiply = width === 4 ? exports.gemvRowsF32 : exports.gemvRowsF64;
      multiply(rows, k, first, plan.strides[1], xAt, yAt, add);
    } else {
      const multiply = width === 4 ? exports.gemvColumnsF32 : exports.gemvColumnsF64;
      multiply(rows, k, first, plan.strides[2], xAt, yAt, add);
    }
    return;
  }
  // No unit stride (or a reversed or broadcast axis): gather row by row.
  const gathered = { strides: [0, k, 1] as const, length: rows * k, run: 1, low: 0, walked: [2, 1] };
  const first = stage(kernels, gathered, matrix, offset, counts, strides, matrixAt, width);
  const multiply = width === 4 ? exports.gemvRowsF32 : exports.gemvRowsF64;
  multiply(rows, k, first, k, xAt, yAt, add);
}
