// Aggressive early deflation: Braman, Byers and Mathias, "The multishift QR algorithm, part II" (SIAM J. Matrix Anal.
// Appl. 23, 2002), as LAPACK's dlaqr3. The Schur form of a trailing window turns the one subdiagonal entry that couples
// it to the rest into a spike; eigenvalues under negligible entries of the spike have converged, long before any
// subdiagonal entry is small. The others are the shifts of the next sweep.

import { gemmScratch } from "../../gemm";
import { applyReflectorLeft, reflector } from "../householder";
import { EPSILON, at, get, item, put, setItem } from "./element";
import { francis, smallestSize } from "./francis";
import { applyHessenberg, factorBytes, hessenberg, hessenbergScratch } from "./hessenberg";
import { moveBlock } from "./swap";
import { copyBlock, setIdentity, turnColumns, turnRows } from "./window";

/** How many rows at the window's end have converged, and how many before them hold shifts. Set by `deflate`. */
export let deflated: i32 = 0;
export let shiftCount: i32 = 0;

/** Bytes of scratch for windows of up to `most` rows of a matrix of n. */
export function deflateScratch(n: i32, most: i32): usize {
  const inner = max(hessenbergScratch(most, most), gemmScratch<f64>(n, n, most));
  return (<usize>(3 * most * most + n * most + 2 * most) << 3) + factorBytes(most) + inner + 64;
}

/** Eigenvalues from the diagonal blocks of a Schur form. */
function readEigenvalues(n: i32, t: usize, step: i32, wr: usize, wi: usize): void {
  for (let i = 0; i < n; i++) {
    setItem(wr, i, get(t, step, i, i));
    setItem(wi, i, 0);
    if (i == n - 1 || get(t, step, i + 1, i) == 0) continue;
    const imaginary = sqrt(abs(get(t, step, i + 1, i))) * sqrt(abs(get(t, step, i, i + 1)));
    setItem(wi, i, imaginary);
    setItem(wr, ++i, get(t, step, i, i));
    setItem(wi, i, -imaginary);
  }
}

/** Tests blocks from the window's end on, moving those that have not converged to its top. Returns how many rows those are. */
function testSpike(w: i32, left: i32, spike: f64, t: usize, vt: usize, floor: f64): i32 {
  let kept = w;
  let placed = left;
  while (placed < kept) {
    const i = kept - 1;
    const pair = i > placed && get(t, w, i, i - 1) != 0;
    let size = abs(get(t, w, i, i));
    let entry = abs(spike * get(vt, w, i, 0));
    if (pair) {
      size += sqrt(abs(get(t, w, i, i - 1))) * sqrt(abs(get(t, w, i - 1, i)));
      entry = max(entry, abs(spike * get(vt, w, i - 1, 0)));
    }
    const rows = pair ? 2 : 1;
    if (size == 0) size = abs(spike);
    if (entry <= max(floor, EPSILON * size)) kept -= rows;
    else if (moveBlock(kept - rows, rows, placed, w, t, w, vt, w, w)) placed += rows;
    else break;
  }
  return kept;
}

/** Brings the spike's `kept` entries back to one, and the window to Hessenberg form. */
function restore(w: i32, kept: i32, t: usize, vt: usize, scratch: usize): void {
  const v = scratch;
  const reflectors = v + (<usize>(2 * w) << 3);
  const factors = reflectors + (<usize>(w * w) << 3);
  const rest = factors + factorBytes(w);
  const work = v + (<usize>w << 3);
  for (let i = 0; i < kept; i++) setItem(v, i, get(vt, w, i, 0));
  const tau = reflector<f64>(kept, v, 1);
  setItem(v, 0, 1);
  applyReflectorLeft<f64>(kept, w, v, 1, tau, t, w, work);
  applyReflectorLeft<f64>(kept, w, v, 1, tau, vt, w, work);
  for (let i = 0; i < kept; i++) {
    const row = at(t, w, i, 0);
    let sum: f64 = 0;
    for (let j = 0; j < kept; j++) sum += item(row, j) * item(v, j);
    sum *= tau;
    for (let j = 0; j < kept; j++) setItem(row, j, item(row, j) - sum * item(v, j));
  }
  hessenberg(0, kept - 1, 0, w, t, reflectors, w, factors, rest);
  applyHessenberg(0, kept - 1, reflectors, w, factors, w, vt, w, rest);
}

/**
 * Looks for converged eigenvalues in the last `w` rows of the active block [low, high] of H and deflates them; H outside
 * the window, in rows from `top` and columns to `right`, and Zᵀ follow. wr and wi receive the eigenvalues of the window:
 * first the shifts, then the converged ones. Returns how many rows of a window that is the whole block did not converge.
 */
export function deflate(
  w: i32, low: i32, high: i32, top: i32, right: i32, h: usize, step: i32,
  zt: usize, zColumns: i32, wr: usize, wi: usize, scratch: usize,
): i32 {
  const first = high - w + 1;
  const matrix = <usize>(w * w) << 3;
  const t = scratch, vt = t + matrix;
  const product = vt + matrix;
  const rest = (product + (<usize>(max(right, zColumns) * w) << 3) + 63) & ~63;
  const spike = first == low ? 0 : get(h, step, first, first - 1);
  const windowRe = wr + (<usize>first << 3), windowIm = wi + (<usize>first << 3);

  memory.fill(t, 0, matrix);
  for (let i = 0; i < w; i++) {
    const from = max(i - 1, 0);
    memory.copy(at(t, w, i, from), at(h, step, first + i, first + from), <usize>(w - from) << 3);
  }
  setIdentity(w, vt, w);
  const left = francis(0, w - 1, true, 0, w, t, w, vt, w, w, windowRe, windowIm);
  if (left > 0 && first == low) return left;

  const kept = testSpike(w, left, spike, t, vt, smallestSize(high - low + 1));
  readEigenvalues(w - left, at(t, w, left, left), w, windowRe + (<usize>left << 3), windowIm + (<usize>left << 3));
  deflated = w - kept;
  shiftCount = kept - left;
  if (kept == w && spike != 0) return 0;

  if (kept > 1 && spike != 0) restore(w, kept, t, vt, product);
  if (spike != 0) put(h, step, first, first - 1, kept == 0 ? 0 : spike * get(vt, w, 0, 0));
  for (let i = 0; i < w; i++) {
    const from = max(i - 1, 0);
    memory.copy(at(h, step, first + i, first + from), at(t, w, i, from), <usize>(w - from) << 3);
  }
  turnColumns(first - top, w, vt, w, at(h, step, top, first), step, product, rest);
  turnRows(w, right - high - 1, vt, w, at(h, step, first, high + 1), step, product, rest);
  if (zColumns > 0) turnRows(w, zColumns, vt, w, at(zt, step, first, 0), step, product, rest);
  return 0;
}
