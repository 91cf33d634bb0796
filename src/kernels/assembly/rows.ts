// Row kernels on contiguous float32 rows, in place. Sums are kept in float64; each result is rounded once
// from float64; only softmax's exponentials, their sums over sixteen columns and its quotients are float32.

import { expBelow } from "./math";
import { sumRun } from "./reduce";
import { high, total } from "./vector";

// @ts-ignore: decorator
@inline
function addWide(sum: v128, x: v128): v128 {
  return f64x2.add(sum, f64x2.add(f64x2.promote_low_f32x4(x), f64x2.promote_low_f32x4(high(x))));
}

/** Columns beyond the last whole vector are masked: the lanes of `x` from `left` on become `fill`. */
// @ts-ignore: decorator
@inline
function keep(x: v128, left: i32, fill: f32): v128 {
  const inside = i32x4.gt_s(i32x4.splat(left), i32x4(0, 1, 2, 3));
  return v128.bitselect(x, f32x4.splat(fill), inside);
}

/** Stores the first `left` lanes of x. */
// @ts-ignore: decorator
@inline
function storeSome(at: usize, x: v128, left: i32): void {
  store<f32>(at, f32x4.extract_lane(x, 0));
  if (left > 1) store<f32>(at, f32x4.extract_lane(x, 1), 4);
  if (left > 2) store<f32>(at, f32x4.extract_lane(x, 2), 8);
}

/** The largest element. A NaN may be passed over: it makes the row NaN through its own exponential. */
export function rowMax(at: usize, columns: i32): f32 {
  let best = f32x4.splat(-Infinity), other = best;
  let j = 0;
  for (; j + 8 <= columns; j += 8) {
    best = f32x4.pmax(best, v128.load(at + <usize>j * 4));
    other = f32x4.pmax(other, v128.load(at + <usize>j * 4, 16));
  }
  best = f32x4.pmax(best, other);
  for (; j + 4 <= columns; j += 4) best = f32x4.pmax(best, v128.load(at + <usize>j * 4));
  if (j < columns) best = f32x4.pmax(best, keep(v128.load(at + <usize>j * 4), columns - j, -Infinity));
  best = f32x4.pmax(best, high(best));
  const first = f32x4.extract_lane(best, 0), second = f32x4.extract_lane(best, 1);
  return first < second ? second : first;
}

/** Σeˣ⁻ᵐᵃˣ; with `stores`, the exponentials replace the row. Four vectors at a time, as the maps. */
// @ts-ignore: decorator
@inline
export function expRow(at: usize, columns: i32, largest: f32, stores: bool): f64 {
  const shift = f32x4.splat(largest);
  let sum = f64x2.splat(0);
  let j = 0;
  for (; j + 16 <= columns; j += 16) {
    const p = at + <usize>j * 4;
    const e0 = expBelow(f32x4.sub(v128.load(p), shift)), e1 = expBelow(f32x4.sub(v128.load(p, 16), shift));
    const e2 = expBelow(f32x4.sub(v128.load(p, 32), shift)), e3 = expBelow(f32x4.sub(v128.load(p, 48), shift));
    if (stores) {
      v128.store(p, e0);
      v128.store(p, e1, 16);
      v128.store(p, e2, 32);
      v128.store(p, e3, 48);
    }
    sum = addWide(sum, f32x4.add(f32x4.add(e0, e1), f32x4.add(e2, e3)));
  }
  for (; j < columns; j += 4) {
    const p = at + <usize>j * 4;
    const left = columns - j;
    const e = expBelow(f32x4.sub(v128.load(p), shift));
    if (stores) {
      if (left >= 4) v128.store(p, e);
      else storeSome(p, e, left);
    }
    sum = addWide(sum, left >= 4 ? e : keep(e, left, 0));
  }
  return total(sum);
}

/** eˣ⁻ᵐᵃˣ / Σ; with −∞ everywhere the row is NaN, as 0/0 is. */
export function softmaxF32(at: usize, rows: i32, columns: i32): void {
  for (let i = 0; i < rows; i++) {
    const scale = f32x4.splat(<f32>(1 / expRow(at, columns, rowMax(at, columns), true)));
    let j = 0;
    for (; j + 8 <= columns; j += 8) {
      const p = at + <usize>j * 4;
      const y0 = f32x4.mul(v128.load(p), scale), y1 = f32x4.mul(v128.load(p, 16), scale);
      v128.store(p, y0);
      v128.store(p, y1, 16);
    }
    for (; j + 4 <= columns; j += 4) {
      const p = at + <usize>j * 4;
      v128.store(p, f32x4.mul(v128.load(p), scale));
    }
    if (j < columns) {
      const p = at + <usize>j * 4;
      storeSome(p, f32x4.mul(v128.load(p), scale), columns - j);
    }
    at += <usize>columns * 4;
  }
}

/** x − max − ln Σeˣ⁻ᵐᵃˣ */
export function logSoftmaxF32(at: usize, rows: i32, columns: i32): void {
  for (let i = 0; i < rows; i++) {
    const largest = rowMax(at, columns);
    const shift = <f64>largest + Math.log(expRow(at, columns, largest, false));
    scaleRow(at, columns, shift, 1, 0, 0);
    at += <usize>columns * 4;
  }
}

/** Two of a row's elements in float64: (x − shift)·scale, times weight and plus bias where given. */
// @ts-ignore: decorator
@inline
function affine(x: v128, shift: v128, scale: v128, weight: usize, bias: usize): v128 {
  let y = f64x2.mul(f64x2.sub(f64x2.promote_low_f32x4(x), shift), scale);
  if (weight) y = f64x2.mul(y, f64x2.promote_low_f32x4(v128.load64_zero(weight)));
  if (bias) y = f64x2.add(y, f64x2.promote_low_f32x4(v128.load64_zero(bias)));
  return f32x4.demote_f64x2_zero(y);
}

/** Row ← (row − shift)·scale·weight + bias; an address of 0 leaves that factor or term out. */
function scaleRow(at: usize, columns: i32, shift: f64, scale: f64, weight: usize, bias: usize): void {
  const shifts = f64x2.splat(shift), scales = f64x2.splat(scale);
  for (let j = 0; j < columns; j += 4) {
    const x = v128.load(at);
    const low = affine(x, shifts, scales, weight, bias);
    if (weight) weight += 8;
    if (bias) bias += 8;
    const y = v128.shuffle<f64>(low, affine(high(x), shifts, scales, weight, bias), 0, 2);
    if (weight) weight += 8;
    if (bias) bias += 8;
    if (j + 4 <= columns) v128.store(at, y);
    else storeSome(at, y, columns - j);
    at += 16;
  }
}

/** (x − mean)/√(variance + ε)·weight + bias; the variance is the biased one, from a second pass. */
export function layerNormF32(at: usize, rows: i32, columns: i32, epsilon: f64, weight: usize, bias: usize): void {
  for (let i = 0; i < rows; i++) {
    const mean = sumRun<f32>(at, columns, 0, false) / <f64>columns;
    const variance = sumRun<f32>(at, columns, mean, true) / <f64>columns;
    scaleRow(at, columns, mean, 1 / sqrt(variance + epsilon), weight, bias);
    at += <usize>columns * 4;
  }
}

/** x/√(mean x² + ε)·weight */
export function rmsNormF32(at: usize, rows: i32, columns: i32, epsilon: f64, weight: usize): void {
  for (let i = 0; i < rows; i++) {
    const square = sumRun<f32>(at, columns, 0, true) / <f64>columns;
    scaleRow(at, columns, 0, 1 / sqrt(square + epsilon), weight, 0);
    at += <usize>columns * 4;
  }
}
