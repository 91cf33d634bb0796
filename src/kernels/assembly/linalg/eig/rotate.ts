// What one small reflector or rotation does to a few rows or columns of row-major matrices.

import { madd } from "../../vector";
import { at, item, setItem } from "./element";

/** The reflector I − τ (1, v, w)ᵀ(1, v, w) that `smallReflector` found, and what it maps its vector's head to. */
export let smallTau: f64 = 0;
export let smallV: f64 = 0;
export let smallW: f64 = 0;
export let smallBeta: f64 = 0;

/** Maps (x, y, z) to (β, 0, 0). With z = 0 the reflector has w = 0 and acts on two elements. */
export function smallReflector(x: f64, y: f64, z: f64): void {
  smallV = 0;
  smallW = 0;
  smallTau = 0;
  smallBeta = x;
  const rest = max(abs(y), abs(z));
  if (rest == 0) return;
  const unit = max(abs(x), rest);
  let total = x * x + y * y + z * z;
  let beta: f64;
  // Only at the edges of the range do the squares need scaling.
  if (total > 1e-250 && total < 1e250) beta = sqrt(total);
  else {
    const a = x / unit, b = y / unit, c = z / unit;
    beta = unit * sqrt(a * a + b * b + c * c);
  }
  beta = -copysign(beta, x);
  smallTau = (beta - x) / beta;
  const head = x - beta;
  smallV = y / head;
  smallW = z / head;
  smallBeta = beta;
}

/** Applies the reflector to three (or two, `rows` = 2) rows that start at `x`, `bytes` apart, along `count` elements. */
export function reflectRows(rows: i32, count: i32, x: usize, bytes: usize, tau: f64, v: f64, w: f64): void {
  const y = x + bytes;
  const tv = tau * v;
  const taus = v128.splat<f64>(-tau), vs = v128.splat<f64>(v), tvs = v128.splat<f64>(-tv);
  const end = <usize>count << 3;
  const whole = <usize>(count & ~1) << 3;
  let i: usize = 0;
  if (rows == 2) {
    for (; i < whole; i += 16) {
      const a = v128.load(x + i), b = v128.load(y + i);
      const sum = madd<f64>(vs, b, a);
      v128.store(x + i, madd<f64>(sum, taus, a));
      v128.store(y + i, madd<f64>(sum, tvs, b));
    }
    for (; i < end; i += 8) {
      const a = load<f64>(x + i), b = load<f64>(y + i);
      const sum = a + v * b;
      store<f64>(x + i, a - sum * tau);
      store<f64>(y + i, b - sum * tv);
    }
    return;
  }
  const z = y + bytes;
  const tw = tau * w;
  const ws = v128.splat<f64>(w), tws = v128.splat<f64>(-tw);
  for (; i < whole; i += 16) {
    const a = v128.load(x + i), b = v128.load(y + i), c = v128.load(z + i);
    const sum = madd<f64>(ws, c, madd<f64>(vs, b, a));
    v128.store(x + i, madd<f64>(sum, taus, a));
    v128.store(y + i, madd<f64>(sum, tvs, b));
    v128.store(z + i, madd<f64>(sum, tws, c));
  }
  for (; i < end; i += 8) {
    const a = load<f64>(x + i), b = load<f64>(y + i), c = load<f64>(z + i);
    const sum = a + v * b + w * c;
    store<f64>(x + i, a - sum * tau);
    store<f64>(y + i, b - sum * tv);
    store<f64>(z + i, c - sum * tw);
  }
}

/** Applies the reflector to three (or two) neighbouring columns, along `count` rows that are `bytes` apart. */
export function reflectColumns(columns: i32, count: i32, x: usize, bytes: usize, tau: f64, v: f64, w: f64): void {
  const tv = tau * v;
  if (columns == 2) {
    for (let i = 0; i < count; i++, x += bytes) {
      const a = load<f64>(x), b = load<f64>(x, 8);
      const sum = a + v * b;
      store<f64>(x, a - sum * tau);
      store<f64>(x, b - sum * tv, 8);
    }
    return;
  }
  const tw = tau * w;
  for (let i = 0; i < count; i++, x += bytes) {
    const a = load<f64>(x), b = load<f64>(x, 8), c = load<f64>(x, 16);
    const sum = a + v * b + w * c;
    store<f64>(x, a - sum * tau);
    store<f64>(x, b - sum * tv, 8);
    store<f64>(x, c - sum * tw, 16);
  }
}

/** Two rows turn: x ← c·x + s·y, y ← c·y − s·x. */
export function rotateRows(count: i32, x: usize, y: usize, c: f64, s: f64): void {
  for (let i = 0; i < count; i++) {
    const a = item(x, i), b = item(y, i);
    setItem(x, i, c * a + s * b);
    setItem(y, i, c * b - s * a);
  }
}

/** Columns j and j + 1 turn in the same way, in rows [from, to). */
export function rotateColumns(from: i32, to: i32, a: usize, step: i32, j: i32, c: f64, s: f64): void {
  for (let i = from; i < to; i++) {
    const x = at(a, step, i, j);
    const p = load<f64>(x), q = load<f64>(x, 8);
    store<f64>(x, c * p + s * q);
    store<f64>(x, c * q - s * p, 8);
  }
}
