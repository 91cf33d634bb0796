// Softmax of the columns of a block [rows, columns] in place, and sums of exponentials as partials like those of reduce.ts.
// Blocks that are changed have columns in multiples of 64 bytes; what fills them up is never copied out.

import { exp } from "./double";
import { expBelow } from "./math";
import { expRow } from "./rows";
import { expSum } from "./rows-double";
import { high } from "./vector";
import { join, promoteHigh } from "./wide";

const BLOCK: i32 = 256;

/** eˣ for x ≤ 0, in lanes of T. */
// @ts-ignore: decorator
@inline
function power<T>(x: v128): v128 {
  return sizeof<T>() == 4 ? expBelow(x) : exp(x);
}

/** Adds the lower two lanes, and the upper two of float32, to float64 sums. */
// @ts-ignore: decorator
@inline
function addLow<T>(sum: v128, x: v128): v128 {
  return f64x2.add(sum, sizeof<T>() == 4 ? f64x2.promote_low_f32x4(x) : x);
}

// @ts-ignore: decorator
@inline
function addHigh<T>(sum: v128, x: v128): v128 {
  return sizeof<T>() == 4 ? f64x2.add(sum, f64x2.promote_low_f32x4(high(x))) : sum;
}

/** The partials of Σeˣ⁻ˢʰⁱᶠᵗ of each row: one for every BLOCK elements. */
export function expSumRows<T>(at: usize, rows: i32, columns: i32, shifts: usize, out: usize): void {
  for (let i = 0; i < rows; i++) {
    const shift = load<f64>(shifts + <usize>i * 8);
    for (let j = 0; j < columns; j += BLOCK) {
      const count = min(BLOCK, columns - j);
      store<f64>(out, sizeof<T>() == 4 ? expRow(at, count, <f32>shift, false) : expSum(at, count, shift, false));
      at += <usize>count * sizeof<T>();
      out += 8;
    }
  }
}

/** Those of all columns. The last vector may reach beyond them: shifts, elements and results have room for that. */
export function expSumColumns<T>(at: usize, rows: i32, columns: i32, shifts: usize, out: usize): void {
  const step = <usize>columns * sizeof<T>(), lanes = 16 / sizeof<T>();
  for (let j = 0; j < columns; j += lanes) {
    const from = shifts + <usize>j * 8;
    const shift = sizeof<T>() == 4 ? join(v128.load(from), v128.load(from, 16)) : v128.load(from);
    let low = f64x2.splat(0), top = low;
    let p = at + <usize>j * sizeof<T>();
    for (let i = 0; i < rows; i++) {
      const e = power<T>(v128.sub<T>(v128.load(p), shift));
      low = addLow<T>(low, e);
      top = addHigh<T>(top, e);
      p += step;
    }
    v128.store(out + <usize>j * 8, low);
    if (sizeof<T>() == 4) v128.store(out + <usize>j * 8, top, 16);
  }
}

/** ln of both lanes. */
// @ts-ignore: decorator
@inline
function logOf(x: v128): v128 {
  return f64x2.replace_lane(f64x2.splat(Math.log(f64x2.extract_lane(x, 0))), 1, Math.log(f64x2.extract_lane(x, 1)));
}

/** x − largest − ln Σ of one vector, rounded once from float64. */
// @ts-ignore: decorator
@inline
function logarithmic<T>(x: v128, largest: v128, low: v128, top: v128): v128 {
  if (sizeof<T>() == 8) return f64x2.sub(f64x2.sub(x, largest), low);
  const first = f64x2.sub(f64x2.promote_low_f32x4(x), f64x2.promote_low_f32x4(largest));
  const second = f64x2.sub(promoteHigh(x), promoteHigh(largest));
  return join(f64x2.sub(first, low), f64x2.sub(second, top));
}

// @ts-ignore: decorator
@inline
function normalize<T>(logs: bool, at: usize, rows: i32, columns: i32): void {
  const step = <usize>columns * sizeof<T>();
  for (let j: usize = 0; j < step; j += 16) {
    let largest = v128.splat<T>(<T>-Infinity); // a NaN that is passed over makes its column NaN through its exponential
    let p = at + j;
    for (let i = 0; i < rows; i++) {
      largest = v128.pmax<T>(largest, v128.load(p));
      p += step;
    }
    let low = f64x2.splat(0), top = low;
    p = at + j;
    for (let i = 0; i < rows; i++) {
      const e = power<T>(v128.sub<T>(v128.load(p), largest));
      if (!logs) v128.store(p, e);
      low = addLow<T>(low, e);
      top = addHigh<T>(top, e);
      p += step;
    }
    if (logs) {
      low = logOf(low);
      if (sizeof<T>() == 4) top = logOf(top);
    }
    const one = f64x2.splat(1);
    const scale = sizeof<T>() == 4 ? join(f64x2.div(one, low), f64x2.div(one, top)) : low;
    p = at + j;
    for (let i = 0; i < rows; i++) {
      const x = v128.load(p);
      let y = x;
      if (logs) y = logarithmic<T>(x, largest, low, top);
      else y = sizeof<T>() == 4 ? f32x4.mul(x, scale) : f64x2.div(x, scale);
      v128.store(p, y);
      p += step;
    }
  }
}

export function softmaxColumnsF32(at: usize, rows: i32, columns: i32): void { normalize<f32>(false, at, rows, columns); }
export function softmaxColumnsF64(at: usize, rows: i32, columns: i32): void { normalize<f64>(false, at, rows, columns); }
export function logSoftmaxColumnsF32(at: usize, rows: i32, columns: i32): void { normalize<f32>(true, at, rows, columns); }
export function logSoftmaxColumnsF64(at: usize, rows: i32, columns: i32): void { normalize<f64>(true, at, rows, columns); }
