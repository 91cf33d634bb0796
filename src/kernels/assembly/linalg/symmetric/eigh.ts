// Symmetric eigenproblems: scale, reduce to tridiagonal, solve, transform back.

import { divideAndConquer, divideAndConquerScratch } from "./divide-and-conquer";
import { get, getIndex } from "../entries";
import { alignedBytes } from "../householder";
import {
  applyReflectors, applyReflectorsScratch, paddedRow, tridiagonalize, tridiagonalizeScratch,
} from "./tridiagonal";
import { qlValues } from "./tridiagonal-ql";
import { powerOfTwo } from "../vectors";

/** Side of the squares in which matrices are transposed. */
const SQUARE: i32 = 16;

/** The largest |x|; infinite or NaN where an entry is. */
function largestEntry<T>(n: i32, x: usize): f64 {
  let top = v128.splat<T>(0);
  let i = 0;
  const lanes = 16 / <i32>sizeof<T>();
  for (; i + lanes <= n; i += lanes) {
    top = v128.max<T>(top, v128.abs<T>(v128.load(x)));
    x += 16;
  }
  let largest: f64 = 0;
  if (sizeof<T>() == 4) {
    const pairs = f32x4.max(top, v128.shuffle<f32>(top, top, 2, 3, 0, 1));
    largest = <f64>max<f32>(f32x4.extract_lane(pairs, 0), f32x4.extract_lane(pairs, 1));
  } else {
    largest = max<f64>(f64x2.extract_lane(top, 0), f64x2.extract_lane(top, 1));
  }
  for (; i < n; i++) {
    largest = max<f64>(largest, <f64>abs<T>(load<T>(x)));
    x += sizeof<T>();
  }
  return largest;
}

/** The exponent of a positive number, denormals included. */
function exponentOf(x: f64): i32 {
  if (x < 1e-300) return exponentOf(x * powerOfTwo(200)) - 200;
  return <i32>(reinterpret<u64>(x) >> 52) - 1023;
}

/** The upper triangle of to := one triangle of from[n, n] times 2^−exponent; zeros behind every row. */
function loadTriangle<T>(n: i32, from: usize, lower: bool, exponent: i32, to: usize): void {
  // In two steps: 2^1074, which the smallest denormals need, is no f64.
  const scale = powerOfTwo(-(exponent >> 1)), rest = powerOfTwo((exponent >> 1) - exponent);
  const size = sizeof<T>();
  const ld = paddedRow<T>(n);
  for (let i = 0; i < n; i++) {
    memory.fill(to + <usize>(i * ld + n) * size, 0, <usize>(ld - n) * size);
  }
  for (let i0 = 0; i0 < n; i0 += SQUARE) {
    for (let j0 = i0; j0 < n; j0 += SQUARE) {
      for (let i = i0; i < min(i0 + SQUARE, n); i++) {
        for (let j = max(i, j0); j < min(j0 + SQUARE, n); j++) {
          const value = <f64>load<T>(from + <usize>(lower ? j * n + i : i * n + j) * size);
          store<T>(to + <usize>(i * ld + j) * size, <T>(value * scale * rest));
        }
      }
    }
  }
}

/** x·2^exponent, rounded once. */
// @ts-ignore: decorator
@inline
function unscaled<T>(x: f64, exponent: i32): T {
  return <T>(x * powerOfTwo(exponent >> 1) * powerOfTwo(exponent - (exponent >> 1)));
}

/** out[n, n] := the rows of Z that `order` lists, as columns, the largest entry of each made positive. */
function storeColumns<T>(n: i32, z: usize, zRow: i32, order: usize, signs: usize, out: usize): void {
  const size = sizeof<T>();
  // Entries that differ by rounding only count as equal: the first decides.
  const rounding: T = sizeof<T>() == 4 ? <T>(1 + 1.0 / 16384) : <T>(1 + 1e-12);
  for (let j = 0; j < n; j++) {
    const row = z + <usize>(getIndex(order, j) * zRow) * size;
    let largest: T = 0, bound: T = 0;
    for (let i = 0; i < n; i++) {
      const value = load<T>(row + <usize>i * size);
      if (abs<T>(value) > bound) {
        largest = value;
        bound = <T>(abs<T>(value) * rounding);
      }
    }
    store<T>(signs + <usize>j * size, largest < 0 ? <T>-1 : <T>1);
  }
  for (let i0 = 0; i0 < n; i0 += SQUARE) {
    for (let j0 = 0; j0 < n; j0 += SQUARE) {
      for (let j = j0; j < min(j0 + SQUARE, n); j++) {
        const row = z + <usize>(getIndex(order, j) * zRow) * size;
        const sign = load<T>(signs + <usize>j * size);
        for (let i = i0; i < min(i0 + SQUARE, n); i++) {
          store<T>(out + <usize>(i * n + j) * size, <T>(sign * load<T>(row + <usize>i * size)));
        }
      }
    }
  }
}

/** Bytes of scratch for `eigh<T>`. */
export function eighScratch<T>(n: i32): usize {
  const stages = max(
    max(tridiagonalizeScratch<T>(n), divideAndConquerScratch<T>(n)), applyReflectorsScratch<T>(n),
  );
  return 2 * alignedBytes<T>(n, paddedRow<T>(n)) + alignedBytes<T>(1, n) + 2 * alignedBytes<f64>(1, n) +
    alignedBytes<i32>(1, n) + stages;
}

/**
 * `count` matrices a[n, n], one triangle of each read: a becomes the eigenvectors in columns, values[n] the eigenvalues,
 * ascending. Returns 0, 1 + the index of a matrix that is not finite, or −1 − the index of one that does not converge.
 */
export function eigh<T>(count: i32, n: i32, a: usize, values: usize, lower: bool, scratch: usize): i32 {
  const ld = paddedRow<T>(n);
  const reduced = scratch, z = reduced + alignedBytes<T>(n, ld), tau = z + alignedBytes<T>(n, ld);
  const d = tau + alignedBytes<T>(1, n), e = d + alignedBytes<f64>(1, n);
  const order = e + alignedBytes<f64>(1, n), free = order + alignedBytes<i32>(1, n);
  for (let g = 0; g < count; g++) {
    const largest = largestEntry<T>(n * n, a);
    if (!(largest < Infinity)) return g + 1;
    const exponent = largest == 0 ? 0 : exponentOf(largest);
    loadTriangle<T>(n, a, lower, exponent, reduced);
    tridiagonalize<T>(n, reduced, d, e, tau, free);
    if (!divideAndConquer<T>(n, d, e, z, ld, order, free)) return -(g + 1);
    applyReflectors<T>(n, reduced, tau, z, ld, free);
    storeColumns<T>(n, z, ld, order, tau, a);
    for (let i = 0; i < n; i++) {
      store<T>(values, unscaled<T>(get(d, getIndex(order, i)), exponent));
      values += sizeof<T>();
    }
    a += <usize>n * <usize>n * sizeof<T>();
  }
  return 0;
}

/** Bytes of scratch for `eigvalsh<T>`. */
export function eigvalshScratch<T>(n: i32): usize {
  return alignedBytes<T>(n, paddedRow<T>(n)) + alignedBytes<T>(1, n) + 2 * alignedBytes<f64>(1, n) +
    tridiagonalizeScratch<T>(n);
}

/** As `eigh`, for the eigenvalues alone and in no order; a is left as it was. */
export function eigvalsh<T>(count: i32, n: i32, a: usize, values: usize, lower: bool, scratch: usize): i32 {
  const reduced = scratch, tau = reduced + alignedBytes<T>(n, paddedRow<T>(n));
  const d = tau + alignedBytes<T>(1, n), e = d + alignedBytes<f64>(1, n);
  const free = e + alignedBytes<f64>(1, n);
  for (let g = 0; g < count; g++) {
    const largest = largestEntry<T>(n * n, a);
    if (!(largest < Infinity)) return g + 1;
    const exponent = largest == 0 ? 0 : exponentOf(largest);
    loadTriangle<T>(n, a, lower, exponent, reduced);
    tridiagonalize<T>(n, reduced, d, e, tau, free);
    if (!qlValues<T>(n, d, e)) return -(g + 1);
    for (let i = 0; i < n; i++) {
      store<T>(values, unscaled<T>(get(d, i), exponent));
      values += sizeof<T>();
    }
    a += <usize>n * <usize>n * sizeof<T>();
  }
  return 0;
}
