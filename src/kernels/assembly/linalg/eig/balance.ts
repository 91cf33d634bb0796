// Balancing: a permutation that isolates eigenvalues, then a diagonal scaling by powers of two that brings the norms
// of each row and column together. Norms are Euclidean and include the diagonal (James, Langou and Lowery, "On
// matrix balancing and eigenvector computation", 2014): the older criterion without it can ruin a matrix whose
// eigenvalues were well conditioned.

import { at, get, item, setItem } from "./element";

/** Rows and columns outside [balancedLow, balancedHigh] are triangular already. Set by `balance`. */
export let balancedLow: i32 = 0;
export let balancedHigh: i32 = 0;

const SMALLEST: f64 = 1e-290;
const LARGEST: f64 = 1e290;
/** A scaling that gains less than this is not worth its rounding of the order of steps. */
const WORTH: f64 = 0.95;

function swapRows(a: usize, step: i32, i: i32, k: i32, from: i32, n: i32): void {
  for (let j = from; j < n; j++) {
    const p = at(a, step, i, j), q = at(a, step, k, j);
    const x = load<f64>(p);
    store<f64>(p, load<f64>(q));
    store<f64>(q, x);
  }
}

function swapColumns(a: usize, step: i32, j: i32, k: i32, rows: i32): void {
  for (let i = 0; i < rows; i++) {
    const p = at(a, step, i, j), q = at(a, step, i, k);
    const x = load<f64>(p);
    store<f64>(p, load<f64>(q));
    store<f64>(q, x);
  }
}

// @ts-ignore: decorator
@inline
function exchange(n: i32, a: usize, step: i32, j: i32, k: i32, low: i32, high: i32): void {
  if (j == k) return;
  swapColumns(a, step, j, k, high + 1);
  swapRows(a, step, j, k, low, n);
}

/** The Euclidean norm of `count` elements, `gap` elements apart, at any scale. */
function norm(x: usize, gap: i32, count: i32): f64 {
  const bytes = <usize>gap << 3;
  let largest: f64 = 0;
  for (let i = 0, p = x; i < count; i++, p += bytes) largest = max(largest, abs(load<f64>(p)));
  if (largest == 0) return 0;
  let total: f64 = 0;
  for (let i = 0, p = x; i < count; i++, p += bytes) {
    const value = load<f64>(p) / largest;
    total += value * value;
  }
  return largest * sqrt(total);
}

/** The largest magnitude of `count` elements, `gap` elements apart. */
function largestOf(x: usize, gap: i32, count: i32): f64 {
  const bytes = <usize>gap << 3;
  let largest: f64 = 0;
  for (let i = 0, p = x; i < count; i++, p += bytes) largest = max(largest, abs(load<f64>(p)));
  return largest;
}

function rowIsIsolated(a: usize, step: i32, i: i32, low: i32, high: i32): bool {
  for (let j = low; j <= high; j++) if (j != i && get(a, step, i, j) != 0) return false;
  return true;
}

function columnIsIsolated(a: usize, step: i32, j: i32, low: i32, high: i32): bool {
  for (let i = low; i <= high; i++) if (i != j && get(a, step, i, j) != 0) return false;
  return true;
}

function permute(n: i32, a: usize, step: i32, undo: usize): void {
  let low = 0;
  let high = n - 1;
  for (let found = true; found && high > 0;) {
    found = false;
    for (let i = high; i >= 0; i--) {
      if (!rowIsIsolated(a, step, i, 0, high)) continue;
      setItem(undo, high, i);
      exchange(n, a, step, i, high, 0, high);
      high--;
      found = true;
      break;
    }
  }
  for (let found = true; found && low < high;) {
    found = false;
    for (let j = low; j <= high; j++) {
      if (!columnIsIsolated(a, step, j, low, high)) continue;
      setItem(undo, low, j);
      exchange(n, a, step, j, low, low, high);
      low++;
      found = true;
      break;
    }
  }
  balancedLow = low;
  balancedHigh = high;
}

function scale(n: i32, a: usize, step: i32, undo: usize): void {
  const low = balancedLow, high = balancedHigh;
  const count = high - low + 1;
  for (let changed = true; changed;) {
    changed = false;
    for (let i = low; i <= high; i++) {
      let column = norm(at(a, step, low, i), step, count);
      let row = norm(at(a, step, i, low), 1, count);
      if (column == 0 || row == 0) continue;
      const before = column + row;
      let columnLargest = largestOf(at(a, step, 0, i), step, high + 1);
      let rowLargest = largestOf(at(a, step, i, low), 1, n - low);
      let factor: f64 = 1;
      while (column < row / 2 && max(max(factor, column), columnLargest) < LARGEST && min(row, rowLargest) > SMALLEST) {
        factor *= 2;
        column *= 2;
        columnLargest *= 2;
        row /= 2;
        rowLargest /= 2;
      }
      while (column / 2 >= row && max(row, rowLargest) < LARGEST && min(min(factor, column), columnLargest) > SMALLEST) {
        factor /= 2;
        column /= 2;
        columnLargest /= 2;
        row *= 2;
        rowLargest *= 2;
      }
      if (column + row >= WORTH * before) continue;
      const total = item(undo, i);
      if ((factor < 1 && total < 1 && factor * total <= SMALLEST) || (factor > 1 && total > 1 && total >= LARGEST / factor)) {
        continue;
      }
      changed = true;
      setItem(undo, i, total * factor);
      const inverse = 1 / factor;
      for (let j = low; j < n; j++) store<f64>(at(a, step, i, j), get(a, step, i, j) * inverse);
      for (let k = 0; k <= high; k++) store<f64>(at(a, step, k, i), get(a, step, k, i) * factor);
    }
  }
}

/**
 * A ← D⁻¹ Pᵀ A P D in place, D = 1 unless `scaled`; `undo` [n] receives D inside the range and the exchanges outside it.
 */
export function balance(n: i32, a: usize, step: i32, undo: usize, scaled: bool): void {
  permute(n, a, step, undo);
  for (let i = balancedLow; i <= balancedHigh; i++) setItem(undo, i, 1);
  if (scaled) scale(n, a, step, undo);
}

/** Takes an eigenvector of the balanced matrix back: x ← P D x. */
export function undoBalance(n: i32, x: usize, undo: usize): void {
  for (let i = balancedLow; i <= balancedHigh; i++) setItem(x, i, item(x, i) * item(undo, i));
  for (let i = balancedLow - 1; i >= 0; i--) swapItems(x, i, <i32>item(undo, i));
  for (let i = balancedHigh + 1; i < n; i++) swapItems(x, i, <i32>item(undo, i));
}

// @ts-ignore: decorator
@inline
function swapItems(x: usize, i: i32, k: i32): void {
  const value = item(x, i);
  setItem(x, i, item(x, k));
  setItem(x, k, value);
}
