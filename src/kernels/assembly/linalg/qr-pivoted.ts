// A·P = Q·R with the largest remaining column first: the blocked method of Quintana-Ortí, Sun and Bischof (SISC 19,
// 1998; LAPACK's geqp3), with the safe downdating of column norms of Drmač and Bujanović (TOMS 35, 2008). Half of the
// work, the products Aᵀ·v, must see every column before the next pivot is known; the other half is GEMM.

import { gemmScratch, gemmUpdate } from "../gemm";
import { gemvColumns, gemvRows } from "../gemv";
import { alignedBytes, reflector } from "./householder";
import { axpy, norm2Strided, squaresAreSafe, swapStrided } from "./vectors";

/** Columns that are factored before the trailing matrix is updated. */
const BLOCK: i32 = 40;

/** Bytes of scratch for `pivotedFactor` of [m, n]. */
export function pivotedFactorScratch<T>(m: i32, n: i32): usize {
  const vectors = alignedBytes<T>(1, m) * 2 + alignedBytes<T>(1, n) + alignedBytes<T>(1, BLOCK);
  return 2 * alignedBytes<f64>(1, n) + vectors + alignedBytes<T>(BLOCK, n) + gemmScratch<T>(m, n, BLOCK);
}

/**
 * A[m, n] := R above and on the diagonal, the reflectors below, of A with its columns in the order `permutation`
 * (i32[n], written); tau[min(m, n)]. The diagonal of R falls in magnitude.
 */
export function pivotedFactor<T>(
  m: i32, n: i32, a: usize, aRow: i32, tau: usize, permutation: usize, scratch: usize,
): void {
  const norms = scratch, exact = norms + alignedBytes<f64>(1, n);
  const free = exact + alignedBytes<f64>(1, n);
  columnNorms<T>(m, n, a, aRow, norms);
  memory.copy(exact, norms, <usize>n << 3);
  for (let j = 0; j < n; j++) store<i32>(permutation + (<usize>j << 2), j);
  const k = min(m, n);
  for (let first = 0; first < k;) {
    first += pivotedPanel<T>(m, n, first, min(BLOCK, k - first), a, aRow, tau, permutation, norms, exact, free);
  }
}

/** ‖A[:, j]‖₂ in f64 for every column, row by row. */
function columnNorms<T>(m: i32, n: i32, a: usize, aRow: i32, norms: usize): void {
  memory.fill(norms, 0, <usize>n << 3);
  for (let i = 0; i < m; i++) {
    const row = a + <usize>(i * aRow) * sizeof<T>();
    for (let j = 0; j < n; j++) {
      const value = <f64>load<T>(row + <usize>j * sizeof<T>());
      const at = norms + (<usize>j << 3);
      store<f64>(at, load<f64>(at) + value * value);
    }
  }
  for (let j = 0; j < n; j++) {
    const at = norms + (<usize>j << 3);
    const squares = load<f64>(at);
    const safe = sizeof<T>() == 4 || squaresAreSafe(squares);
    store<f64>(at, safe ? sqrt<f64>(squares) : norm2Strided<T>(m, a + <usize>j * sizeof<T>(), aRow));
  }
}

/**
 * Factors up to `width` columns from `first` on and updates the rest. Returns how many: fewer where a norm can no
 * longer be trusted, which is then computed afresh. F collects tau·Aᵀ·v as rows: F[p, j] belongs to column j of A.
 */
function pivotedPanel<T>(
  m: i32, n: i32, first: i32, width: i32, a: usize, aRow: i32, tau: usize, permutation: usize,
  norms: usize, exact: usize, scratch: usize,
): i32 {
  const v = scratch, product = v + alignedBytes<T>(1, m);
  const gathered = product + alignedBytes<T>(1, m), coefficients = gathered + alignedBytes<T>(1, n);
  const f = coefficients + alignedBytes<T>(1, BLOCK), free = f + alignedBytes<T>(BLOCK, n);
  const trust: f64 = sizeof<T>() == 4 ? 3.4526698300124393e-4 : 1.4901161193847656e-8; // √ε
  let done = 0, stale = false;
  while (done < width && !stale) {
    const j = first + done, rows = m - j, rest = n - j - 1;
    const pivot = largestFrom(j, n, norms);
    if (pivot != j) exchange<T>(m, n, j, pivot, done, a, aRow, permutation, norms, exact, f);

    // The pivot column with the reflectors of this panel applied, gathered into v.
    const corner = a + <usize>(j * aRow + j) * sizeof<T>();
    for (let p = 0; p < done; p++) copyElement<T>(f + <usize>(p * n + j) * sizeof<T>(), coefficients, p);
    const reflectors = a + <usize>(j * aRow + first) * sizeof<T>();
    if (done > 0) gemvRows<T>(rows, done, reflectors, aRow, coefficients, product, false);
    for (let i = 0; i < rows; i++) {
      const at = <usize>i * sizeof<T>();
      const value = load<T>(corner + <usize>(i * aRow) * sizeof<T>());
      store<T>(v + at, done > 0 ? <T>(value - load<T>(product + at)) : value);
    }
    const tauJ = reflector<T>(rows, v, 1);
    store<T>(tau + <usize>j * sizeof<T>(), tauJ);
    for (let i = 0; i < rows; i++) copyElement<T>(v + <usize>i * sizeof<T>(), corner, i * aRow);
    store<T>(v, 1);

    if (rest > 0) {
      // gathered = [Vᵀ·v, ·, Aᵀ·v] in one pass over the rows.
      gemvColumns<T>(n - first, rows, reflectors, aRow, v, gathered, false);
      const row = f + <usize>(done * n + j + 1) * sizeof<T>();
      const fresh = gathered + <usize>(done + 1) * sizeof<T>();
      for (let p = 0; p < done; p++) {
        const overlap = load<T>(gathered + <usize>p * sizeof<T>());
        axpy<T>(rest, <T>(-overlap), f + <usize>(p * n + j + 1) * sizeof<T>(), fresh);
      }
      for (let i = 0; i < rest; i++) {
        const at = <usize>i * sizeof<T>();
        store<T>(row + at, <T>(tauJ * load<T>(fresh + at)));
      }
      // Row j of the trailing matrix becomes a row of R: the norms below it shrink by it.
      const right = corner + sizeof<T>();
      for (let p = 0; p <= done; p++) {
        const factor = p < done ? load<T>(reflectors + <usize>p * sizeof<T>()) : <T>1;
        axpy<T>(rest, <T>(-factor), f + <usize>(p * n + j + 1) * sizeof<T>(), right);
      }
      stale = downdate<T>(rest, right, norms + (<usize>(j + 1) << 3), exact + (<usize>(j + 1) << 3), trust);
    }
    done++;
  }
  const next = first + done;
  const below = a + <usize>(next * aRow) * sizeof<T>();
  const left = below + <usize>first * sizeof<T>(), right = below + <usize>next * sizeof<T>();
  if (next < m && next < n) {
    const factors = f + <usize>next * sizeof<T>();
    gemmUpdate<T>(m - next, n - next, done, left, aRow, 1, factors, n, 1, right, aRow, true, free);
  }
  if (stale) refresh<T>(m - next, n - next, right, aRow, norms + (<usize>next << 3), exact + (<usize>next << 3));
  return done;
}

// @ts-ignore: decorator
@inline
function copyElement<T>(from: usize, to: usize, place: i32): void {
  store<T>(to + <usize>place * sizeof<T>(), load<T>(from));
}

/** The first place of the largest norm among [from, to). */
function largestFrom(from: i32, to: i32, norms: usize): i32 {
  let place = from;
  for (let j = from + 1; j < to; j++) {
    if (load<f64>(norms + (<usize>j << 3)) > load<f64>(norms + (<usize>place << 3))) place = j;
  }
  return place;
}

/** Exchanges columns j and pivot; the norms of j, which is about to be factored, are dropped. */
function exchange<T>(
  m: i32, n: i32, j: i32, pivot: i32, done: i32, a: usize, aRow: i32, permutation: usize,
  norms: usize, exact: usize, f: usize,
): void {
  const here = <usize>j * sizeof<T>(), there = <usize>pivot * sizeof<T>();
  swapStrided<T>(m, a + here, aRow, a + there, aRow);
  swapStrided<T>(done, f + here, n, f + there, n);
  swapStrided<i32>(1, permutation + (<usize>j << 2), 1, permutation + (<usize>pivot << 2), 1);
  store<f64>(norms + (<usize>pivot << 3), load<f64>(norms + (<usize>j << 3)));
  store<f64>(exact + (<usize>pivot << 3), load<f64>(exact + (<usize>j << 3)));
}

/**
 * ‖x‖² − r² for the norms of the columns below a new row r of R. Where cancellation since the last exact norm costs
 * more than half of the digits, marks the column with exact = −1. Returns whether any is marked.
 */
function downdate<T>(count: i32, row: usize, norms: usize, exact: usize, trust: f64): bool {
  let stale = false;
  for (let i = 0; i < count; i++) {
    const norm = load<f64>(norms);
    if (norm != 0) {
      const ratio = abs<f64>(<f64>load<T>(row)) / norm;
      const left = max<f64>(0, (1 - ratio) * (1 + ratio));
      const since = norm / load<f64>(exact);
      if (left * since * since <= trust) {
        store<f64>(exact, -1);
        stale = true;
      } else {
        store<f64>(norms, norm * sqrt<f64>(left));
      }
    }
    row += sizeof<T>();
    norms += 8;
    exact += 8;
  }
  return stale;
}

/** Computes the marked norms afresh from the updated columns. */
function refresh<T>(m: i32, n: i32, a: usize, aRow: i32, norms: usize, exact: usize): void {
  for (let j = 0; j < n; j++) {
    if (load<f64>(exact) < 0) {
      const norm = norm2Strided<T>(m, a, aRow);
      store<f64>(norms, norm);
      store<f64>(exact, norm);
    }
    a += sizeof<T>();
    norms += 8;
    exact += 8;
  }
}
