import { DTypeError } from "../base/errors.js";
import { gemv } from "./gemv.js";
import { requireKernels } from "./module.js";
import { multiply, restride, type Product } from "./multiply.js";
import { checkBounds, type Elements, type Operand } from "./operand.js";

/** C[m, n] = A[m, k]·B[k, n]; with `accumulate`, C += A·B. */
export interface GemmCall {
  readonly m: number;
  readonly n: number;
  readonly k: number;
  readonly a: Operand;
  readonly b: Operand;
  /** The result's storage decides the arithmetic: float32 or float64. Must not overlap `a` or `b`. */
  readonly c: Operand<Float32Array> | Operand<Float64Array>;
  readonly accumulate?: boolean;
}

/** One product per batch; slice g of an operand starts at its `offset` + `…Offsets[g]`. */
export interface BatchedGemmCall extends GemmCall {
  readonly aOffsets: ArrayLike<number>;
  readonly bOffsets: ArrayLike<number>;
  readonly cOffsets: ArrayLike<number>;
}

const NO_OFFSET = [0];

/** Matrix product of strided operands, in the precision of `c`. Throws LintelError for operands out of bounds. */
export function gemm(call: GemmCall): void {
  batched(call, NO_OFFSET, NO_OFFSET, NO_OFFSET);
}

/**
 * Many products of one shape, `cOffsets.length` of them; repeat an offset to broadcast an operand. Batches at
 * regular distances are staged together, and a shared operand turns the batch into one larger product.
 */
export function gemmBatched(call: BatchedGemmCall): void {
  batched(call, call.aOffsets, call.bOffsets, call.cOffsets);
}

function batched(
  call: GemmCall,
  aOffsets: ArrayLike<number>,
  bOffsets: ArrayLike<number>,
  cOffsets: ArrayLike<number>,
): void {
  const { m, n, k, a, b } = call;
  const c: Operand<Float32Array | Float64Array> = call.c;
  const batches = cOffsets.length;
  if (batches === 0 || m === 0 || n === 0) return;
  checkHalf(a, c.data);
  checkHalf(b, c.data);
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
    const count = last - first;
    const product: Product = {
      counts: { batch: count, m, n, k },
      a: restride(a, a.offset + aOffsets[first], aBatch, a.rowStride, a.colStride),
      b: restride(b, b.offset + bOffsets[first], bBatch, b.rowStride, b.colStride),
      c: restride(c, c.offset + cOffsets[first], cBatch, c.rowStride, c.colStride),
      accumulate: call.accumulate ?? false,
    };
    check(product);
    run(fold(product));
    first = last;
  }
}

function checkHalf({ data, half }: Operand, result: Elements): void {
  if (half === undefined || (data instanceof Uint16Array && result instanceof Float32Array)) return;
  throw new DTypeError(`A ${half} operand is a Uint16Array of bits and needs a Float32Array result.`);
}

function check({ counts: { batch, m, n, k }, a, b, c }: Product): void {
  checkBounds("c", c.data, c.offset, [batch, m, n], [c.batchStride, c.rowStride, c.colStride]);
  if (k === 0) return;
  checkBounds("a", a.data, a.offset, [batch, m, k], [a.batchStride, a.rowStride, a.colStride]);
  checkBounds("b", b.data, b.offset, [batch, k, n], [b.batchStride, b.rowStride, b.colStride]);
}

/** A batch that shares B is a taller A; a batch of columns that shares A is a wider B. */
function fold(product: Product): Product {
  const { a, b, c, accumulate } = product;
  const { batch, m, n, k } = product.counts;
  if (batch === 1) return product;
  if (b.batchStride === 0) {
    const aRow = m === 1 ? a.batchStride : a.rowStride;
    const cRow = m === 1 ? c.batchStride : c.rowStride;
    if (a.batchStride === m * aRow && c.batchStride === m * cRow) {
      const counts = { batch: 1, m: m * batch, n, k };
      const tallA = restride(a, a.offset, 0, aRow, a.colStride);
      const tallC = restride(c, c.offset, 0, cRow, c.colStride);
      return { counts, a: tallA, b, c: tallC, accumulate };
    }
  }
  if (a.batchStride === 0) {
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

/** Matrix elements from which a batch of matrix-vector products is better off one at a time. */
const LONG_VECTOR_PRODUCT = 4096;

function run(product: Product): void {
  const { batch, m, n, k } = product.counts;
  const kernels = requireKernels();
  const size = k * Math.max(m, n);
  if ((m === 1 || n === 1) && k > 0 && (batch === 1 || size >= LONG_VECTOR_PRODUCT)) gemv(kernels, product);
  else multiply(kernels, product);
}
