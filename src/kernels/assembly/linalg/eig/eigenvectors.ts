// Eigenvectors of a quasi-triangular T by back-substitution (Golub and Van Loan, 4th ed., §7.6.4), with LAPACK's
// guards (dtrevc): a pivot that vanishes becomes ε·|λ|, and a vector that grows is scaled before it overflows.
// Rows of `xt` are the vectors; a complex pair λ, λ̄ takes two, the real and the imaginary part for λ above the axis.
// T's largest entries are assumed to be near 1.

import { gemmUpdate } from "../../gemm";
import { dot, norm2, scaleVector } from "../vectors";
import { divide, quotientIm, quotientRe } from "./complex";
import { EPSILON, at, get, hypotenuse, item, setItem } from "./element";
import { smallestSize } from "./francis";

/** A vector is scaled back when an entry exceeds this: products with T are then far from overflow. */
const GROWN: f64 = 1e100;
const HUGE: f64 = 1e250;
/** Rows of Xᵀ in one product of the back-transformation, which skips the zeros above the blocks' diagonal. */
const BLOCK: i32 = 64;

/** The vector being solved for: rows of `xt` for both parts (`xi` is 0 for a real one), and its last entry's index. */
let xr: usize = 0;
let xi: usize = 0;
let last: i32 = 0;
let shiftRe: f64 = 0;
let shiftIm: f64 = 0;
let smallest: f64 = 0;

// @ts-ignore: decorator
@inline
function scaleEntries(from: i32, factor: f64): void {
  scaleVector<f64>(last + 1 - from, factor, xr + (<usize>from << 3));
  if (xi) scaleVector<f64>(last + 1 - from, factor, xi + (<usize>from << 3));
}

/** num / den for the entries at `from` and above; scales the vector first where the quotient would overflow. Returns the scale. */
function guardedDivide(from: i32, re: f64, im: f64, denRe: f64, denIm: f64): f64 {
  let den = abs(denRe) + abs(denIm);
  if (den < smallest) {
    denRe = smallest;
    denIm = 0;
    den = smallest;
  }
  const num = abs(re) + abs(im);
  let scale: f64 = 1;
  if (den < 1 && num > HUGE * den) {
    scale = 1 / num;
    scaleEntries(from, scale);
  }
  divide(re * scale, im * scale, denRe, denIm);
  return scale;
}

/** −T[i, from … last]·x, both parts. */
let restRe: f64 = 0;
let restIm: f64 = 0;

// @ts-ignore: decorator
@inline
function rest(t: usize, step: i32, i: i32, from: i32): void {
  const row = at(t, step, i, from);
  const offset = <usize>from << 3;
  restRe = -dot<f64>(last + 1 - from, row, xr + offset);
  restIm = xi ? -dot<f64>(last + 1 - from, row, xi + offset) : 0;
}

// @ts-ignore: decorator
@inline
function setEntry(i: i32, re: f64, im: f64): void {
  setItem(xr, i, re);
  if (xi) setItem(xi, i, im);
}

/** Entry i from those behind it. */
function solveOne(t: usize, step: i32, i: i32): void {
  rest(t, step, i, i + 1);
  guardedDivide(i + 1, restRe, restIm, get(t, step, i, i) - shiftRe, -shiftIm);
  setEntry(i, quotientRe, quotientIm);
}

/**
 * Entries i and i + 1, which a 2 × 2 block couples, by elimination with the largest of the four as the pivot:
 * P·s + E·t = f and G·s + H·t = g.
 */
function solveTwo(t: usize, step: i32, i: i32): void {
  rest(t, step, i, i + 2);
  let fRe = restRe, fIm = restIm;
  rest(t, step, i + 1, i + 2);
  let gRe = restRe, gIm = restIm;
  const a = get(t, step, i, i) - shiftRe, b = get(t, step, i, i + 1);
  const c = get(t, step, i + 1, i), d = get(t, step, i + 1, i + 1) - shiftRe;
  const m = -shiftIm;
  // The diagonal entries of a standard block are equal, so three choices of a pivot are enough.
  const diagonal = abs(a) + abs(m);
  let swapped = false;
  let pRe = a, pIm = m, eRe = b, eIm: f64 = 0, qRe = c, qIm: f64 = 0, hRe = d, hIm = m;
  if (abs(b) >= abs(c) && abs(b) > diagonal) {
    swapped = true; // s is entry i + 1
    pRe = b, pIm = 0, eRe = a, eIm = m, qRe = d, qIm = m, hRe = c, hIm = 0;
  } else if (abs(c) > diagonal) {
    pRe = c, pIm = 0, eRe = d, eIm = m, qRe = a, qIm = m, hRe = b, hIm = 0;
    const re = fRe, im = fIm;
    fRe = gRe, fIm = gIm, gRe = re, gIm = im;
  }
  divide(qRe, qIm, pRe, pIm);
  const lRe = quotientRe, lIm = quotientIm;
  const scale = guardedDivide(
    i + 2, gRe - (lRe * fRe - lIm * fIm), gIm - (lRe * fIm + lIm * fRe),
    hRe - (lRe * eRe - lIm * eIm), hIm - (lRe * eIm + lIm * eRe),
  );
  fRe *= scale;
  fIm *= scale;
  const tRe = quotientRe, tIm = quotientIm;
  divide(eRe, eIm, pRe, pIm); // at most 1, so that the product with t is safe
  const uRe = quotientRe, uIm = quotientIm;
  divide(fRe, fIm, pRe, pIm);
  const sRe = quotientRe - (uRe * tRe - uIm * tIm), sIm = quotientIm - (uRe * tIm + uIm * tRe);
  setEntry(swapped ? i + 1 : i, sRe, sIm);
  setEntry(swapped ? i : i + 1, tRe, tIm);
}

/** The largest |re| + |im| among entries [from, last]. */
function largestEntry(from: i32, to: i32): f64 {
  let largest: f64 = 0;
  for (let i = from; i <= to; i++) largest = max(largest, abs(item(xr, i)) + (xi ? abs(item(xi, i)) : 0));
  return largest;
}

/** Solves for all entries before the last one (or two), which are set. */
function backSubstitute(t: usize, step: i32, before: i32): void {
  let i = before;
  while (i >= 0) {
    const pair = i > 0 && get(t, step, i, i - 1) != 0;
    if (pair) i--;
    if (pair) solveTwo(t, step, i);
    else solveOne(t, step, i);
    const size = largestEntry(i, pair ? i + 1 : i);
    if (size > GROWN) scaleEntries(i, 1 / size);
    i--;
  }
  const size = largestEntry(0, last);
  scaleEntries(0, 1 / size);
}

/** Writes the eigenvectors of T, with eigenvalues wr + i·wi, into the rows of `xt`; the largest entry of each is near 1. */
export function triangularVectors(n: i32, t: usize, step: i32, wr: usize, wi: usize, xt: usize): void {
  memory.fill(xt, 0, <usize>(n * step) << 3);
  const floor = smallestSize(n);
  for (let j = 0; j < n; j++) {
    shiftRe = item(wr, j);
    shiftIm = item(wi, j);
    smallest = max(EPSILON * (abs(shiftRe) + abs(shiftIm)), floor);
    xr = at(xt, step, j, 0);
    last = j;
    if (shiftIm == 0) {
      xi = 0;
      setItem(xr, j, 1);
      backSubstitute(t, step, j - 1);
      continue;
    }
    xi = at(xt, step, j + 1, 0);
    last = j + 1;
    const b = get(t, step, j, j + 1), c = get(t, step, j + 1, j);
    if (abs(b) >= abs(c)) {
      setItem(xr, j, 1);
      setItem(xi, j + 1, shiftIm / b);
    } else {
      setItem(xr, j, -shiftIm / c);
      setItem(xi, j + 1, 1);
    }
    backSubstitute(t, step, j - 1);
    j++;
  }
}

/** Vᵀ = Xᵀ Zᵀ. Row j of Xᵀ ends at its diagonal, or one behind it. */
export function backTransform(n: i32, xt: usize, zt: usize, step: i32, vt: usize, scratch: usize): void {
  memory.fill(vt, 0, <usize>(n * step) << 3);
  for (let j = 0; j < n; j += BLOCK) {
    const rows = min(BLOCK, n - j);
    const depth = min(j + rows + 1, n);
    gemmUpdate<f64>(rows, n, depth, at(xt, step, j, 0), step, 1, zt, step, 1, at(vt, step, j, 0), step, false, scratch);
  }
}

/** Scales rows to Euclidean norm 1; a complex vector is turned until its largest entry is real, as LAPACK's dgeev. */
export function normalizeVectors(n: i32, vt: usize, step: i32, wi: usize): void {
  for (let j = 0; j < n; j++) {
    const re = at(vt, step, j, 0);
    if (item(wi, j) == 0) {
      scaleVector<f64>(n, 1 / norm2<f64>(n, re), re);
      continue;
    }
    const im = at(vt, step, ++j, 0);
    const scale = 1 / hypotenuse(norm2<f64>(n, re), norm2<f64>(n, im));
    scaleVector<f64>(n, scale, re);
    scaleVector<f64>(n, scale, im);
    let largest: f64 = -1;
    let place = 0;
    for (let i = 0; i < n; i++) {
      const size = item(re, i) * item(re, i) + item(im, i) * item(im, i);
      if (size > largest) {
        largest = size;
        place = i;
      }
    }
    const length = hypotenuse(item(re, place), item(im, place));
    const cos = item(re, place) / length, sin = item(im, place) / length;
    for (let i = 0; i < n; i++) {
      const x = item(re, i), y = item(im, i);
      setItem(re, i, cos * x + sin * y);
      setItem(im, i, cos * y - sin * x);
    }
    setItem(im, place, 0);
  }
}

/** Writes rows of `vt` as columns of re and im [n, n]: v and its conjugate for a complex pair. */
export function writeVectors(n: i32, vt: usize, step: i32, wi: usize, re: usize, im: usize): void {
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      setItem(re, j, get(vt, step, j, i));
      if (item(wi, j) == 0) {
        setItem(im, j, 0);
        continue;
      }
      const y = get(vt, step, j + 1, i);
      setItem(im, j, y);
      j++;
      setItem(re, j, item(re, j - 1));
      setItem(im, j, 0 - y); // never −0
    }
    re += <usize>n << 3;
    im += <usize>n << 3;
  }
}
