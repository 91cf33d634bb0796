// Row kernels on contiguous float64 rows, in place, as rows.ts has them for float32. Sums are pairwise, of blocks of 256
// elements (Higham, 1993).

import { expBelow } from "./double";
import { sumRun } from "./reduce";
import { total } from "./vector";

const BLOCK: i32 = 256;

/** Where a longer run is cut in two. */
// @ts-ignore: decorator
@inline
function middle(count: i32): i32 {
  return (count / 2 + BLOCK - 1) / BLOCK * BLOCK;
}

/** Σ(x − shift), or Σ(x − shift)². */
function sumOf(at: usize, count: i32, shift: f64, squared: bool): f64 {
  if (count <= BLOCK) return squared ? sumRun<f64>(at, count, shift, true) : sumRun<f64>(at, count, shift, false);
  const half = middle(count);
  return sumOf(at, half, shift, squared) + sumOf(at + <usize>half * 8, count - half, shift, squared);
}

/** The largest element. A NaN may be passed over: it makes the row NaN through its own exponential. */
// @ts-ignore: decorator
@inline
function largestOf(at: usize, columns: i32): f64 {
  let best = f64x2.splat(-Infinity), other = best;
  const end = at + <usize>columns * 8;
  for (; at + 32 <= end; at += 32) {
    best = f64x2.pmax(best, v128.load(at));
    other = f64x2.pmax(other, v128.load(at, 16));
  }
  for (; at < end; at += 8) best = f64x2.pmax(best, v128.load64_splat(at));
  best = f64x2.pmax(best, other);
  const first = f64x2.extract_lane(best, 0), second = f64x2.extract_lane(best, 1);
  return first < second ? second : first;
}

/** Σeˣ⁻ˢʰⁱᶠᵗ; with `stores`, the exponentials replace the elements. */
export function expSum(at: usize, count: i32, shift: f64, stores: bool): f64 {
  if (count > BLOCK) {
    const half = middle(count);
    return expSum(at, half, shift, stores) + expSum(at + <usize>half * 8, count - half, shift, stores);
  }
  const shifts = f64x2.splat(shift), end = at + <usize>count * 8;
  let sum0 = f64x2.splat(0), sum1 = sum0;
  for (; at + 32 <= end; at += 32) {
    const e0 = expBelow(f64x2.sub(v128.load(at), shifts)), e1 = expBelow(f64x2.sub(v128.load(at, 16), shifts));
    sum0 = f64x2.add(sum0, e0);
    sum1 = f64x2.add(sum1, e1);
    if (stores) {
      v128.store(at, e0);
      v128.store(at, e1, 16);
    }
  }
  let result = total(f64x2.add(sum0, sum1));
  for (; at < end; at += 8) {
    const e = expBelow(f64x2.sub(v128.load64_splat(at), shifts));
    result += f64x2.extract_lane(e, 0);
    if (stores) v128.store64_lane(at, e, 0);
  }
  return result;
}

/** Two elements: (x − shift)·scale, times weight and plus bias where given. */
// @ts-ignore: decorator
@inline
function affine(x: v128, shift: v128, scale: v128, weight: usize, bias: usize): v128 {
  let y = f64x2.mul(f64x2.sub(x, shift), scale);
  if (weight) y = f64x2.mul(y, v128.load(weight));
  if (bias) y = f64x2.add(y, v128.load(bias));
  return y;
}

/** Row ← (row − shift)·scale·weight + bias; an address of 0 leaves that factor or term out. */
function scaleRow(at: usize, columns: i32, shift: f64, scale: f64, weight: usize, bias: usize): void {
  const shifts = f64x2.splat(shift), scales = f64x2.splat(scale), end = at + <usize>columns * 8;
  for (; at + 16 <= end; at += 16) {
    v128.store(at, affine(v128.load(at), shifts, scales, weight, bias));
    if (weight) weight += 16;
    if (bias) bias += 16;
  }
  if (at < end) v128.store64_lane(at, affine(v128.load(at), shifts, scales, weight, bias), 0);
}

/** eˣ⁻ᵐᵃˣ / Σ; with −∞ everywhere the row is NaN, as 0/0 is. */
export function softmaxF64(at: usize, rows: i32, columns: i32): void {
  for (let i = 0; i < rows; i++) {
    const sums = f64x2.splat(expSum(at, columns, largestOf(at, columns), true));
    const end = at + <usize>columns * 8;
    for (; at + 16 <= end; at += 16) v128.store(at, f64x2.div(v128.load(at), sums));
    if (at < end) v128.store64_lane(at, f64x2.div(v128.load(at), sums), 0);
    at = end;
  }
}

/** (x − max) − ln Σeˣ⁻ᵐᵃˣ: in this order small results keep their digits. */
export function logSoftmaxF64(at: usize, rows: i32, columns: i32): void {
  for (let i = 0; i < rows; i++) {
    const largest = largestOf(at, columns);
    const logs = f64x2.splat(Math.log(expSum(at, columns, largest, false))), shifts = f64x2.splat(largest);
    const end = at + <usize>columns * 8;
    for (; at + 16 <= end; at += 16) v128.store(at, f64x2.sub(f64x2.sub(v128.load(at), shifts), logs));
    if (at < end) v128.store64_lane(at, f64x2.sub(f64x2.sub(v128.load(at), shifts), logs), 0);
    at = end;
  }
}

/** (x − mean)/√(variance + ε)·weight + bias; the variance is the biased one, from a second pass. */
export function layerNormF64(at: usize, rows: i32, columns: i32, epsilon: f64, weight: usize, bias: usize): void {
  for (let i = 0; i < rows; i++) {
    const mean = sumOf(at, columns, 0, false) / <f64>columns;
    const variance = sumOf(at, columns, mean, true) / <f64>columns;
    scaleRow(at, columns, mean, 1 / sqrt(variance + epsilon), weight, bias);
    at += <usize>columns * 8;
  }
}

/** x/√(mean x² + ε)·weight */
export function rmsNormF64(at: usize, rows: i32, columns: i32, epsilon: f64, weight: usize): void {
  for (let i = 0; i < rows; i++) {
    const square = sumOf(at, columns, 0, true) / <f64>columns;
    scaleRow(at, columns, 0, 1 / sqrt(square + epsilon), weight, 0);
    at += <usize>columns * 8;
  }
}
