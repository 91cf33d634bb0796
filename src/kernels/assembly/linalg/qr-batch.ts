// QR of many matrices, from and to dense row-major memory: what the op `qr` calls.

import { alignedBytes, applyReflectorLeft, reflector } from "./householder";
import { pivotedFactor, pivotedFactorScratch } from "./qr-pivoted";
import {
  qrApplyScratch, qrBlocks, qrBlocksBytes, qrBlocksScratch, qrFactor, qrFactorScratch, qrFormQ, setIdentity,
} from "./qr";
import { largestMagnitude, powerOfTwo, scaleVector } from "./vectors";

/** Up to this many reflectors, one at a time beats blocks. */
const SMALL: i32 = 16;

/** Elements between rows: not a multiple of the cache's reach, so that the rows of a column do not collide. */
// @ts-ignore: decorator
@inline
function rowStride<T>(n: i32): i32 {
  const line = 64 / sizeof<T>();
  return n < 4 * line ? n : <i32>((((n + line - 1) / line) | 1) * line);
}

/** Bytes of scratch for `qrBatch`, whatever the count. */
export function qrBatchScratch<T>(m: i32, n: i32, qColumns: i32): usize {
  const k = min(m, n);
  const own = alignedBytes<T>(m, rowStride<T>(n)) + alignedBytes<T>(m, rowStride<T>(qColumns));
  const factors = alignedBytes<T>(1, k) + qrBlocksBytes<T>(k);
  const free = max(max(qrFactorScratch<T>(m, n), pivotedFactorScratch<T>(m, n)), qrBlocksScratch<T>(m, k));
  return own + factors + max(max(free, qrApplyScratch<T>(m, qColumns, k)), alignedBytes<T>(1, max(n, qColumns)));
}

/**
 * A = Q·R for every a[count, m, n]: q[count, m, qColumns] with qColumns = 0 for R alone, r[count, rRows, n]. With a
 * `permutation` (i32[count, n]) the columns are pivoted; its address is 0 without. A is overwritten. Returns 0, or
 * 1 + the index of the first matrix with an entry that is not finite, or −(1 + index) where R overflows.
 */
export function qrBatch<T>(
  count: i32, m: i32, n: i32, qColumns: i32, rRows: i32, a: usize, q: usize, r: usize, permutation: usize,
  scratch: usize,
): i32 {
  for (let i = 0; i < count; i++) {
    const largest = <f64>largestMagnitude<T>(m * n, a);
    if (!isFinite<f64>(largest)) return 1 + i;
    const scale = scaleFor<T>(largest);
    if (scale != 1) scaleVector<T>(m * n, <T>scale, a);
    factorOne<T>(m, n, qColumns, rRows, a, q, r, permutation, scratch);
    if (scale != 1) {
      scaleVector<T>(rRows * n, <T>(1 / scale), r);
      if (!isFinite<f64>(<f64>largestMagnitude<T>(rRows * n, r))) return -1 - i;
    }
    a += <usize>(m * n) * sizeof<T>();
    q += <usize>(m * qColumns) * sizeof<T>();
    r += <usize>(rRows * n) * sizeof<T>();
    if (permutation) permutation += <usize>n << 2;
  }
  return 0;
}

/** A power of two that keeps sums of products in range; 1 for all but the largest and the smallest matrices. */
// @ts-ignore: decorator
@inline
function scaleFor<T>(largest: f64): f64 {
  if (sizeof<T>() == 4) return largest > 1e34 ? powerOfTwo(-64) : largest < 1e-30 && largest > 0 ? powerOfTwo(64) : 1;
  return largest > 1e290 ? powerOfTwo(-512) : largest < 1e-280 && largest > 0 ? powerOfTwo(512) : 1;
}

function factorOne<T>(
  m: i32, n: i32, qColumns: i32, rRows: i32, a: usize, q: usize, r: usize, permutation: usize, scratch: usize,
): void {
  const k = min(m, n);
  const aRow = rowStride<T>(n), qRow = rowStride<T>(qColumns);
  const workQ = scratch + alignedBytes<T>(m, aRow);
  const tau = workQ + alignedBytes<T>(m, qRow), t = tau + alignedBytes<T>(1, k);
  const free = t + qrBlocksBytes<T>(k);
  let work = a;
  if (aRow != n) {
    work = scratch;
    copyRows<T>(m, n, a, n, work, aRow);
  }
  const small = k <= SMALL;
  if (permutation) {
    pivotedFactor<T>(m, n, work, aRow, tau, permutation, free);
    if (!small && qColumns > 0) qrBlocks<T>(m, k, work, aRow, tau, t, free);
  } else if (small) {
    factorSmall<T>(m, n, work, aRow, tau, free);
  } else {
    qrFactor<T>(m, n, work, aRow, tau, t, free);
  }
  if (qColumns > 0) {
    const to = qRow == qColumns ? q : workQ;
    if (small) formSmallQ<T>(m, qColumns, k, work, aRow, tau, to, qRow, free);
    else qrFormQ<T>(m, qColumns, k, work, aRow, t, to, qRow, free);
    if (to != q) copyRows<T>(m, qColumns, to, qRow, q, qColumns);
  }
  for (let i = 0; i < rRows; i++) {
    const zeros = min(i, n);
    const row = r + <usize>(i * n) * sizeof<T>();
    memory.fill(row, 0, <usize>zeros * sizeof<T>());
    const from = work + <usize>(i * aRow + zeros) * sizeof<T>();
    memory.copy(row + <usize>zeros * sizeof<T>(), from, <usize>(n - zeros) * sizeof<T>());
  }
}

function copyRows<T>(m: i32, n: i32, from: usize, fromRow: i32, to: usize, toRow: i32): void {
  for (let i = 0; i < m; i++) {
    memory.copy(to, from, <usize>n * sizeof<T>());
    from += <usize>fromRow * sizeof<T>();
    to += <usize>toRow * sizeof<T>();
  }
}

/** As `qrFactor`, one reflector at a time. `work` holds n elements. */
function factorSmall<T>(m: i32, n: i32, a: usize, aRow: i32, tau: usize, work: usize): void {
  for (let j = 0; j < min(m, n); j++) {
    const v = a + <usize>(j * aRow + j) * sizeof<T>();
    const tauJ = reflector<T>(m - j, v, aRow);
    store<T>(tau + <usize>j * sizeof<T>(), tauJ);
    applyReflectorLeft<T>(m - j, n - j - 1, v, aRow, tauJ, v + sizeof<T>(), aRow, work);
  }
}

/** As `qrFormQ`, one reflector at a time. `work` holds n elements. */
function formSmallQ<T>(
  m: i32, n: i32, k: i32, a: usize, aRow: i32, tau: usize, q: usize, qRow: i32, work: usize,
): void {
  setIdentity<T>(m, n, q, qRow);
  for (let j = k - 1; j >= 0; j--) {
    const v = a + <usize>(j * aRow + j) * sizeof<T>();
    const corner = q + <usize>(j * qRow + j) * sizeof<T>();
    applyReflectorLeft<T>(m - j, n - j, v, aRow, load<T>(tau + <usize>j * sizeof<T>()), corner, qRow, work);
  }
}
