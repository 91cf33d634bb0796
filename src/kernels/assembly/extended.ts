// Float64 functions that one rounding after the other would take beyond 2 ulp: the intermediate results are sums of two
// float64 numbers, high + low.

import { entry, horner } from "./table";
import { expCurve, HALF, LN2_HIGH, LN2_LOW, LOG2_E, ONE, ROUNDING } from "./double";
import { productLow, quotient, sumLow } from "./exact";
import { atCentre, fromCentre, rowOf } from "./tail";
import { madd, nmadd } from "./vector";

// e^(x + low) = 2ⁿ·(1 + s), with n in the low bits of `steps(x)` and s, |s| < 0.42, in two parts.

// @ts-ignore: decorator
@inline
function steps(x: v128): v128 {
  return madd<f64>(x, entry<f64>(LOG2_E, 0), entry<f64>(ROUNDING, 0));
}

/** r = x − n·ln 2 without its last bits, which are `reducedLow`. */
// @ts-ignore: decorator
@inline
function reduced(x: v128, n: v128): v128 {
  return f64x2.sub(nmadd<f64>(n, entry<f64>(LN2_HIGH, 0), x), f64x2.mul(n, entry<f64>(LN2_LOW, 0)));
}

// @ts-ignore: decorator
@inline
function reducedLow(x: v128, n: v128, r: v128): v128 {
  const exact = nmadd<f64>(n, entry<f64>(LN2_HIGH, 0), x);
  return f64x2.sub(f64x2.sub(exact, r), f64x2.mul(n, entry<f64>(LN2_LOW, 0)));
}

/** eʳ − 1 − r */
// @ts-ignore: decorator
@inline
export function curved(r: v128): v128 {
  return f64x2.mul(expCurve(r), f64x2.mul(r, r));
}

/** The low part of s = r + c, where r lacks `low`: e^(r + low) = e^r·(1 + low). */
// @ts-ignore: decorator
@inline
export function growthLow(r: v128, c: v128, s: v128, low: v128): v128 {
  return f64x2.add(sumLow(r, c, s), f64x2.add(low, f64x2.mul(low, s)));
}

/** 2ⁿ for n of a normal number. */
// @ts-ignore: decorator
@inline
export function power(t: v128): v128 {
  return i64x2.add(i64x2.shl(t, 52), entry<f64>(ONE, 0));
}

/** The integer nearest to half of n, in the low bits: 2ⁿ in two factors reaches below the normal numbers. */
// @ts-ignore: decorator
@inline
export function halved(n: v128): v128 {
  return madd<f64>(n, entry<f64>(HALF, 0), entry<f64>(ROUNDING, 0));
}

/** NaN where x is −∞, as the formulas of gelu and silu have it there: −∞·0. */
// @ts-ignore: decorator
@inline
function rejectMinusInfinity(y: v128, x: v128): v128 {
  return v128.or(y, f64x2.eq(x, f64x2.splat(-Infinity)));
}

/** Below it the exponential and all its products here underflow. */
const LEAST = memory.data<f64>([-760], 8);

/** factor / (1 + e^−(z + low)) */
// @ts-ignore: decorator
@inline
function logistic(z: v128, low: v128, factor: v128): v128 {
  const negative = f64x2.lt(z, f64x2.splat(0));
  const x = f64x2.pmax(f64x2.neg(f64x2.abs(z)), entry<f64>(LEAST, 0));
  const t = steps(x), n = f64x2.sub(t, entry<f64>(ROUNDING, 0));
  const r = reduced(x, n), c = curved(r), s = f64x2.add(r, c);
  const sign = v128.and(z, f64x2.splat(-0.0));
  const xLow = v128.xor(v128.xor(low, sign), f64x2.splat(-0.0)); // −|z| is z or −z, and so is its low part
  const sLow = growthLow(r, c, s, f64x2.add(reducedLow(x, n, r), xLow));
  const one = entry<f64>(ONE, 0);
  const g = f64x2.add(one, s), gLow = f64x2.add(sumLow(one, s, g), sLow);
  const half = halved(n);
  const small = power(half), large = power(i64x2.sub(t, half));
  const e = f64x2.mul(f64x2.mul(g, small), large), eLow = f64x2.mul(f64x2.mul(gLow, small), large);
  const d = f64x2.add(one, e), dLow = f64x2.add(sumLow(one, e, d), eLow);
  const q = quotient(v128.bitselect(g, one, negative), v128.and(gLow, negative), d, dLow);
  const y = f64x2.mul(q, factor);
  return v128.bitselect(f64x2.mul(f64x2.mul(y, small), large), y, negative);
}

/** (1 − e)/(1 + e) with e = e^(−2|x|). Subtracting in parts keeps small results exact: 1 − e = (1 − 2ⁿ) − 2ⁿ·s. */
// @ts-ignore: decorator
@inline
function tanh(v: v128): v128 {
  const x = f64x2.mul(f64x2.pmin(f64x2.abs(v), f64x2.splat(22)), f64x2.splat(-2));
  const t = steps(x), n = f64x2.sub(t, entry<f64>(ROUNDING, 0));
  const r = reduced(x, n), c = curved(r), s = f64x2.add(r, c);
  const sLow = growthLow(r, c, s, reducedLow(x, n, r));
  const one = entry<f64>(ONE, 0), scale = power(t);
  const e = f64x2.mul(scale, s), eLow = f64x2.mul(scale, sLow);
  const a = f64x2.sub(one, scale), b = f64x2.add(one, scale);
  const aLow = f64x2.sub(f64x2.sub(one, a), scale), bLow = sumLow(one, scale, b);
  const above = f64x2.sub(a, e), below = f64x2.add(b, e);
  const aboveLow = f64x2.add(f64x2.sub(f64x2.sub(a, above), e), f64x2.sub(aLow, eLow));
  const belowLow = f64x2.add(sumLow(b, e, below), f64x2.add(bLow, eLow));
  const y = quotient(above, aboveLow, below, belowLow);
  return v128.or(f64x2.abs(y), v128.and(v, f64x2.splat(-0.0)));
}

const ERF_SPLIT = memory.data<f64>([0.5], 8);
/** Beyond it, erf rounds to 1. */
const ERF_ONE = memory.data<f64>([6], 8);
const SQRT_TWO = memory.data<f64>([1.4142135623730951], 8);
/** erf(x)/x − 1 in x² on |x| ≤ ½: error 2⁻⁵⁶. */
const ERF = memory.data<f64>(
  [
    -1.0958654538847351e-09, 1.4721521176389801e-08, -1.636264690374604e-07, 1.6462038363970583e-06,
    -1.4925649162903559e-05, 0.00012055332969230665, -0.0008548327023363943, 0.005223977625441806,
    -0.026866170645131242, 0.11283791670955126, -0.37612638903183754, 0.1283791670955126,
  ], 8);

/** A polynomial up to ½, 1 − 2·Φ(−√2·x) beyond. */
// @ts-ignore: decorator
@inline
function erf(v: v128): v128 {
  const one = entry<f64>(ONE, 0);
  const u = f64x2.pmin(f64x2.abs(v), entry<f64>(ERF_ONE, 0));
  const square = f64x2.mul(u, u);
  let p = entry<f64>(ERF, 0);
  for (let i: usize = 1; i < 12; i++) p = horner<f64>(p, square, ERF, i);
  const small = f64x2.add(u, f64x2.mul(u, p));
  const x = f64x2.neg(square), xLow = f64x2.neg(productLow(u, u, square));
  const t = steps(x), n = f64x2.sub(t, entry<f64>(ROUNDING, 0));
  const r = reduced(x, n), c = curved(r), s = f64x2.add(r, c);
  const g = f64x2.add(one, f64x2.add(s, growthLow(r, c, s, f64x2.add(reducedLow(x, n, r), xLow))));
  const w = f64x2.mul(u, entry<f64>(SQRT_TWO, 0));
  const first = rowOf(f64x2.extract_lane(w, 0)), second = rowOf(f64x2.extract_lane(w, 1));
  const tail = f64x2.add(atCentre(first, second), fromCentre(w, first, second));
  const twice = f64x2.mul(f64x2.mul(tail, g), power(t));
  const large = f64x2.sub(one, f64x2.add(twice, twice));
  const y = v128.bitselect(large, small, f64x2.ge(u, entry<f64>(ERF_SPLIT, 0)));
  return v128.or(y, v128.and(v, f64x2.splat(-0.0)));
}

/** x·Φ(x), from Φ(−|x|) = e^(−x²/2) times the scaled tail. */
// @ts-ignore: decorator
@inline
function gelu(v: v128): v128 {
  const one = entry<f64>(ONE, 0), half = entry<f64>(HALF, 0);
  const u = f64x2.pmin(f64x2.abs(v), f64x2.splat(39));
  const square = f64x2.mul(u, u);
  const x = f64x2.neg(f64x2.mul(square, half)), xLow = f64x2.neg(f64x2.mul(productLow(u, u, square), half));
  const t = steps(x), n = f64x2.sub(t, entry<f64>(ROUNDING, 0));
  const r = reduced(x, n), c = curved(r), s = f64x2.add(r, c);
  const sLow = growthLow(r, c, s, f64x2.add(reducedLow(x, n, r), xLow));
  const g = f64x2.add(one, s), gLow = f64x2.add(sumLow(one, s, g), sLow);
  const first = rowOf(f64x2.extract_lane(u, 0)), second = rowOf(f64x2.extract_lane(u, 1));
  const centre = atCentre(first, second), rest = fromCentre(u, first, second);
  const f = f64x2.add(centre, rest), fLow = sumLow(centre, rest, f);
  const p = f64x2.mul(g, f);
  const pLow = f64x2.add(productLow(g, f, p), f64x2.add(f64x2.mul(g, fLow), f64x2.mul(gLow, f)));
  const middle = halved(n);
  const small = power(middle), large = power(i64x2.sub(t, middle));
  const tail = f64x2.mul(f64x2.mul(p, small), large), tailLow = f64x2.mul(f64x2.mul(pLow, small), large);
  const rise = f64x2.sub(one, tail), riseLow = f64x2.sub(f64x2.sub(f64x2.sub(one, rise), tail), tailLow);
  const positive = f64x2.mul(v, f64x2.add(rise, riseLow));
  const negative = f64x2.neg(f64x2.mul(f64x2.mul(f64x2.mul(u, f64x2.add(p, pLow)), small), large));
  return rejectMinusInfinity(v128.bitselect(negative, positive, f64x2.lt(v, f64x2.splat(0))), v);
}

// 2·√(2/π) and 0.044715 times it, in two parts.
const TANH_LINEAR = memory.data<f64>([1.5957691216057308, -9.96930880911092e-17], 8);
const TANH_CUBIC = memory.data<f64>([0.07135481627260025, -6.175149918155315e-19], 8);

/** x·sigmoid(z), z = 2·√(2/π)·(x + 0.044715·x³) in two parts. */
// @ts-ignore: decorator
@inline
function geluTanh(v: v128): v128 {
  const x = f64x2.pmin(f64x2.pmax(v, f64x2.splat(-30)), f64x2.splat(30)); // sigmoid is 0 and 1 beyond
  const square = f64x2.mul(x, x), squareLow = productLow(x, x, square);
  const linear = entry<f64>(TANH_LINEAR, 0), cubic = entry<f64>(TANH_CUBIC, 0);
  const w = f64x2.mul(cubic, square);
  const wLow = f64x2.add(
    productLow(cubic, square, w),
    f64x2.add(f64x2.mul(cubic, squareLow), f64x2.mul(entry<f64>(TANH_CUBIC, 1), square)),
  );
  const sum = f64x2.add(linear, w);
  const back = f64x2.sub(sum, linear); // either term may be the larger
  const lost = f64x2.add(f64x2.sub(linear, f64x2.sub(sum, back)), f64x2.sub(w, back));
  const sumRest = f64x2.add(f64x2.add(lost, wLow), entry<f64>(TANH_LINEAR, 1));
  const z = f64x2.mul(x, sum);
  const zLow = f64x2.add(productLow(x, sum, z), f64x2.mul(x, sumRest));
  return rejectMinusInfinity(logistic(z, zLow, f64x2.pmax(v, f64x2.splat(-30))), v);
}

const TANH = 0, SIGMOID = 1, SILU = 2, ERF_MAP = 3, GELU = 4, GELU_TANH = 5;

// @ts-ignore: decorator
@inline
function map(op: i32, at: usize, count: i32): void {
  const end = at + <usize>count * 8, zero = f64x2.splat(0);
  for (; at < end; at += 16) {
    const x = v128.load(at);
    let y = zero;
    if (op == TANH) y = tanh(x);
    else if (op == SIGMOID) y = logistic(x, zero, entry<f64>(ONE, 0));
    else if (op == SILU) y = rejectMinusInfinity(logistic(x, zero, f64x2.pmax(x, entry<f64>(LEAST, 0))), x);
    else if (op == ERF_MAP) y = erf(x);
    else if (op == GELU) y = gelu(x);
    else y = geluTanh(x);
    v128.store(at, y);
  }
}

export function tanhF64(at: usize, count: i32): void { map(TANH, at, count); }
export function sigmoidF64(at: usize, count: i32): void { map(SIGMOID, at, count); }
export function siluF64(at: usize, count: i32): void { map(SILU, at, count); }
export function erfF64(at: usize, count: i32): void { map(ERF_MAP, at, count); }
export function geluF64(at: usize, count: i32): void { map(GELU, at, count); }
export function geluTanhF64(at: usize, count: i32): void { map(GELU_TANH, at, count); }
