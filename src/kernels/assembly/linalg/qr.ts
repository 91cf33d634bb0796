// A = Q·R by blocked Householder reflections (LAPACK's geqrf, orgqr and ormqr in compact WY form). A panel is copied out
// with its columns contiguous and factored there by halves (Elmroth and Gustavson, IBM J. Res. Dev. 44, 2000), so that
// almost all arithmetic is GEMM. A keeps R in its upper triangle and the reflectors below, as LAPACK does.

import {
  alignedBytes, applyBlockLeft, applyBlockLeftScratch, applyBlockRight, applyBlockRightScratch, expandReflectors,
  formT, formTScratch, reflector,
} from "./householder";
import { axpy, dot } from "./vectors";

/** Columns of a panel: eight register tiles of GEMM. */
export const QR_BLOCK: i32 = 40;
/** Columns that are factored one at a time. */
const LEAF: i32 = 5;

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
  const inside = max(formTScratch<T>(m, b), applyBlockRightScratch<T>(b, m, b));
  const panel = alignedBytes<T>(b, panelStride<T>(m)) + alignedBytes<T>(b, b);
  return panel + max(inside, applyBlockLeftScratch<T>(m, n, b));
}

/**
 * A[m, n] := R above and on the diagonal, the reflectors below; tau[min(m, n)], and into `t` the T of every panel.
 * R's diagonal may be negative, as in LAPACK.
 */
export function qrFactor<T>(m: i32, n: i32, a: usize, aRow: i32, tau: usize, t: usize, scratch: usize): void {
  const k = min(m, n);
  const ld = panelStride<T>(m);
  const small = scratch + alignedBytes<T>(min(QR_BLOCK, k), ld);
  const free = small + alignedBytes<T>(min(QR_BLOCK, k), min(QR_BLOCK, k));
  for (let j = 0; j < k; j += QR_BLOCK) {
    const b = min(QR_BLOCK, k - j), rows = m - j;
    const corner = a + <usize>(j * aRow + j) * sizeof<T>();
    const tauAt = tau + <usize>j * sizeof<T>();
    copyStrided<T>(rows, b, corner, aRow, 1, scratch, 1, ld);
    factorPanel<T>(rows, 0, b, scratch, ld, tauAt, corner, aRow, small, free);
    for (let c = 0; c < b; c++) {
      const column = scratch + <usize>(c * ld) * sizeof<T>();
      for (let i = c + 1; i < rows; i++) {
        store<T>(corner + <usize>(i * aRow + c) * sizeof<T>(), load<T>(column + <usize>i * sizeof<T>()));
      }
    }
    formT<T>(rows, b, scratch, 1, ld, tauAt, t, free);
    const right = corner + <usize>b * sizeof<T>();
    applyBlockLeft<T>(rows, n - j - b, b, scratch, 1, ld, t, true, right, aRow, free);
    t += alignedBytes<T>(QR_BLOCK, QR_BLOCK);
  }
}

/** to[i·toRow + j·toCol] := from[i·fromRow + j·fromCol]. */
function copyStrided<T>(
  m: i32, n: i32, from: usize, fromRow: i32, fromCol: i32, to: usize, toRow: i32, toCol: i32,
): void {
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      const value = load<T>(from + <usize>(i * fromRow + j * fromCol) * sizeof<T>());
      store<T>(to + <usize>(i * toRow + j * toCol) * sizeof<T>(), value);
    }
  }
}

/**
 * Factors columns [first, first + width) of a panel p whose columns are contiguous, ld elements apart. Leaves dense
 * reflectors (with ones and zeros) in p and writes R to the upper triangle of `a`.
 */
function factorPanel<T>(
  m: i32, first: i32, width: i32, p: usize, ld: i32, tau: usize, a: usize, aRow: i32, t: usize, scratch: usize,
): void {
  if (width <= LEAF) {
    factorLeaf<T>(m, first, width, p, ld, tau, a, aRow);
    return;
  }
  const left = ((width / LEAF + 1) >> 1) * LEAF;
  factorPanel<T>(m, first, left, p, ld, tau, a, aRow, t, scratch);
  const v = p + <usize>(first * ld + first) * sizeof<T>();
  const c = v + <usize>(left * ld) * sizeof<T>();
  formT<T>(m - first, left, v, 1, ld, tau + <usize>first * sizeof<T>(), t, scratch);
  applyBlockRight<T>(width - left, m - first, left, v, 1, ld, t, false, c, ld, scratch);
  factorPanel<T>(m, first + left, width - left, p, ld, tau, a, aRow, t, scratch);
}

function factorLeaf<T>(
  m: i32, first: i32, width: i32, p: usize, ld: i32, tau: usize, a: usize, aRow: i32,
): void {
  const step = <usize>ld * sizeof<T>();
  for (let j = first; j < first + width; j++) {
    const column = p + <usize>j * step;
    const v = column + <usize>j * sizeof<T>();
    const rows = m - j;
    const tauJ = reflector<T>(rows, v, 1);
    store<T>(tau + <usize>j * sizeof<T>(), tauJ);
    for (let i = 0; i <= j; i++) {
      const at = column + <usize>i * sizeof<T>();
      store<T>(a + <usize>(i * aRow + j) * sizeof<T>(), load<T>(at));
      store<T>(at, i == j ? <T>1 : <T>0);
    }
    for (let c = 1; c < first + width - j; c++) {
      const other = v + <usize>c * step;
      axpy<T>(rows, <T>(-tauJ * dot<T>(rows, v, other)), v, other);
    }
  }
}

/** Bytes of scratch for `qrApply` to C[m, n] with k reflectors. */
export function qrApplyScratch<T>(m: i32, n: i32, k: i32): usize {
  const b = min(QR_BLOCK, k);
  return alignedBytes<T>(m, b) + applyBlockLeftScratch<T>(m, n, b);
}

/**
 * C := Q·C, or Qᵀ·C with `transposed`, for the Q of k reflectors that `qrFactor` left in a[m, ≥k] and its `t`; rows of
 * C[m, n] cRow apart. With `triangular`, C is taken to be zero left of column j in the reflectors' rows from j on, as
 * the identity is: a third to a half of the work.
 */
export function qrApply<T>(
  m: i32, n: i32, k: i32, a: usize, aRow: i32, t: usize, transposed: bool, triangular: bool,
  c: usize, cRow: i32, scratch: usize,
): void {
  const panels = (k + QR_BLOCK - 1) / QR_BLOCK;
  const free = scratch + alignedBytes<T>(m, min(QR_BLOCK, k));
  for (let i = 0; i < panels; i++) {
    const panel = transposed ? i : panels - 1 - i;
    const j = panel * QR_BLOCK;
    const b = min(QR_BLOCK, k - j), rows = m - j, skip = triangular ? j : 0;
    expandReflectors<T>(rows, b, a + <usize>(j * aRow + j) * sizeof<T>(), aRow, scratch, b, 1);
    const block = t + <usize>panel * alignedBytes<T>(QR_BLOCK, QR_BLOCK);
    const corner = c + <usize>(j * cRow + skip) * sizeof<T>();
    applyBlockLeft<T>(rows, n - skip, b, scratch, b, 1, block, transposed, corner, cRow, free);
  }
}

/** The first n columns of Q into q[m, n], rows qRow apart: k ≤ n ≤ m. Scratch as for `qrApply`. */
export function qrFormQ<T>(
  m: i32, n: i32, k: i32, a: usize, aRow: i32, t: usize, q: usize, qRow: i32, scratch: usize,
): void {
  setIdentity<T>(m, n, q, qRow);
  qrApply<T>(m, n, k, a, aRow, t, false, true, q, qRow, scratch);
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
