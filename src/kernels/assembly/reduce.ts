// Sums and extremes of rows and of columns, as float64 partials: one for every BLOCK elements of a row, one per column
// for the rows that were staged. ../reduce.ts adds the partials in pairs (Higham, "The Accuracy of Floating Point
// Summation", 1993), so that the error of a sum grows with the logarithm of its length.
//
// float32 is summed in float64 lanes. Extremes are NaN where there is one, and 0 is larger than −0, as Math.max has it.

import { high, madd, total } from "./vector";

/** Elements of a row that make one partial: thirty-two additions in each of eight lanes. */
const BLOCK: i32 = 256;

const MAX = 0, MIN = 1;

/** x − shift of 16 bytes, or its square, as two float64 lanes that add to their sum. */
// @ts-ignore: decorator
@inline
function terms<T>(at: usize, shifts: v128, squared: bool): v128 {
  if (sizeof<T>() == 8) {
    const x = f64x2.sub(v128.load(at), shifts);
    return squared ? f64x2.mul(x, x) : x;
  }
  const x = v128.load(at);
  const low = f64x2.sub(f64x2.promote_low_f32x4(x), shifts);
  const top = f64x2.sub(f64x2.promote_low_f32x4(high(x)), shifts);
  return squared ? madd<f64>(low, low, f64x2.mul(top, top)) : f64x2.add(low, top);
}

/** Σ(x − shift), or Σ(x − shift)², over contiguous elements. */
// @ts-ignore: decorator
@inline
export function sumRun<T>(at: usize, count: i32, shift: f64, squared: bool): f64 {
  const shifts = f64x2.splat(shift);
  let sum0 = f64x2.splat(0), sum1 = sum0, sum2 = sum0, sum3 = sum0;
  const end = at + <usize>count * sizeof<T>();
  for (; at + 64 <= end; at += 64) {
    sum0 = f64x2.add(sum0, terms<T>(at, shifts, squared));
    sum1 = f64x2.add(sum1, terms<T>(at + 16, shifts, squared));
    sum2 = f64x2.add(sum2, terms<T>(at + 32, shifts, squared));
    sum3 = f64x2.add(sum3, terms<T>(at + 48, shifts, squared));
  }
  let result = total(f64x2.add(f64x2.add(sum0, sum1), f64x2.add(sum2, sum3)));
  for (; at < end; at += sizeof<T>()) {
    const x = <f64>load<T>(at) - shift;
    result += squared ? x * x : x;
  }
  return result;
}

/** The partial sums of each row, or of its squared distances from shifts[row]; one behind the other. */
export function sumRows<T>(at: usize, rows: i32, columns: i32, shifts: usize, out: usize): void {
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j += BLOCK) {
      const count = min(BLOCK, columns - j);
      const sum = shifts
        ? sumRun<T>(at, count, load<f64>(shifts + <usize>i * 8), true)
        : sumRun<T>(at, count, 0, false);
      store<f64>(out, sum);
      at += <usize>count * sizeof<T>();
      out += 8;
    }
  }
}

/** The sums of all columns, or of their squared distances from shifts[column]: eight columns go down together. */
export function sumColumns<T>(at: usize, rows: i32, columns: i32, shifts: usize, out: usize): void {
  const step = <usize>columns * sizeof<T>();
  let j = 0;
  for (; j + 8 <= columns; j += 8) {
    const zero = f64x2.splat(0);
    let sum0 = zero, sum1 = zero, sum2 = zero, sum3 = zero;
    let m0 = zero, m1 = zero, m2 = zero, m3 = zero;
    if (shifts) {
      const s = shifts + <usize>j * 8;
      m0 = v128.load(s);
      m1 = v128.load(s, 16);
      m2 = v128.load(s, 32);
      m3 = v128.load(s, 48);
    }
    let p = at + <usize>j * sizeof<T>();
    for (let i = 0; i < rows; i++) {
      let x0: v128, x1: v128, x2: v128, x3: v128;
      if (sizeof<T>() == 8) {
        x0 = v128.load(p);
        x1 = v128.load(p, 16);
        x2 = v128.load(p, 32);
        x3 = v128.load(p, 48);
      } else {
        const low = v128.load(p), top = v128.load(p, 16);
        x0 = f64x2.promote_low_f32x4(low);
        x1 = f64x2.promote_low_f32x4(high(low));
        x2 = f64x2.promote_low_f32x4(top);
        x3 = f64x2.promote_low_f32x4(high(top));
      }
      if (shifts) {
        x0 = f64x2.sub(x0, m0);
        x1 = f64x2.sub(x1, m1);
        x2 = f64x2.sub(x2, m2);
        x3 = f64x2.sub(x3, m3);
        sum0 = madd<f64>(x0, x0, sum0);
        sum1 = madd<f64>(x1, x1, sum1);
        sum2 = madd<f64>(x2, x2, sum2);
        sum3 = madd<f64>(x3, x3, sum3);
      } else {
        sum0 = f64x2.add(sum0, x0);
        sum1 = f64x2.add(sum1, x1);
        sum2 = f64x2.add(sum2, x2);
        sum3 = f64x2.add(sum3, x3);
      }
      p += step;
    }
    const o = out + <usize>j * 8;
    v128.store(o, sum0);
    v128.store(o, sum1, 16);
    v128.store(o, sum2, 32);
    v128.store(o, sum3, 48);
  }
  for (; j < columns; j++) {
    const shift = shifts ? load<f64>(shifts + <usize>j * 8) : 0;
    let sum: f64 = 0;
    for (let i = 0; i < rows; i++) {
      const x = <f64>load<T>(at + <usize>i * step + <usize>j * sizeof<T>()) - shift;
      sum += shifts ? x * x : x;
    }
    store<f64>(out + <usize>j * 8, sum);
  }
}

// @ts-ignore: decorator
@inline
function better<T>(op: i32, x: v128, y: v128): v128 {
  return op == MAX ? v128.max<T>(x, y) : v128.min<T>(x, y);
}

// @ts-ignore: decorator
@inline
function betterOf<T>(op: i32, x: T, y: T): T {
  return op == MAX ? max<T>(x, y) : min<T>(x, y);
}

// @ts-ignore: decorator
@inline
function worst<T>(op: i32): T {
  return op == MAX ? <T>-Infinity : <T>Infinity;
}

// @ts-ignore: decorator
@inline
function extremeRun<T>(op: i32, at: usize, count: i32): T {
  let best0 = v128.splat<T>(worst<T>(op)), best1 = best0, best2 = best0, best3 = best0;
  const end = at + <usize>count * sizeof<T>();
  for (; at + 64 <= end; at += 64) {
    best0 = better<T>(op, best0, v128.load(at));
    best1 = better<T>(op, best1, v128.load(at, 16));
    best2 = better<T>(op, best2, v128.load(at, 32));
    best3 = better<T>(op, best3, v128.load(at, 48));
  }
  best0 = better<T>(op, better<T>(op, best0, best1), better<T>(op, best2, best3));
  let best = betterOf<T>(op, v128.extract_lane<T>(best0, 0), v128.extract_lane<T>(best0, 1));
  if (sizeof<T>() == 4) {
    best = betterOf<T>(op, best, v128.extract_lane<T>(best0, 2));
    best = betterOf<T>(op, best, v128.extract_lane<T>(best0, 3));
  }
  for (; at < end; at += sizeof<T>()) best = betterOf<T>(op, best, load<T>(at));
  return best;
}

// @ts-ignore: decorator
@inline
function extremeRows<T>(op: i32, at: usize, rows: i32, columns: i32, out: usize): void {
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j += BLOCK) {
      const count = min(BLOCK, columns - j);
      store<f64>(out, <f64>extremeRun<T>(op, at, count));
      at += <usize>count * sizeof<T>();
      out += 8;
    }
  }
}

// @ts-ignore: decorator
@inline
function extremeColumns<T>(op: i32, at: usize, rows: i32, columns: i32, out: usize): void {
  const step = <usize>columns * sizeof<T>();
  const lanes = 16 / sizeof<T>();
  let j = 0;
  for (; j + 2 * lanes <= columns; j += 2 * lanes) {
    let best0 = v128.splat<T>(worst<T>(op)), best1 = best0;
    let p = at + <usize>j * sizeof<T>();
    for (let i = 0; i < rows; i++) {
      best0 = better<T>(op, best0, v128.load(p));
      best1 = better<T>(op, best1, v128.load(p, 16));
      p += step;
    }
    const o = out + <usize>j * 8;
    if (sizeof<T>() == 8) {
      v128.store(o, best0);
      v128.store(o, best1, 16);
    } else {
      v128.store(o, f64x2.promote_low_f32x4(best0));
      v128.store(o, f64x2.promote_low_f32x4(high(best0)), 16);
      v128.store(o, f64x2.promote_low_f32x4(best1), 32);
      v128.store(o, f64x2.promote_low_f32x4(high(best1)), 48);
    }
  }
  for (; j < columns; j++) {
    let best = worst<T>(op);
    for (let i = 0; i < rows; i++) best = betterOf<T>(op, best, load<T>(at + <usize>i * step + <usize>j * sizeof<T>()));
    store<f64>(out + <usize>j * 8, <f64>best);
  }
}

// `unused` stands where the sums have their shifts.
export function maxRows<T>(at: usize, rows: i32, columns: i32, unused: usize, out: usize): void {
  extremeRows<T>(MAX, at, rows, columns, out);
}

export function minRows<T>(at: usize, rows: i32, columns: i32, unused: usize, out: usize): void {
  extremeRows<T>(MIN, at, rows, columns, out);
}

export function maxColumns<T>(at: usize, rows: i32, columns: i32, unused: usize, out: usize): void {
  extremeColumns<T>(MAX, at, rows, columns, out);
}

export function minColumns<T>(at: usize, rows: i32, columns: i32, unused: usize, out: usize): void {
  extremeColumns<T>(MIN, at, rows, columns, out);
}
