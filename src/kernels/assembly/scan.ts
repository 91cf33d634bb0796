// Running sums and products along rows and down columns, in place: in float64 from first to last, each rounded once. The
// float64 `carries` hold what came before, and afterwards what goes on.

import { high } from "./vector";
import { join } from "./wide";

const SUM = 0;

// @ts-ignore: decorator
@inline
function next(op: i32, total: f64, x: f64): f64 {
  return op == SUM ? total + x : total * x;
}

// @ts-ignore: decorator
@inline
function nextPair(op: i32, total: v128, x: v128): v128 {
  return op == SUM ? f64x2.add(total, x) : f64x2.mul(total, x);
}

/** Four rows side by side: each is a chain of operations that wait for each other. */
// @ts-ignore: decorator
@inline
function rowsOf<T>(op: i32, at: usize, rows: i32, columns: i32, carries: usize): void {
  const step = <usize>columns * sizeof<T>();
  let i = 0;
  for (; i + 4 <= rows; i += 4) {
    let t0 = load<f64>(carries), t1 = load<f64>(carries, 8), t2 = load<f64>(carries, 16), t3 = load<f64>(carries, 24);
    for (let p = at, end = at + step; p < end; p += sizeof<T>()) {
      t0 = next(op, t0, <f64>load<T>(p));
      t1 = next(op, t1, <f64>load<T>(p + step));
      t2 = next(op, t2, <f64>load<T>(p + 2 * step));
      t3 = next(op, t3, <f64>load<T>(p + 3 * step));
      store<T>(p, <T>t0);
      store<T>(p + step, <T>t1);
      store<T>(p + 2 * step, <T>t2);
      store<T>(p + 3 * step, <T>t3);
    }
    store<f64>(carries, t0);
    store<f64>(carries, t1, 8);
    store<f64>(carries, t2, 16);
    store<f64>(carries, t3, 24);
    at += 4 * step;
    carries += 32;
  }
  for (; i < rows; i++) {
    let total = load<f64>(carries);
    for (const end = at + step; at < end; at += sizeof<T>()) {
      total = next(op, total, <f64>load<T>(at));
      store<T>(at, <T>total);
    }
    store<f64>(carries, total);
    carries += 8;
  }
}

// @ts-ignore: decorator
@inline
function columnsOf<T>(op: i32, at: usize, rows: i32, columns: i32, carries: usize): void {
  const step = <usize>columns * sizeof<T>();
  let j = 0;
  for (; j + 4 <= columns; j += 4) {
    let low = v128.load(carries), top = v128.load(carries, 16);
    for (let i = 0, p = at; i < rows; i++) {
      const x = v128.load(p);
      low = nextPair(op, low, sizeof<T>() == 4 ? f64x2.promote_low_f32x4(x) : x);
      top = nextPair(op, top, sizeof<T>() == 4 ? f64x2.promote_low_f32x4(high(x)) : v128.load(p, 16));
      v128.store(p, sizeof<T>() == 4 ? join(low, top) : low);
      if (sizeof<T>() == 8) v128.store(p, top, 16);
      p += step;
    }
    v128.store(carries, low);
    v128.store(carries, top, 16);
    at += 4 * sizeof<T>();
    carries += 32;
  }
  for (; j < columns; j++) {
    let total = load<f64>(carries);
    for (let i = 0, p = at; i < rows; i++) {
      total = next(op, total, <f64>load<T>(p));
      store<T>(p, <T>total);
      p += step;
    }
    store<f64>(carries, total);
    at += sizeof<T>();
    carries += 8;
  }
}

/** `op`: 0 for sums, 1 for products. */
export function scanRows<T>(op: i32, at: usize, rows: i32, columns: i32, carries: usize): void {
  if (op == SUM) rowsOf<T>(SUM, at, rows, columns, carries);
  else rowsOf<T>(1, at, rows, columns, carries);
}

export function scanColumns<T>(op: i32, at: usize, rows: i32, columns: i32, carries: usize): void {
  if (op == SUM) columnsOf<T>(SUM, at, rows, columns, carries);
  else columnsOf<T>(1, at, rows, columns, carries);
}
