import { blas, nativeChoice } from "./blas.js";
import { NO_TRANSPOSE, ROW_MAJOR, TRANSPOSE, type Products } from "./cblas.js";
import { checkBounds, layoutOf, pack, type Layout, type RealOperand, type Reals } from "./operand.js";

/**
 * C[m, n] = A[m, k]·B[k, n] per batch; with `accumulate`, C += A·B. All data has the type of `c`, whose rows lie
 * dense, and which overlaps neither `a` nor `b`. Matrix g starts at its operand's `offset` + `…Offsets[g]`; repeat
 * an offset to broadcast.
 */
export interface NativeGemm {
  readonly m: number;
  readonly n: number;
  readonly k: number;
  readonly a: RealOperand;
  readonly b: RealOperand;
  readonly c: RealOperand;
  readonly aOffsets: ArrayLike<number>;
  readonly bOffsets: ArrayLike<number>;
  readonly cOffsets: ArrayLike<number>;
  readonly accumulate?: boolean;
}

/** Multiply-adds of one matrix product below which the call costs more than BLAS saves. */
const LEAST_WORK = 4096;

/**
 * Multiply-adds below which a product stays on one thread. OpenBLAS shares out products a hundred times smaller, and
 * its threads wait for each other by spinning: on a busy machine that turned 20 µs into milliseconds.
 */
const LEAST_SHARED_WORK = 2 ** 20;

/**
 * How often an element must be used for preparing it in JavaScript (packing strides that BLAS does not know,
 * widening half types) to pay: one costs 1 to 2 ns, and a multiply-add on BLAS saves 0.04 ns over WebAssembly.
 */
const LEAST_REUSE = 96;

/** Whether a product of this size, whose operands lie as BLAS wants, goes to BLAS; `choice` may force it. */
export function nativeTakes(m: number, n: number, k: number): boolean {
  if (m === 0 || n === 0 || k === 0 || nativeChoice() === "off") return false;
  return (nativeChoice() === "always" || m * n * k >= LEAST_WORK) && blas() !== undefined;
}

/** Whether an operand whose elements are used `uses` times may be prepared for BLAS. */
export const preparingPays = (uses: number): boolean => nativeChoice() === "always" || uses >= LEAST_REUSE;

/** The product, ready to run; undefined when it is better off elsewhere. */
export function planGemm(call: NativeGemm): (() => void) | undefined {
  if (call.cOffsets.length === 0 || nativeChoice() === "off") return undefined;
  const { m, n, k, a, b, c, aOffsets, bOffsets, cOffsets } = foldBatch(call);
  const found = nativeTakes(m, n, k) ? blas() : undefined;
  if (found === undefined) return undefined;
  const largest = found.integerBits === 32 ? 2 ** 31 - 1 : Number.MAX_SAFE_INTEGER;
  if (Math.max(m, n, k, c.rowStride) > largest) return undefined;
  if ((n > 1 && c.colStride !== 1) || (m > 1 && c.rowStride < n)) return undefined;
  const [aLayout, bLayout] = [layoutOf(a, m, k), layoutOf(b, k, n)];
  if (aLayout === undefined && !preparingPays(n)) return undefined;
  if (bLayout === undefined && !preparingPays(m)) return undefined;
  if (Math.max(aLayout?.leading ?? 0, bLayout?.leading ?? 0) > largest) return undefined;
  checkBounds("a", a, m, k, aOffsets);
  checkBounds("b", b, k, n, bOffsets);
  checkBounds("c", c, m, n, cOffsets);
  const products = c.data instanceof Float32Array ? found.float32 : found.float64;
  const beta = call.accumulate === true ? 1 : 0;
  return () => {
    found.useThreads(m * n * k < LEAST_SHARED_WORK ? 1 : found.threads);
    const left = new Matrices(a, m, k, aLayout);
    const right = new Matrices(b, k, n, bLayout);
    for (let g = 0; g < cOffsets.length; g++) {
      left.select(aOffsets[g]);
      right.select(bOffsets[g]);
      multiply(
        products,
        m,
        n,
        k,
        left,
        right,
        beta,
        tail(c.data, c.offset + cOffsets[g]),
        m > 1 ? c.rowStride : n,
      );
    }
  };
}

/** A batch that shares B is one taller product. */
function foldBatch(call: NativeGemm): Omit<NativeGemm, "accumulate"> {
  const { m, a, c, aOffsets, bOffsets, cOffsets } = call;
  const batch = cOffsets.length;
  if (batch === 1) return call;
  const [aRow, cRow] =
    m === 1 ? [aOffsets[1] - aOffsets[0], cOffsets[1] - cOffsets[0]] : [a.rowStride, c.rowStride];
  for (let g = 1; g < batch; g++) {
    if (bOffsets[g] !== bOffsets[0]) return call;
    if (aOffsets[g] - aOffsets[g - 1] !== m * aRow || cOffsets[g] - cOffsets[g - 1] !== m * cRow) return call;
  }
  const first = (offsets: ArrayLike<number>): number[] => [offsets[0]];
  return {
    m: m * batch,
    n: call.n,
    k: call.k,
    a: { data: a.data, offset: a.offset, rowStride: aRow, colStride: a.colStride },
    b: call.b,
    c: { data: c.data, offset: c.offset, rowStride: cRow, colStride: c.colStride },
    aOffsets: first(aOffsets),
    bOffsets: first(bOffsets),
    cOffsets: first(cOffsets),
  };
}

/** The matrices of one operand, one at a time, as BLAS wants them: in place, or packed. */
class Matrices {
  readonly layout: Layout;
  values: Reals;
  readonly #operand: RealOperand;
  readonly #rows: number;
  readonly #cols: number;
  readonly #packed: Reals | undefined;
  #selected: number | undefined;

  constructor(operand: RealOperand, rows: number, cols: number, layout: Layout | undefined) {
    this.#operand = operand;
    this.#rows = rows;
    this.#cols = cols;
    this.layout = layout ?? { transpose: NO_TRANSPOSE, leading: cols };
    const { data } = operand;
    if (layout === undefined) {
      this.#packed =
        data instanceof Float32Array ? new Float32Array(rows * cols) : new Float64Array(rows * cols);
    }
    this.values = this.#packed ?? data;
  }

  select(start: number): void {
    if (start === this.#selected) return;
    this.#selected = start;
    const { data, offset } = this.#operand;
    if (this.#packed === undefined) this.values = tail(data, offset + start);
    else pack(this.#operand, offset + start, this.#rows, this.#cols, this.#packed);
  }
}

const tail = (data: Reals, start: number): Reals => (start === 0 ? data : data.subarray(start));

function multiply(
  { gemm, gemv }: Products,
  m: number,
  n: number,
  k: number,
  { values: a, layout: aLayout }: Matrices,
  { values: b, layout: bLayout }: Matrices,
  beta: number,
  c: Reals,
  cRow: number,
): void {
  const [{ transpose: aFlag, leading: aLead }, { transpose: bFlag, leading: bLead }] = [aLayout, bLayout];
  if (n === 1) {
    // A column: its elements are `bLead` apart when it lies as rows of one element.
    const step = bFlag === NO_TRANSPOSE ? bLead : 1;
    const [rows, cols] = aFlag === NO_TRANSPOSE ? [m, k] : [k, m];
    gemv(ROW_MAJOR, aFlag, rows, cols, 1, a, aLead, b, k > 1 ? step : 1, beta, c, cRow);
  } else if (m === 1) {
    const step = aFlag === NO_TRANSPOSE ? 1 : aLead;
    const [rows, cols, flag] = bFlag === NO_TRANSPOSE ? [k, n, TRANSPOSE] : [n, k, NO_TRANSPOSE];
    gemv(ROW_MAJOR, flag, rows, cols, 1, b, bLead, a, k > 1 ? step : 1, beta, c, 1);
  } else {
    gemm(ROW_MAJOR, aFlag, bFlag, m, n, k, 1, a, aLead, b, bLead, beta, c, cRow);
  }
}
