// The real Schur form of a Hessenberg matrix by double-shift QR (Francis 1961; Golub and Van Loan, 4th ed., §7.5),
// with the deflation criterion of Ahues and Tisseur (1997) and exceptional shifts, as LAPACK's dlahqr. For blocks of up
// to some hundred rows; `multishift` uses it for the blocks of larger ones.

import { EPSILON, TINY, at, get, put, setItem } from "./element";
import { reflectColumns, reflectRows, rotateColumns, rotateRows, smallBeta, smallReflector, smallTau, smallV, smallW } from "./rotate";
import { blockA, blockB, blockC, blockCos, blockD, blockImaginary, blockSin, standardize } from "./standardize";

/** Sweeps that each eigenvalue may take on average. */
const SWEEPS: i32 = 30;
/** Sweeps without a deflation before an exceptional shift breaks a cycle. */
const PATIENCE: i32 = 10;

/** Whether h[k, k−1] may be set to zero: within ε of what its neighbours make of it. Rows outside [low, high] are not read. */
export function isNegligible(low: i32, high: i32, h: usize, step: i32, k: i32, floor: f64): bool {
  const sub = abs(get(h, step, k, k - 1));
  if (sub <= floor) return true;
  const d = get(h, step, k, k), e = get(h, step, k - 1, k - 1);
  let size = abs(d) + abs(e);
  if (size == 0) {
    if (k - 2 >= low) size += abs(get(h, step, k - 1, k - 2));
    if (k + 1 <= high) size += abs(get(h, step, k + 1, k));
  }
  if (sub > EPSILON * size) return false;
  const upper = abs(get(h, step, k - 1, k));
  const larger = max(sub, upper), smaller = min(sub, upper);
  const difference = abs(e - d);
  const far = max(abs(d), difference), near = min(abs(d), difference);
  const sum = far + larger;
  return smaller * (larger / sum) <= max(floor, EPSILON * (near * (far / sum)));
}

/** What no subdiagonal entry of a block of `size` rows must exceed to count as zero, whatever its neighbours. */
export function smallestSize(size: i32): f64 {
  return TINY * (<f64>size / EPSILON);
}

/** Brings the 2 × 2 block at [i − 1, i] to standard form in all of H and Zᵀ, and notes its eigenvalues. */
export function splitBlock(
  i: i32, top: i32, right: i32, h: usize, step: i32, zt: usize, zStep: i32, zColumns: i32, wr: usize, wi: usize,
): void {
  const k = i - 1;
  standardize(get(h, step, k, k), get(h, step, k, i), get(h, step, i, k), get(h, step, i, i));
  put(h, step, k, k, blockA);
  put(h, step, k, i, blockB);
  put(h, step, i, k, blockC);
  put(h, step, i, i, blockD);
  setItem(wr, k, blockA);
  setItem(wr, i, blockD);
  setItem(wi, k, blockImaginary);
  setItem(wi, i, -blockImaginary);
  rotateRows(right - i - 1, at(h, step, k, i + 1), at(h, step, i, i + 1), blockCos, blockSin);
  rotateColumns(top, k, h, step, k, blockCos, blockSin);
  rotateRows(zColumns, at(zt, zStep, k, 0), at(zt, zStep, i, 0), blockCos, blockSin);
}

/** The first column of (H − s₁)(H − s₂) at row m, scaled: the vector that starts a bulge. */
export let startX: f64 = 0;
export let startY: f64 = 0;
export let startZ: f64 = 0;

/** Sets `start…` for the shifts a₁ ± ib₁ (or two real ones). Row m + 2 counts only when it is at most `high`. */
export function bulgeStart(
  m: i32, high: i32, h: usize, step: i32, real1: f64, imaginary1: f64, real2: f64, imaginary2: f64,
): void {
  const d = get(h, step, m, m);
  let sub = get(h, step, m + 1, m);
  const size = abs(d - real2) + abs(imaginary2) + abs(sub);
  if (size == 0) {
    startX = 0;
    startY = 0;
    startZ = 0;
    return;
  }
  sub /= size;
  startX = sub * get(h, step, m, m + 1) + (d - real1) * ((d - real2) / size) - imaginary1 * (imaginary2 / size);
  startY = sub * (d + get(h, step, m + 1, m + 1) - real1 - real2);
  startZ = m + 2 <= high ? sub * get(h, step, m + 2, m + 1) : 0;
  const sum = abs(startX) + abs(startY) + abs(startZ);
  if (sum == 0) return;
  startX /= sum;
  startY /= sum;
  startZ /= sum;
}

/** Two shifts: eigenvalues of a 2 × 2 block, the nearer to its last entry twice when they are real. */
let shift1: f64 = 0;
let shift2: f64 = 0;
let shiftImaginary: f64 = 0;

function chooseShifts(a: f64, b: f64, c: f64, d: f64): void {
  shift1 = 0;
  shift2 = 0;
  shiftImaginary = 0;
  const size = abs(a) + abs(b) + abs(c) + abs(d);
  if (size == 0) return;
  a /= size;
  b /= size;
  c /= size;
  d /= size;
  const middle = (a + d) / 2;
  const discriminant = (a - middle) * (d - middle) - b * c;
  const root = sqrt(abs(discriminant));
  if (discriminant >= 0) {
    shift1 = shift2 = middle * size;
    shiftImaginary = root * size;
  } else {
    const one = middle + root, two = middle - root;
    shift1 = shift2 = (abs(one - d) <= abs(two - d) ? one : two) * size;
  }
}

/** One double-shift sweep over rows [from, last], after a bulge starts at row `from`; `low` is where the block starts. */
function sweep(
  low: i32, from: i32, last: i32, top: i32, right: i32, h: usize, step: i32, zt: usize, zStep: i32, zColumns: i32,
): void {
  const bytes = <usize>step << 3;
  for (let k = from; k < last; k++) {
    const rows = min(3, last - k + 1);
    if (k == from) smallReflector(startX, startY, rows == 3 ? startZ : 0);
    else smallReflector(get(h, step, k, k - 1), get(h, step, k + 1, k - 1), rows == 3 ? get(h, step, k + 2, k - 1) : 0);
    const tau = smallTau, v = smallV, w = smallW;
    if (k > from) {
      put(h, step, k, k - 1, smallBeta);
      put(h, step, k + 1, k - 1, 0);
      if (rows == 3) put(h, step, k + 2, k - 1, 0);
    } else if (from > low) {
      // The entries of rows k + 1 and k + 2 were negligible. This form stays right when v and w underflow.
      put(h, step, k, k - 1, get(h, step, k, k - 1) * (1 - tau));
    }
    reflectRows(rows, right - k, at(h, step, k, k), bytes, tau, v, w);
    reflectColumns(rows, min(k + 3, last) + 1 - top, at(h, step, top, k), bytes, tau, v, w);
    if (zColumns > 0) reflectRows(rows, zColumns, at(zt, zStep, k, 0), <usize>zStep << 3, tau, v, w);
  }
}

/** The row where a sweep over [low, last] can start: below two small subdiagonal entries in a row, if there are such. */
function findStart(low: i32, last: i32, h: usize, step: i32): i32 {
  let m = max(low, last - 2);
  bulgeStart(m, last, h, step, shift1, shiftImaginary, shift2, -shiftImaginary);
  while (m > low) {
    const sub = abs(get(h, step, m, m - 1)) * (abs(startY) + abs(startZ));
    const size = abs(get(h, step, m - 1, m - 1)) + abs(get(h, step, m, m)) + abs(get(h, step, m + 1, m + 1));
    if (sub <= EPSILON * abs(startX) * size) break;
    m--;
    bulgeStart(m, last, h, step, shift1, shiftImaginary, shift2, -shiftImaginary);
  }
  return m;
}

/**
 * Reduces rows and columns [low, high] of a Hessenberg H to Schur form, with rows [top, low) and columns (high, right)
 * alongside when `whole`, else the eigenvalues alone. Rows low … high of Zᵀ, `zColumns` wide, turn with them.
 * Returns how many of the leading rows have not converged: 0 is success.
 */
export function francis(
  low: i32, high: i32, whole: bool, top: i32, right: i32, h: usize, step: i32,
  zt: usize, zStep: i32, zColumns: i32, wr: usize, wi: usize,
): i32 {
  for (let j = low; j < high - 1; j++) {
    put(h, step, j + 2, j, 0);
    if (j < high - 2) put(h, step, j + 3, j, 0);
  }
  const floor = smallestSize(high - low + 1);
  let budget = SWEEPS * max(10, high - low + 1);
  let i = high;
  let first = low;
  let stalled = 0;
  while (i >= low) {
    let k = i;
    while (k > first && !isNegligible(low, high, h, step, k, floor)) k--;
    first = k;
    if (k > low) put(h, step, k, k - 1, 0);
    if (k >= i - 1) {
      if (k == i) {
        setItem(wr, i, get(h, step, i, i));
        setItem(wi, i, 0);
      } else {
        splitBlock(i, whole ? top : k, whole ? right : i + 1, h, step, zt, zStep, zColumns, wr, wi);
      }
      i = k - 1;
      first = low;
      stalled = 0;
      continue;
    }
    if (budget-- == 0) return i - low + 1;
    stalled++;
    if (stalled % (2 * PATIENCE) == 0) exceptionalShifts(get(h, step, i, i), abs(get(h, step, i, i - 1)) + abs(get(h, step, i - 1, i - 2)));
    else if (stalled % PATIENCE == 0) {
      exceptionalShifts(get(h, step, first, first), abs(get(h, step, first + 1, first)) + abs(get(h, step, first + 2, first + 1)));
    } else {
      chooseShifts(get(h, step, i - 1, i - 1), get(h, step, i - 1, i), get(h, step, i, i - 1), get(h, step, i, i));
    }
    const from = findStart(first, i, h, step);
    sweep(first, from, i, whole ? top : first, whole ? right : i + 1, h, step, zt, zStep, zColumns);
  }
  return 0;
}

/** Shifts that no cycle of ordinary ones repeats: the eigenvalues of [d + ¾s, −0.4375 s; s, d + ¾s], as in EISPACK. */
// @ts-ignore: decorator
@inline
function exceptionalShifts(d: f64, s: f64): void {
  const diagonal = 0.75 * s + d;
  chooseShifts(diagonal, -0.4375 * s, s, diagonal);
}
