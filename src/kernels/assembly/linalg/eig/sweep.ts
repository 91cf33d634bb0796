// One multishift QR sweep: a chain of small bulges, two shifts each, is chased down the diagonal in stages. Each stage
// works on a window along the diagonal and notes its reflectors, which then turn the rest of the matrix. Braman, Byers
// and Mathias, "The multishift QR algorithm, part I" (SIAM J. Matrix Anal. Appl. 23, 2002), as LAPACK's dlaqr5.

import { TOGETHER, addReflector, chainColumns, chainRows, recordBytes, startRecord } from "./chain";
import { at, get, item, put } from "./element";
import { bulgeStart, startX, startY, startZ } from "./francis";
import { reflectColumns, reflectRows, smallBeta, smallReflector, smallTau, smallV, smallW } from "./rotate";

/** Rows between one bulge and the next. */
const GAP: i32 = 3;
/** Rows that a stage moves the chain. */
// @ts-ignore: decorator
@inline
function stageLength(bulges: i32): i32 {
  return max(32, GAP * bulges);
}

/** Bytes of scratch for a sweep with this many bulges. */
export function sweepScratch(bulges: i32): usize {
  const window = stageLength(bulges) + GAP * bulges;
  return <usize>bulges * recordBytes(stageLength(bulges)) + (<usize>(TOGETHER * window) << 3);
}

/** Moves one bulge by a row: the reflector on rows k + 1 … k + 3, within rows and columns [from, to]. */
// @ts-ignore: decorator
@inline
function moveBulge(
  k: i32, low: i32, high: i32, from: i32, to: i32, shifts: usize, h: usize, step: i32, record: usize,
): void {
  const rows = min(3, high - k);
  if (k < low) {
    bulgeStart(low, high, h, step, item(shifts, 0), item(shifts, 1), item(shifts, 2), item(shifts, 3));
    smallReflector(startX, startY, startZ);
  } else {
    smallReflector(get(h, step, k + 1, k), get(h, step, k + 2, k), rows == 3 ? get(h, step, k + 3, k) : 0);
    put(h, step, k + 1, k, smallBeta);
    put(h, step, k + 2, k, 0);
    if (rows == 3) put(h, step, k + 3, k, 0);
  }
  const tau = smallTau, v = smallV, w = smallW;
  const bytes = <usize>step << 3;
  reflectRows(rows, to - k, at(h, step, k + 1, k + 1), bytes, tau, v, w);
  reflectColumns(rows, min(k + 4, high) + 1 - from, at(h, step, from, k + 1), bytes, tau, v, w);
  addReflector(record, k + 1 - from, rows, tau, v, w);
}

/**
 * Sweeps `bulges` pairs of shifts (re, im, re, im each) through the active block [low, high] of H; rows from `top`,
 * columns to `right` and Zᵀ follow.
 */
export function sweepBulges(
  bulges: i32, shifts: usize, low: i32, high: i32, top: i32, right: i32, h: usize, step: i32,
  zt: usize, zColumns: i32, scratch: usize,
): void {
  const length = stageLength(bulges);
  const behind = GAP * (bulges - 1);
  const ticks = high - low + behind;
  const recordStep = recordBytes(length);
  const columns = scratch + <usize>bulges * recordStep;
  for (let start = 0; start < ticks; start += length) {
    const end = min(ticks, start + length);
    const from = max(low, low + start - behind);
    const to = min(high, low + end + 1);
    const w = to - from + 1;
    for (let b = 0; b < bulges; b++) startRecord(scratch + <usize>b * recordStep);
    for (let tick = start; tick < end; tick++) {
      for (let b = 0; b < bulges; b++) {
        const k = low - 1 + tick - GAP * b;
        if (k < low - 1) break;
        if (k > high - 2) continue;
        moveBulge(k, low, high, from, to, shifts + (<usize>(4 * b) << 3), h, step, scratch + <usize>b * recordStep);
      }
    }
    chainRows(bulges, scratch, recordStep, w, right - to - 1, at(h, step, from, to + 1), step, columns);
    chainColumns(bulges, scratch, recordStep, w, from - top, at(h, step, top, from), step, columns);
    chainRows(bulges, scratch, recordStep, w, zColumns, at(zt, step, from, 0), step, columns);
  }
}
