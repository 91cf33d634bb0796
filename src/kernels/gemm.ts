import { DTypeError, ShapeError } from "../base/errors.js";
import { gemv } from "./gemv.js";
import { multiplyHeld } from "./held.js";
import { requireKernels } from "./module.js";
import { cutThin, multiply, type Product } from "./multiply.js";
import { checkBounds, restride, type Elements, type Operand } from "./operand.js";
import { threadPool } from "./threads.js";
import { multiplyTogether } from "./together.js";

/** C[m, n] = A[m, k]·B[k, n] + bias; with `accumulate`, C += A·B + bias. */
export interface GemmCall {
  readonly m: number;
  readonly n: number;
  readonly k: number;
  readonly a: Operand;
  readonly b: Operand;
  /** The result's storage decides the arithmetic: float32 or float64. Must not overlap `a` or `b`. */
  readonly c: Operand<Float32Array> | Operand<Float64Array>;
  readonly accumulate?: boolean;
  /** n elements that are added to every row of C, while it is in the cache. */
  readonly bias?: Float32Array | Float64Array | undefined;
}

/** One product per batch; slice g of an operand starts at its `offset` + `…Offsets[g]`. */
export interface BatchedGemmCall extends GemmCall {
  readonly aOffsets: ArrayLike<number>;
  readonly bOffsets: ArrayLike<number>;
  readonly cOffsets: ArrayLike<number>;
}

/** Matrix product of strided operands, in the precision of `c`. Throws LintelError for operands out of bounds. */
export function gemm(call: GemmCall): void {
  if (call.m > 0 && call.n > 0) compute(call, 1, 0, 0, 0, 0, 0, 0);
}

/**
 * Many products of one shape, `cOffsets.length` of them; repeat an offset to broadcast an operand. Batches at
 * regular distances are staged together, and a shared operand turns the batch into one larger product.
 */
export function gemmBatched(call: BatchedGemmCall): void {
  const { aOffsets, bOffsets, cOffsets } = call;
  const batches = cOffsets.length;
  if (call.m === 0 || call.n === 0) return;
  let first = 0;
  while (first < batches) {
    // The longest run of batches whose three offsets each advance by a constant.
    let last = first + 1;
    const aBatch = last < batches ? aOffsets[last] - aOffsets[first] : 0;
    const bBatch = last < batches ? bOffsets[last] - bOffsets[first] : 0;
    const cBatch = last < batches ? cOffsets[last] - cOffsets[first] : 0;
    while (
      last < batches &&
      aOffsets[last] - aOffsets[last - 1] === aBatch &&
      bOffsets[last] - bOffsets[last - 1] === bBatch &&
      cOffsets[last] - cOffsets[last - 1] === cBatch
    ) {
      last++;
    }
    compute(call, last - first, aOffsets[first], bOffsets[first], cOffsets[first], aBatch, bBatch, cBatch);
    first = last;
  }
}

/** `batch` products whose operands start so many elements further and advance so many each. */
function compute(
  call: GemmCall,
  batch: number,
  aOffset: number,
  bOffset: number,
  cOffset: number,
  aBatch: number,
  bBatch: number,
  cBatch: number,
): void {
  const { m, n, k, a, b } = call;
  const c: Operand<Float32Array | Float64Array> = call.c;
  checkHalf(a, c.data);
  checkHalf(b, c.data);
  const product: Product = {
    counts: { batch, m, n, k },
    a: restride(a, a.offset + aOffset, aBatch, a.rowStride, a.colStride),
    b: restride(b, b.offset + bOffset, bBatch, b.rowStride, b.colStride),
    c: restride(c, c.offset + cOffset, cBatch, c.rowStride, c.colStride),
    accumulate: call.accumulate ?? false,
    bias: call.bias,
  };
  check(product);
  run(batch === 1 ? product : fold(product));
}

function checkHalf(operand: Operand, result: Elements): void {
  if (operand.half === undefined) return;
  if (operand.data instanceof Uint16Array && result instanceof Float32Array) return;
  throw new DTypeError(`A ${operand.half} operand is a Uint16Array of bits and needs a Float32Array result.`);
}

function check({ counts: { batch, m, n, k }, a, b, c, bias }: Product): void {
  if (bias !== undefined && bias.length !== n) {
    throw new ShapeError(`gemm: bias has ${bias.length} elements, not ${n}.`, {
      op: "gemm",
      shapes: [[bias.length]],
    });
  }
  checkBounds("c", c, batch, m, n);
  if (k === 0) return;
  checkBounds("a", a, batch, m, k);
  checkBounds("b", b, batch, k, n);
}

/** A batch that shares B is a taller A; a batch of columns that shares A is a wider B. */
function fold(product: Product): Product {
  const { a, b, c, accumulate, bias } = product;
  const { batch, m, n, k } = product.counts;
  if (b.batchStride === 0) {
    const aRow = m === 1 ? a.batchStride : a.rowStride;
    const cRow = m === 1 ? c.batchStride : c.rowStride;
    if (a.batchStride === m * aRow && c.batchStride === m * cRow) {
      const counts = { batch: 1, m: m * batch, n, k };
      const tallA = restride(a, a.offset, 0, aRow, a.colStride);
      const tallC = restride(c, c.offset, 0, cRow, c.colStride);
      return { counts, a: tallA, b, c: tallC, accumulate, bias };
    }
  }
  if (a.batchStride === 0 && bias === undefined) {
    const bCol = n === 1 ? b.batchStride : b.colStride;
    const cCol = n === 1 ? c.batchStride : c.colStride;
    if (b.batchStride === n * bCol && c.batchStride === n * cCol) {
      const counts = { batch: 1, m, n: n * batch, k };
      const wideB = restride(b, b.offset, 0, b.rowStride, bCol);
      const wideC = restride(c, c.offset, 0, c.rowStride, cCol);
      return { counts, a, b: wideB, c: wideC, accumulate };
    }
  }
  return product;
}

/** So few rows or columns multiply a large matrix as vectors, one after the other, while it lies in L2. */
const FEW_VECTORS = 3;

/** Matrix elements from which a batch of matrix-vector products is better off one at a time. */
const LONG_VECTOR_PRODUCT = 4096;

/** Multiply-adds from which other threads are worth waking. */
const MANY_THREADS = 2 ** 21;

function run(product: Product): void {
  const { batch, m, n, k } = product.counts;
  const kernels = requireKernels();
  if (k === 0 && product.bias !== undefined) return addBias(product);
  if (asVectors(product)) {
    if (product.bias === undefined) return gemv(kernels, product);
    addBias(product);
    return gemv(kernels, { ...product, accumulate: true, bias: undefined });
  }
  const threads = batch * m * n * k >= MANY_THREADS ? threadPool() : undefined;
  if (threads !== undefined && multiplyTogether(threads, kernels, product)) return;
  if (!multiplyHeld(product)) multiply(kernels, product);
}

/** Whether packing would not pay: one row or column, or few of them and a matrix that does not stay in the cache. */
function asVectors(product: Product): boolean {
  const { batch, m, n, k } = product.counts;
  const few = Math.min(m, n);
  if (few === 1) return k > 0 && (batch === 1 || k * Math.max(m, n) >= LONG_VECTOR_PRODUCT);
  return (
    few <= FEW_VECTORS && batch === 1 && cutThin(product, product.c.data.BYTES_PER_ELEMENT) !== undefined
  );
}

/** C = bias, or C += bias: what a product with one row or column, or without depth, starts from. */
function addBias({ counts: { batch, m, n }, c, bias, accumulate }: Product): void {
  for (let g = 0; g < batch; g++) {
    for (let i = 0; i < m; i++) {
      let at = c.offset + g * c.batchStride + i * c.rowStride;
      for (let j = 0; j < n; j++, at += c.colStride) c.data[at] = bias![j] + (accumulate ? c.data[at] : 0);
    }
  }
}
