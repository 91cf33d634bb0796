// P·L·U = A with partial pivoting, by halves of the columns (Toledo, "Locality of reference in LU decomposition with
// partial pivoting", SIAM J. Matrix Anal. Appl. 18, 1997). A narrow panel is copied out with its columns contiguous and
// factored there, so that the search for pivots and the eliminations run along memory.

import { gemmScratch, gemmUpdate } from "../gemm";
import { lanes, madd } from "../vector";
import { transpose } from "./transpose";
import { triangularLeft, triangularScratch } from "./triangular";
import { axpy, largestMagnitude, swapVectors } from "./vectors";

/** Columns of a panel: eight register tiles of GEMM. */
const PANEL: i32 = 40;
/** Columns of a panel that are eliminated one at a time. */
const LEAF: i32 = 5;
/** Matrices up to this size are factored where they lie. */
const SMALL: i32 = 40;

/** Elements between the columns of a copied panel: an odd number of cache lines, so that columns do not collide. */
// @ts-ignore: decorator
@inline
function panelStride<T>(m: i32): i32 {
  const line = <i32>(64 / sizeof<T>());
  return (((m + line - 1) / line) | 1) * line;
}

// @ts-ignore: decorator
@inline
function panelBytes<T>(m: i32, n: i32): usize {
  return <usize>(min(PANEL, n) * panelStride<T>(m)) * sizeof<T>();
}

/** Bytes of scratch for `luFactor` of [m, n]. */
export function luScratch<T>(m: i32, n: i32): usize {
  const k = min(m, n);
  if (m <= SMALL && n <= SMALL) return 0;
  return panelBytes<T>(m, k) + max(gemmScratch<T>(max(m, PANEL), max(m, n), k), triangularScratch<T>(k, n));
}

/**
 * A[m, n] := L below the diagonal (whose ones are not stored) and U from the diagonal up. `swaps`[min(m, n)] says with
 * which row each row was exchanged, in order. A column without a pivot keeps its zeros.
 */
export function luFactor<T>(m: i32, n: i32, a: usize, aRow: i32, swaps: usize, scratch: usize): void {
  if (m <= SMALL && n <= SMALL) return luSmall<T>(m, n, a, aRow, swaps);
  const k = min(m, n);
  luColumns<T>(m, k, a, aRow, swaps, scratch);
  if (n > k) eliminateRight<T>(m, n, k, a, aRow, swaps, scratch);
}

/** Exchanges rows of A[.., n] as `swaps`[k] says. */
export function swapRows<T>(k: i32, n: i32, a: usize, aRow: i32, swaps: usize): void {
  const step = <usize>aRow * sizeof<T>();
  for (let i = 0; i < k; i++) {
    const other = load<i32>(swaps + (<usize>i << 2));
    if (other != i) swapVectors<T>(n, a + <usize>i * step, a + <usize>other * step);
  }
}

/** What the first k factored columns of A[m, n] do to the others: exchanges, U on the right, and the remainder. */
function eliminateRight<T>(m: i32, n: i32, k: i32, a: usize, aRow: i32, swaps: usize, scratch: usize): void {
  const right = a + <usize>k * sizeof<T>();
  swapRows<T>(k, n - k, right, aRow, swaps);
  triangularLeft<T>(k, n - k, a, aRow, 1, true, true, right, aRow, scratch);
  if (m == k) return;
  const below = <usize>(k * aRow) * sizeof<T>();
  gemmUpdate<T>(m - k, n - k, k, a + below, aRow, 1, right, aRow, 1, right + below, aRow, true, scratch);
}

/** A[m, n] with m >= n. */
function luColumns<T>(m: i32, n: i32, a: usize, aRow: i32, swaps: usize, scratch: usize): void {
  if (n <= PANEL) {
    const ld = panelStride<T>(m);
    transpose<T>(m, n, a, aRow, scratch, ld);
    factorPanel<T>(m, 0, n, n, scratch, ld, swaps, scratch + panelBytes<T>(m, n));
    return transpose<T>(n, m, scratch, ld, a, aRow);
  }
  const first = ((n + PANEL - 1) / PANEL + 1) / 2 * PANEL;
  luColumns<T>(m, first, a, aRow, swaps, scratch);
  eliminateRight<T>(m, n, first, a, aRow, swaps, scratch);
  const below = a + <usize>(first * aRow) * sizeof<T>();
  const later = swaps + (<usize>first << 2);
  luColumns<T>(m - first, n - first, below + <usize>first * sizeof<T>(), aRow, later, scratch);
  swapRows<T>(n - first, first, below, aRow, later);
  for (let i = 0; i < n - first; i++) {
    const at = later + (<usize>i << 2);
    store<i32>(at, load<i32>(at) + first);
  }
}

/** Columns [from, from + n) of a panel of `width` columns, column j at p + j·ld; exchanges reach the whole panel. */
function factorPanel<T>(
  m: i32, from: i32, n: i32, width: i32, p: usize, ld: i32, swaps: usize, scratch: usize,
): void {
  const step = <usize>ld * sizeof<T>();
  if (n <= LEAF) {
    for (let j = from; j < from + n; j++) eliminate<T>(m, j, from + n, width, p, step, swaps);
    return;
  }
  const first = ((n + LEAF - 1) / LEAF + 1) / 2 * LEAF, rest = n - first;
  factorPanel<T>(m, from, first, width, p, ld, swaps, scratch);
  const left = p + <usize>from * (step + sizeof<T>());
  const right = left + <usize>first * step;
  for (let c = 0; c < rest; c++) {
    const column = right + <usize>c * step;
    for (let i = 0; i < first - 1; i++) {
      const at = <usize>i * sizeof<T>(), next = at + sizeof<T>();
      axpy<T>(first - 1 - i, <T>-load<T>(column + at), left + <usize>i * step + next, column + next);
    }
  }
  const down = <usize>first * sizeof<T>();
  gemmUpdate<T>(rest, m - from - first, first, right, ld, 1, left + down, ld, 1, right + down, ld, true, scratch);
  factorPanel<T>(m, from + first, rest, width, p, ld, swaps, scratch);
}

/** Finds the pivot of column j, exchanges rows, and clears what is below it in columns up to `end`. */
function eliminate<T>(m: i32, j: i32, end: i32, width: i32, p: usize, step: usize, swaps: usize): void {
  const column = p + <usize>j * step;
  const at = <usize>j * sizeof<T>();
  const largest = largestMagnitude<T>(m - j, column + at);
  let row = j;
  while (row < m - 1 && abs<T>(load<T>(column + <usize>row * sizeof<T>())) != largest) row++;
  store<i32>(swaps + (<usize>j << 2), row);
  if (row != j) {
    let x = p + at, y = p + <usize>row * sizeof<T>();
    for (let c = 0; c < width; c++) {
      const held = load<T>(x);
      store<T>(x, load<T>(y));
      store<T>(y, held);
      x += step;
      y += step;
    }
  }
  if (largest == 0) return;
  divideVector<T>(m - j - 1, load<T>(column + at), column + at + sizeof<T>());
  for (let c = j + 1; c < end; c++) {
    const other = p + <usize>c * step + at;
    axpy<T>(m - j - 1, <T>-load<T>(other), column + at + sizeof<T>(), other + sizeof<T>());
  }
}

/** x /= divisor. Not a product with the reciprocal, which overflows for denormal pivots. */
function divideVector<T>(n: i32, divisor: T, x: usize): void {
  const d = v128.splat<T>(divisor);
  let i = 0;
  for (; i + lanes<T>() <= n; i += lanes<T>()) {
    v128.store(x, v128.div<T>(v128.load(x), d));
    x += 16;
  }
  for (; i < n; i++) {
    store<T>(x, <T>(load<T>(x) / divisor));
    x += sizeof<T>();
  }
}

/** As `luFactor`, row by row where the matrix lies. */
function luSmall<T>(m: i32, n: i32, a: usize, aRow: i32, swaps: usize): void {
  const step = <usize>aRow * sizeof<T>();
  const k = min(m, n);
  for (let j = 0; j < k; j++) {
    const at = a + <usize>j * (step + sizeof<T>());
    let largest = abs<T>(load<T>(at)), row = j;
    let from = at;
    for (let i = j + 1; i < m; i++) {
      from += step;
      const size = abs<T>(load<T>(from));
      if (size > largest) {
        largest = size;
        row = i;
      }
    }
    store<i32>(swaps + (<usize>j << 2), row);
    if (row != j) swapVectors<T>(n, a + <usize>j * step, a + <usize>row * step);
    if (largest == 0) continue;
    const pivot = load<T>(at);
    let to = at;
    for (let i = j + 1; i < m; i++) {
      to += step;
      const factor = <T>(load<T>(to) / pivot);
      store<T>(to, factor);
      axpy<T>(n - j - 1, <T>-factor, at + sizeof<T>(), to + sizeof<T>());
    }
  }
}
