// A = Q·R by blocked Householder reflections (LAPACK's geqrf, orgqr and ormqr in compact WY form). A panel is copied out
// with its columns contiguous and factored there by halves (Elmroth and Gustavson, IBM J. Res. Dev. 44, 2000), so that
// almost all arithmetic is GEMM. A keeps R in its upper triangle and the reflectors below, as LAPACK does.

import { gemm, gemmUpdate } from "../gemm";
import { gemvRows } from "../gemv";
import { lanes, madd } from "../vector";
import {
  alignedBytes, applyBlockLeft, applyBlockLeftScratch, applyBlockRight, applyBlockRightScratch, expandReflectors,
  formT, formTScratch, joinT, joinTScratch, reflector,
} from "./householder";
import { transpose } from "./transpose";
import { axpy } from "./vectors";

/** Columns of a panel: eight register tiles of GEMM. 30, 60 and 80 measured a tenth to a fifth slower at 2048 × 512. */
export const QR_BLOCK: i32 = 40;
/** Columns that are factored one at a time. */
const LEAF: i32 = 10;

/** Elements between the columns of a copied panel: an odd number of cache lines, so that columns do not collide. */
// @ts-ignore: decorator
@inline
function panelStride<T>(m: i32): i32 {
  const line = 64 / sizeof<T>();
  return <i32>((((m + line - 1) / line) | 1) * line);
}

/** Bytes of `t`: one T[QR_BLOCK, QR_BLOCK] per panel of k columns. */
export function qrBlocksBytes<T>(k: i32): usize {
  return <usize>((k + QR_BLOCK - 1) / QR_BLOCK) * alignedBytes<T>(QR_BLOCK, QR_BLOCK);
}

/** Bytes of scratch for `qrFactor` of [m, n]. */
export function qrFactorScratch<T>(m: i32, n: i32): usize {
  const b = min(QR_BLOCK, min(m, n));
  const inside = panelScratch<T>(m, b);
  return alignedBytes<T>(b, panelStride<T>(m)) + max(inside, applyBlockLeftScratch<T>(m, n, b));
}

/**
 * A[m, n] := R above and on the diagonal, the reflectors below; tau[min(m, n)], and into `t` the T of every panel.
 * R's diagonal may be negative, as in LAPACK.
 */
export function qrFactor<T>(m: i32, n: i32, a: usize, aRow: i32, tau: usize, t: usize, scratch: usize): void {
  const k = min(m, n);
  const ld = panelStride<T>(m);
  const free = scratch + alignedBytes<T>(min(QR_BLOCK, k), ld);
  for (let j = 0; j < k; j += QR_BLOCK) {
    const b = min(QR_BLOCK, k - j), rows = m - j;
    const corner = a + <usize>(j * aRow + j) * sizeof<T>();
    transpose<T>(rows, b, corner, aRow, scratch, ld);
    factorPanel<T>(rows, 0, b, scratch, ld, tau + <usize>j * sizeof<T>(), corner, aRow, t, free);
    // R is there already; the triangle beside it by hand.
    for (let c = 0; c < b; c++) {
      const column = scratch + <usize>(c * ld) * sizeof<T>();
      for (let i = c + 1; i < b; i++) {
        store<T>(corner + <usize>(i * aRow + c) * sizeof<T>(), load<T>(column + <usize>i * sizeof<T>()));
      }
    }
    const below = corner + <usize>(b * aRow) * sizeof<T>();
    transpose<T>(b, rows - b, scratch + <usize>b * sizeof<T>(), ld, below, aRow);
    const right = corner + <usize>b * sizeof<T>();
    applyBlockLeft<T>(rows, n - j - b, b, scratch, 1, ld, t, true, right, aRow, free);
    t += alignedBytes<T>(QR_BLOCK, QR_BLOCK);
  }
}

/** Bytes of scratch for `factorPanel`: the T of both halves at every level, and its products. */
function panelScratch<T>(m: i32, b: i32): usize {
  return 4 * alignedBytes<T>(b, b) + max(joinTScratch<T>(m, b, b), applyBlockRightScratch<T>(b, m, b));
}

/**
 * Factors columns [first, first + width) of a panel p whose columns are contiguous, ld elements apart. Leaves dense
 * reflectors (with ones and zeros) in p and their T[width, width] in `t`, and writes R to the upper triangle of `a`.
 */
function factorPanel<T>(
  m: i32, first: i32, width: i32, p: usize, ld: i32, tau: usize, a: usize, aRow: i32, t: usize, scratch: usize,
): void {
  if (width <= LEAF) {
    factorLeaf<T>(m, first, width, p, ld, tau, a, aRow, t, scratch);
    return;
  }
  const left = ((width / LEAF + 1) >> 1) * LEAF, right = width - left;
  const t1 = scratch, t2 = t1 + alignedBytes<T>(left, left), free = t2 + alignedBytes<T>(right, right);
  const v = p + <usize>(first * ld + first) * sizeof<T>();
  const c = v + <usize>(left * ld) * sizeof<T>();
  const skip = <usize>left * sizeof<T>();
  factorPanel<T>(m, first, left, p, ld, tau, a, aRow, t1, free);
  applyBlockRight<T>(right, m - first, left, v, 1, ld, t1, false, c, ld, free);
  factorPanel<T>(m, first + left, right, p, ld, tau, a, aRow, t2, free);
  joinT<T>(m - first - left, left, right, v + skip, c + skip, 1, ld, t1, t2, t, free);
}

/** `factorPanel` one column at a time. `work` holds 2·LEAF elements. */
function factorLeaf<T>(
  m: i32, first: i32, width: i32, p: usize, ld: i32, tau: usize, a: usize, aRow: i32, t: usize, work: usize,
): void {
  const step = <usize>ld * sizeof<T>();
  memory.fill(t, 0, <usize>(width * width) * sizeof<T>());
  for (let c = 0; c < width; c++) {
    const j = first + c, rows = m - j;
    const column = p + <usize>j * step;
    const v = column + <usize>j * sizeof<T>();
    const tauJ = reflector<T>(rows, v, 1);
    store<T>(tau + <usize>j * sizeof<T>(), tauJ);
    for (let i = 0; i <= j; i++) {
      const at = column + <usize>i * sizeof<T>();
      store<T>(a + <usize>(i * aRow + j) * sizeof<T>(), load<T>(at));
      store<T>(at, i == j ? <T>1 : <T>0);
    }
    // One pass over v and the columns left and right of it: for T, and for the update.
    const overlaps = work, row = p + <usize>first * step + <usize>j * sizeof<T>();
    gemvRows<T>(width, rows, row, ld, v, overlaps, false);
    const others = overlaps + <usize>(c + 1) * sizeof<T>();
    for (let i = c + 1; i < width; i++) {
      const at = overlaps + <usize>i * sizeof<T>();
      store<T>(at, <T>(-tauJ * load<T>(at)));
    }
    addMultiples<T>(rows, width - c - 1, v, others, v + step, ld);
    for (let i = 0; i < c; i++) {
      let total: T = 0;
      for (let q = i; q < c; q++) {
        total = <T>(total + load<T>(t + <usize>(i * width + q) * sizeof<T>()) * load<T>(overlaps + <usize>q * sizeof<T>()));
      }
      store<T>(t + <usize>(i * width + c) * sizeof<T>(), <T>(-tauJ * total));
    }
    store<T>(t + <usize>(c * width + c) * sizeof<T>(), tauJ);
  }
}

/** y[i, :] += alpha[i]·x for `count` rows of n elements, yRow apart: two at a time. */
function addMultiples<T>(n: i32, count: i32, x: usize, alpha: usize, y: usize, yRow: i32): void {
  const step = <usize>yRow * sizeof<T>();
  const whole = <usize>(n & ~(lanes<T>() - 1)) * sizeof<T>(), end = <usize>n * sizeof<T>();
  let i = 0;
  for (; i + 2 <= count; i += 2) {
    const y1 = y + step;
    const a0 = load<T>(alpha), a1 = load<T>(alpha, sizeof<T>());
    const v0 = v128.splat<T>(a0), v1 = v128.splat<T>(a1);
    let at: usize = 0;
    for (; at < whole; at += 16) {
      const v = v128.load(x + at);
      v128.store(y + at, madd<T>(v0, v, v128.load(y + at)));
      v128.store(y1 + at, madd<T>(v1, v, v128.load(y1 + at)));
    }
    for (; at < end; at += sizeof<T>()) {
      const v = load<T>(x + at);
      store<T>(y + at, <T>(load<T>(y + at) + a0 * v));
      store<T>(y1 + at, <T>(load<T>(y1 + at) + a1 * v));
    }
    y = y1 + step;
    alpha += 2 * sizeof<T>();
  }
  if (i < count) axpy<T>(n, load<T>(alpha), x, y);
}

/** Bytes of scratch for `qrApply` to C[m, n] with k reflectors. */
export function qrApplyScratch<T>(m: i32, n: i32, k: i32): usize {
  const b = min(QR_BLOCK, k);
  return alignedBytes<T>(m, b) + alignedBytes<T>(b, b) + applyBlockLeftScratch<T>(m, max(n, b), b);
}

/**
 * C := Q·C, or Qᵀ·C with `transposed`, for the Q of k reflectors that `qrFactor` left in a[m, ≥k] and its `t`; rows of
 * C[m, n] cRow apart.
 */
export function qrApply<T>(
  m: i32, n: i32, k: i32, a: usize, aRow: i32, t: usize, transposed: bool, c: usize, cRow: i32, scratch: usize,
): void {
  const panels = (k + QR_BLOCK - 1) / QR_BLOCK;
  const free = scratch + alignedBytes<T>(m, min(QR_BLOCK, k));
  for (let i = 0; i < panels; i++) {
    const panel = transposed ? i : panels - 1 - i;
    const j = panel * QR_BLOCK;
    const b = min(QR_BLOCK, k - j), rows = m - j;
    expandReflectors<T>(rows, b, a + <usize>(j * aRow + j) * sizeof<T>(), aRow, scratch, b, 1);
    const block = t + <usize>panel * alignedBytes<T>(QR_BLOCK, QR_BLOCK);
    const corner = c + <usize>(j * cRow) * sizeof<T>();
    applyBlockLeft<T>(rows, n, b, scratch, b, 1, block, transposed, corner, cRow, free);
  }
}

/** The first n columns of Q into q[m, n], rows qRow apart: k ≤ n ≤ m. Scratch as for `qrApply`. */
export function qrFormQ<T>(
  m: i32, n: i32, k: i32, a: usize, aRow: i32, t: usize, q: usize, qRow: i32, scratch: usize,
): void {
  setIdentity<T>(m, n, q, qRow);
  const product = scratch + alignedBytes<T>(m, min(QR_BLOCK, k));
  const free = product + alignedBytes<T>(min(QR_BLOCK, k), min(QR_BLOCK, k));
  for (let j = ((k - 1) / QR_BLOCK) * QR_BLOCK; k > 0 && j >= 0; j -= QR_BLOCK) {
    const b = min(QR_BLOCK, k - j), rows = m - j;
    const block = t + <usize>(j / QR_BLOCK) * alignedBytes<T>(QR_BLOCK, QR_BLOCK);
    const corner = q + <usize>(j * qRow + j) * sizeof<T>();
    expandReflectors<T>(rows, b, a + <usize>(j * aRow + j) * sizeof<T>(), aRow, scratch, b, 1);
    applyBlockLeft<T>(rows, n - j - b, b, scratch, b, 1, block, false, corner + <usize>b * sizeof<T>(), qRow, free);
    // The block's own columns are still those of the identity E, of which Vᵀ·E takes the top of V.
    gemm<T>(1, b, b, b, block, 0, b, 1, scratch, 0, 1, b, product, false, 0, free);
    gemmUpdate<T>(rows, b, b, scratch, b, 1, product, b, 1, corner, qRow, true, free);
  }
}

/** q[m, n] := ones on the diagonal, zeros elsewhere. */
export function setIdentity<T>(m: i32, n: i32, q: usize, qRow: i32): void {
  for (let i = 0; i < m; i++) {
    const row = q + <usize>(i * qRow) * sizeof<T>();
    memory.fill(row, 0, <usize>n * sizeof<T>());
    if (i < n) store<T>(row + <usize>i * sizeof<T>(), 1);
  }
}

/** Bytes of scratch for `qrBlocks`. */
export function qrBlocksScratch<T>(m: i32, k: i32): usize {
  const b = min(QR_BLOCK, k);
  return alignedBytes<T>(m, b) + formTScratch<T>(m, b);
}

/** The `t` that `qrFactor` writes, for reflectors in a[m, k] and tau[k] that came about otherwise. */
export function qrBlocks<T>(m: i32, k: i32, a: usize, aRow: i32, tau: usize, t: usize, scratch: usize): void {
  for (let j = 0; j < k; j += QR_BLOCK) {
    const b = min(QR_BLOCK, k - j), rows = m - j;
    expandReflectors<T>(rows, b, a + <usize>(j * aRow + j) * sizeof<T>(), aRow, scratch, b, 1);
    formT<T>(rows, b, scratch, b, 1, tau + <usize>j * sizeof<T>(), t, scratch + alignedBytes<T>(m, b));
    t += alignedBytes<T>(QR_BLOCK, QR_BLOCK);
  }
}
