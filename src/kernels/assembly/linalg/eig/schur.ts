// The real Schur form H = Z T Zᵀ of a Hessenberg matrix: double-shift QR for small blocks, multishift sweeps and
// aggressive early deflation for large ones, as LAPACK's dhseqr and dlaqr0.

import { deflate, deflateScratch, deflated, shiftCount } from "./deflate";
import { get, item, put, setItem } from "./element";
import { francis, isNegligible, smallestSize } from "./francis";
import { sweepBulges, sweepScratch } from "./sweep";
import { blockA, blockD, blockImaginary, standardize } from "./standardize";

/** Up to this many rows, double-shift QR alone is faster. */
const SMALL: i32 = 150;
/** Blocks this small are solved in a window of their own. */
const LAST: i32 = 64;
/** Rounds of deflation and sweep without success before exceptional shifts. */
const PATIENCE: i32 = 6;
/** Rounds that each eigenvalue may take on average. */
const ROUNDS: i32 = 30;
/** Percent of a window that must deflate for the next round to look again instead of sweeping. */
const NIBBLE: i32 = 14;

/** Shifts of one sweep. */
// @ts-ignore: decorator
@inline
function shiftsFor(size: i32): i32 {
  return size < 300 ? 16 : size < 600 ? 24 : 48;
}

/** Rows of a window of deflation: wider than the shifts need, because more eigenvalues then converge in it. */
// @ts-ignore: decorator
@inline
function windowFor(size: i32): i32 {
  return (3 * shiftsFor(size)) / 2;
}

/** Bytes of scratch for `schur`. */
export function schurScratch(n: i32): usize {
  if (n <= SMALL) return 0;
  const shifts = shiftsFor(n);
  const sweeping = (<usize>(2 * shifts) << 3) + sweepScratch(shifts / 2);
  return max(sweeping, deflateScratch(n, max(LAST, windowFor(n) + 1)));
}

/** Puts up to `most` shifts among wr and wi [count] side by side as pairs: two conjugates or two real ones. Returns the pairs. */
function pairShifts(count: i32, wr: usize, wi: usize, most: i32, shifts: usize): i32 {
  let pairs = 0;
  let waiting = false;
  let real: f64 = 0;
  for (let i = 0; i < count && 2 * pairs < most; i++) {
    const re = item(wr, i), im = item(wi, i);
    const pair = shifts + (<usize>(4 * pairs) << 3);
    if (im != 0) {
      setPair(pair, re, im, re, -im);
      pairs++;
      i++;
    } else if (waiting) {
      setPair(pair, real, 0, re, 0);
      pairs++;
      waiting = false;
    } else {
      real = re;
      waiting = true;
    }
  }
  return pairs;
}

// @ts-ignore: decorator
@inline
function setPair(pair: usize, re1: f64, im1: f64, re2: f64, im2: f64): void {
  setItem(pair, 0, re1);
  setItem(pair, 1, im1);
  setItem(pair, 2, re2);
  setItem(pair, 3, im2);
}

/** Shifts that break a cycle: from 2 × 2 blocks made of the last diagonal and subdiagonal entries. Returns the pairs. */
function exceptionalPairs(low: i32, high: i32, h: usize, step: i32, most: i32, shifts: usize): i32 {
  let pairs = 0;
  for (let i = high; i >= low + 2 && 2 * pairs < most; i -= 2) {
    const s = abs(get(h, step, i, i - 1)) + abs(get(h, step, i - 1, i - 2));
    const d = 0.75 * s + get(h, step, i, i);
    standardize(d, s, -0.4375 * s, d);
    setPair(shifts + (<usize>(4 * pairs++) << 3), blockA, blockImaginary, blockD, -blockImaginary);
  }
  return pairs;
}

/**
 * Reduces rows and columns [low, high] of a Hessenberg H [n, n] to real Schur form, H and Zᵀ in all when `vectors`, else
 * the eigenvalues alone. Returns 0, or how many leading rows did not converge.
 */
export function schur(
  n: i32, low: i32, high: i32, vectors: bool, h: usize, step: i32, zt: usize, wr: usize, wi: usize, scratch: usize,
): i32 {
  const zColumns = vectors ? n : 0;
  if (high - low < SMALL) return francis(low, high, vectors, 0, n, h, step, zt, step, zColumns, wr, wi);
  const most = shiftsFor(high - low + 1);
  const sweeping = scratch + (<usize>(2 * most) << 3);
  const floor = smallestSize(high - low + 1);
  let budget = ROUNDS * (high - low + 1);
  let stalled = 0;
  let end = high;
  while (end >= low) {
    let first = end;
    while (first > low && !isNegligible(low, end, h, step, first, floor)) first--;
    if (first > low) put(h, step, first, first - 1, 0);
    const size = end - first + 1;
    const top = vectors ? 0 : first, right = vectors ? n : end + 1;
    let w = size;
    if (size > LAST) {
      if (budget-- == 0) return end - low + 1;
      // The cut goes where the coupling is weaker.
      w = windowFor(size);
      const cut = end - w + 1;
      if (w < size - 1 && abs(get(h, step, cut, cut - 1)) > abs(get(h, step, cut - 1, cut - 2))) w++;
    }
    const left = deflate(w, first, end, top, right, h, step, zt, zColumns, wr, wi, scratch);
    if (left > 0) return first - low + left;
    end -= deflated;
    stalled = deflated > 0 ? 0 : stalled + 1;
    if (w == size || (deflated > 0 && 100 * deflated > NIBBLE * w)) continue;

    const count = end - first + 1;
    const wanted = min(shiftsFor(size), count / 3) & ~1;
    let bulges = 0;
    const shiftRe = wr + (<usize>(end + 1 - shiftCount) << 3), shiftIm = wi + (<usize>(end + 1 - shiftCount) << 3);
    if (stalled > 0 && stalled % PATIENCE == 0) bulges = exceptionalPairs(first, end, h, step, wanted, scratch);
    else bulges = pairShifts(shiftCount, shiftRe, shiftIm, wanted, scratch);
    if (bulges > 0) {
      sweepBulges(bulges, scratch, first, end, top, vectors ? n : end + 1, h, step, zt, zColumns, sweeping);
    }
  }
  return 0;
}
