// Level 1: vectors of f32 or f64. Addresses are bytes, lengths and strides elements.

import { madd, lanes, sumLanes } from "../vector";

/** xᵀy, in four partial sums per lane. */
export function dot<T>(n: i32, x: usize, y: usize): T {
  let s0 = v128.splat<T>(0), s1 = s0, s2 = s0, s3 = s0;
  const step = 4 * lanes<T>();
  let i = 0;
  for (; i + step <= n; i += step) {
    s0 = madd<T>(v128.load(x), v128.load(y), s0);
    s1 = madd<T>(v128.load(x, 16), v128.load(y, 16), s1);
    s2 = madd<T>(v128.load(x, 32), v128.load(y, 32), s2);
    s3 = madd<T>(v128.load(x, 48), v128.load(y, 48), s3);
    x += 64;
    y += 64;
  }
  for (; i + lanes<T>() <= n; i += lanes<T>()) {
    s0 = madd<T>(v128.load(x), v128.load(y), s0);
    x += 16;
    y += 16;
  }
  let total = sumLanes<T>(v128.add<T>(v128.add<T>(s0, s1), v128.add<T>(s2, s3)));
  for (; i < n; i++) {
    total = <T>(total + load<T>(x) * load<T>(y));
    x += sizeof<T>();
    y += sizeof<T>();
  }
  return total;
}

/** y += alpha·x. */
export function axpy<T>(n: i32, alpha: T, x: usize, y: usize): void {
  const a = v128.splat<T>(alpha);
  let i = 0;
  for (; i + lanes<T>() <= n; i += lanes<T>()) {
    v128.store(y, madd<T>(a, v128.load(x), v128.load(y)));
    x += 16;
    y += 16;
  }
  for (; i < n; i++) {
    store<T>(y, <T>(load<T>(y) + alpha * load<T>(x)));
    x += sizeof<T>();
    y += sizeof<T>();
  }
}

/** x *= alpha. */
export function scaleVector<T>(n: i32, alpha: T, x: usize): void {
  const a = v128.splat<T>(alpha);
  let i = 0;
  for (; i + lanes<T>() <= n; i += lanes<T>()) {
    v128.store(x, v128.mul<T>(a, v128.load(x)));
    x += 16;
  }
  for (; i < n; i++) {
    store<T>(x, <T>(alpha * load<T>(x)));
    x += sizeof<T>();
  }
}

/** y := x. The vectors may overlap. */
// @ts-ignore: decorator
@inline
export function copyVector<T>(n: i32, x: usize, y: usize): void {
  memory.copy(y, x, <usize>n * sizeof<T>());
}

/** x ↔ y: rows of row-major matrices. */
export function swapVectors<T>(n: i32, x: usize, y: usize): void {
  let i = 0;
  for (; i + lanes<T>() <= n; i += lanes<T>()) {
    const held = v128.load(x);
    v128.store(x, v128.load(y));
    v128.store(y, held);
    x += 16;
    y += 16;
  }
  swapStrided<T>(n - i, x, 1, y, 1);
}

/** x ↔ y with strides: columns of row-major matrices. */
export function swapStrided<T>(n: i32, x: usize, xStride: i32, y: usize, yStride: i32): void {
  for (let i = 0; i < n; i++) {
    const held = load<T>(x);
    store<T>(x, load<T>(y));
    store<T>(y, held);
    x += <usize>xStride * sizeof<T>();
    y += <usize>yStride * sizeof<T>();
  }
}

/** The largest |x|: NaN when an entry is NaN, so that one test of the result finds all that is not finite. */
export function largestMagnitude<T>(n: i32, x: usize): T {
  let top = v128.splat<T>(0);
  let i = 0;
  for (; i + lanes<T>() <= n; i += lanes<T>()) {
    top = v128.max<T>(top, v128.abs<T>(v128.load(x)));
    x += 16;
  }
  if (sizeof<T>() == 4) top = v128.max<T>(top, v128.shuffle<f32>(top, top, 2, 3, 0, 1));
  let largest = max<T>(v128.extract_lane<T>(top, 0), v128.extract_lane<T>(top, 1));
  for (; i < n; i++) {
    largest = max<T>(largest, abs<T>(load<T>(x)));
    x += sizeof<T>();
  }
  return largest;
}

/** ‖x‖₂ of contiguous elements. Squares neither overflow nor vanish: those of f32 are summed in f64. */
export function norm2<T>(n: i32, x: usize): f64 {
  if (sizeof<T>() == 4) {
    let s = v128.splat<f64>(0), t = s;
    let i = 0;
    for (; i + 4 <= n; i += 4) {
      const v = v128.load(x);
      const low = f64x2.promote_low_f32x4(v);
      const high = f64x2.promote_low_f32x4(v128.shuffle<f64>(v, v, 1, 1));
      s = madd<f64>(low, low, s);
      t = madd<f64>(high, high, t);
      x += 16;
    }
    let total = sumLanes<f64>(v128.add<f64>(s, t));
    for (; i < n; i++) {
      const value = <f64>load<f32>(x);
      total += value * value;
      x += 4;
    }
    return sqrt<f64>(total);
  }
  const squares = <f64>dot<T>(n, x, x);
  return squaresAreSafe(squares) ? sqrt<f64>(squares) : scaledNorm(n, x, 1);
}

/** ‖x‖₂ of strided elements, as `norm2`. */
export function norm2Strided<T>(n: i32, x: usize, stride: i32): f64 {
  let total: f64 = 0;
  let at = x;
  for (let i = 0; i < n; i++) {
    const value = <f64>load<T>(at);
    total += value * value;
    at += <usize>stride * sizeof<T>();
  }
  if (sizeof<T>() == 4 || squaresAreSafe(total)) return sqrt<f64>(total);
  return scaledNorm(n, x, stride);
}

/** Whether a sum of squares lost nothing that matters to underflow or overflow. */
// @ts-ignore: decorator
@inline
export function squaresAreSafe(total: f64): bool {
  return total > 1e-270 && total < Infinity;
}

/** ‖x‖₂ of f64 elements, scaled by a power of two that keeps every square in range. */
function scaledNorm(n: i32, x: usize, stride: i32): f64 {
  const step = <usize>stride * sizeof<f64>();
  let largest: f64 = 0;
  let at = x;
  for (let i = 0; i < n; i++) {
    largest = max<f64>(largest, abs<f64>(load<f64>(at)));
    at += step;
  }
  if (largest == 0 || !isFinite<f64>(largest)) return largest;
  const scale = powerOfTwo(largest < 1 ? 800 : -600);
  let total: f64 = 0;
  at = x;
  for (let i = 0; i < n; i++) {
    const value = load<f64>(at) * scale;
    total += value * value;
    at += step;
  }
  return sqrt<f64>(total) / scale;
}

/** 2^exponent for normal f64 numbers. */
// @ts-ignore: decorator
@inline
export function powerOfTwo(exponent: i32): f64 {
  return reinterpret<f64>(<u64>(1023 + exponent) << 52);
}
