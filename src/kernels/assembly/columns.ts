// Softmax of the columns of a block [rows, columns] in place, and sums of exponentials as partials like those of reduce.ts.
// Blocks that are changed have columns in multiples of 64 bytes; what fills them up is never copied out.

import { expBelow as expBelow64 } from "./double";
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
  return sizeof<T>() == 4 ? expBelow(x) : expBelow64(x);
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
function divide<T>(x: v128, low: v128, scale: v128): v128 {
  return sizeof<T>() == 4 ? f32x4.mul(x, scale) : f64x2.div(x, low);
}

/** 1/Σ for float32. */
// @ts-ignore: decorator
@inline
function inverse<T>(low: v128, top: v128): v128 {
  const one = f64x2.splat(1);
  return sizeof<T>() == 4 ? join(f64x2.div(one, low), f64x2.div(one, top)) : low;
}

/** Rows whose float64 exponentials are added one after the other; what adding their sums loses is kept. */
const STRIP: usize = 64;

/** a + b − s, exactly, for s = a + b rounded (Knuth). */
// @ts-ignore: decorator
@inline
function lostOf(a: v128, b: v128, s: v128): v128 {
  const back = f64x2.sub(s, a);
  return f64x2.add(f64x2.sub(a, f64x2.sub(s, back)), f64x2.sub(b, back));
}

/** Two vectors go down together. */
// @ts-ignore: decorator
@inline
function normalize<T>(logs: bool, at: usize, rows: i32, columns: i32): void {
  const step = <usize>columns * sizeof<T>(), end = at + step * <usize>rows;
  for (let first = at, next = at + step; first < next; first += 32) {
    // A NaN that is passed over makes its column NaN through its exponential.
    let largest0 = v128.splat<T>(<T>-Infinity), largest1 = largest0;
    for (let p = first; p < end; p += step) {
      largest0 = v128.pmax<T>(largest0, v128.load(p));
      largest1 = v128.pmax<T>(largest1, v128.load(p, 16));
    }
    const zero = f64x2.splat(0);
    let low0 = zero, top0 = zero, low1 = zero, top1 = zero, lost0 = zero, lost1 = zero;
    for (let p = first; p < end;) {
      const stop = min(p + STRIP * step, end);
      let part0 = zero, part1 = zero;
      for (; p < stop; p += step) {
        const e0 = power<T>(v128.sub<T>(v128.load(p), largest0)), e1 = power<T>(v128.sub<T>(v128.load(p, 16), largest1));
        if (!logs) {
          v128.store(p, e0);
          v128.store(p, e1, 16);
        }
        part0 = addLow<T>(part0, e0);
        top0 = addHigh<T>(top0, e0);
        part1 = addLow<T>(part1, e1);
        top1 = addHigh<T>(top1, e1);
      }
      const sum0 = f64x2.add(low0, part0), sum1 = f64x2.add(low1, part1);
      if (sizeof<T>() == 8) {
        lost0 = f64x2.add(lost0, lostOf(low0, part0, sum0));
        lost1 = f64x2.add(lost1, lostOf(low1, part1, sum1));
      }
      low0 = sum0;
      low1 = sum1;
    }
    low0 = f64x2.add(low0, lost0);
    low1 = f64x2.add(low1, lost1);
    if (logs) {
      low0 = logOf(low0);
      low1 = logOf(low1);
      if (sizeof<T>() == 4) {
        top0 = logOf(top0);
        top1 = logOf(top1);
      }
    }
    const scale0 = inverse<T>(low0, top0), scale1 = inverse<T>(low1, top1);
    for (let p = first; p < end; p += step) {
      const x0 = v128.load(p), x1 = v128.load(p, 16);
      v128.store(p, logs ? logarithmic<T>(x0, largest0, low0, top0) : divide<T>(x0, low0, scale0));
      v128.store(p, logs ? logarithmic<T>(x1, largest1, low1, top1) : divide<T>(x1, low1, scale1), 16);
    }
  }
}

export function softmaxColumnsF32(at: usize, rows: i32, columns: i32): void { normalize<f32>(false, at, rows, columns); }
export function softmaxColumnsF64(at: usize, rows: i32, columns: i32): void { normalize<f64>(false, at, rows, columns); }
export function logSoftmaxColumnsF32(at: usize, rows: i32, columns: i32): void { normalize<f32>(true, at, rows, columns); }
export function logSoftmaxColumnsF64(at: usize, rows: i32, columns: i32): void { normalize<f64>(true, at, rows, columns); }
