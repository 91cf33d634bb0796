// Elementary functions on four float32 lanes.
//
// log, tanh and the range reduction of exp: S. Moshier's Cephes library (single precision: expf.c, logf.c, tanhf.c;
// public domain); the polynomial of exp is a minimax fit (Remez exchange) made for this file. erf: the polynomials of
// N. Juffa's erff (2016, BSD-2). All are evaluated without branches: variants are computed and selected per lane.
//
// Constants are splat from tables in memory: one instruction each, where V8 builds a v128 constant from four.
// pmin and pmax are one instruction too, and with the variable first they keep NaN.

import { entry, horner } from "./table";
import { madd, nmadd } from "./vector";

// @ts-ignore: decorator
@inline
function withSign(magnitude: v128, x: v128): v128 {
  return v128.or(magnitude, v128.and(x, i32x4.splat(0x80000000)));
}

const ONE = memory.data<f32>([1], 4);
const TWO = memory.data<f32>([2], 4);
// ln 2 = 0.693359375 − 0.000212194…: an exponent times the first part is exact.
const LN2_HIGH = memory.data<f32>([0.693359375], 4);
const LN2_LOW = memory.data<f32>([-2.12194440e-4], 4);

const EXP_MAX = memory.data<f32>([90], 4);
const EXP_MIN = memory.data<f32>([-105], 4);
const LOG2_E = memory.data<f32>([1.44269504088896341], 4);
/** Adding 1.5·2²³ rounds a float32 to an integer and leaves it in the low bits. */
const ROUNDING = memory.data<f32>([12582912], 4);
/** (eʳ − 1 − r)/r² on |r| ≤ ln 2 / 2: error 3.1e-9 of eʳ. */
const EXP = memory.data<f32>(
  [1.3814329494528645e-3, 8.3688510299449135e-3, 4.1668401012570626e-2, 1.6666519524713796e-1, 4.9999993372724069e-1], 4);

/** eʳ for r = x − n·ln 2, |r| ≤ ln 2 / 2. */
// @ts-ignore: decorator
@inline
function expReduced(x: v128, n: v128): v128 {
  const r = nmadd<f32>(n, entry<f32>(LN2_LOW, 0), nmadd<f32>(n, entry<f32>(LN2_HIGH, 0), x));
  let p = entry<f32>(EXP, 0);
  p = horner<f32>(p, r, EXP, 1);
  p = horner<f32>(p, r, EXP, 2);
  p = horner<f32>(p, r, EXP, 3);
  p = horner<f32>(p, r, EXP, 4);
  return f32x4.add(madd<f32>(p, f32x4.mul(r, r), r), entry<f32>(ONE, 0));
}

/** eˣ: x = n·ln 2 + r; 2ⁿ is applied in two factors so that subnormal results round once. */
// @ts-ignore: decorator
@inline
export function exp(x: v128): v128 {
  x = f32x4.pmax(f32x4.pmin(x, entry<f32>(EXP_MAX, 0)), entry<f32>(EXP_MIN, 0));
  const t = madd<f32>(x, entry<f32>(LOG2_E, 0), entry<f32>(ROUNDING, 0));
  const y = expReduced(x, f32x4.sub(t, entry<f32>(ROUNDING, 0)));
  // The low nine bits of t and of t >> 1 are those of n and of n >> 1.
  const one = entry<f32>(ONE, 0);
  const half = i32x4.shr_s(t, 1);
  const low = i32x4.add(i32x4.shl(half, 23), one);
  const high = i32x4.add(i32x4.shl(i32x4.sub(t, half), 23), one);
  return f32x4.mul(f32x4.mul(y, low), high);
}

/** Where |x| is no larger, eˣ is a normal number. */
export const EXP_NEAR = memory.data<f32>([87], 4);

/** eˣ for |x| ≤ 87: n goes straight into the exponent. */
// @ts-ignore: decorator
@inline
export function expNear(x: v128): v128 {
  const t = madd<f32>(x, entry<f32>(LOG2_E, 0), entry<f32>(ROUNDING, 0));
  return i32x4.add(expReduced(x, f32x4.sub(t, entry<f32>(ROUNDING, 0))), i32x4.shl(t, 23));
}

/** −127·ln 2, where 2ⁿ becomes the bits of 0. */
const EXP_ZERO = memory.data<f32>([-88.02969], 4);
/** 1.5·2²³ + 127: leaves the biased exponent in the low bits. */
const ROUNDING_BIASED = memory.data<f32>([12583039], 4);

/** eˣ for x ≤ 0; below 2⁻¹²⁶ it is 0. */
// @ts-ignore: decorator
@inline
export function expBelow(x: v128): v128 {
  x = f32x4.pmax(x, entry<f32>(EXP_ZERO, 0));
  const t = madd<f32>(x, entry<f32>(LOG2_E, 0), entry<f32>(ROUNDING_BIASED, 0));
  return f32x4.mul(expReduced(x, f32x4.sub(t, entry<f32>(ROUNDING_BIASED, 0))), i32x4.shl(t, 23));
}

const SMALLEST_NORMAL = memory.data<f32>([1.17549435e-38], 4);
const TWO_23 = memory.data<f32>([8388608], 4);
const LOG_23 = memory.data<f32>([23], 4);
const HALF = memory.data<f32>([0.5], 4);
const SQRT_HALF = memory.data<u32>([0x3f3504f3], 4);
const MANTISSA = memory.data<u32>([0x007fffff], 4);
const INFINITY = memory.data<f32>([Infinity], 4);
const MINUS_INFINITY = memory.data<f32>([-Infinity], 4);
const LOG = memory.data<f32>(
  [7.0376836292e-2, -1.1514610310e-1, 1.1676998740e-1, -1.2420140846e-1, 1.4249322787e-1, -1.6668057665e-1,
    2.0000714765e-1, -2.4999993993e-1, 3.3333331174e-1], 4);

/** ln x: x = m·2ᵉ with m in [√½, √2). */
// @ts-ignore: decorator
@inline
export function log(x: v128): v128 {
  const subnormal = f32x4.lt(x, entry<f32>(SMALLEST_NORMAL, 0));
  const scaled = v128.bitselect(f32x4.mul(x, entry<f32>(TWO_23, 0)), x, subnormal);
  // Subtracting the bits of √½ splits exponent and mantissa at √½ rather than at 1.
  const shifted = i32x4.sub(scaled, entry<f32>(SQRT_HALF, 0));
  let e = f32x4.convert_i32x4_s(i32x4.shr_s(shifted, 23));
  e = f32x4.sub(e, v128.and(subnormal, entry<f32>(LOG_23, 0)));
  const m = i32x4.add(v128.and(shifted, entry<f32>(MANTISSA, 0)), entry<f32>(SQRT_HALF, 0));
  const f = f32x4.sub(m, entry<f32>(ONE, 0));
  const z = f32x4.mul(f, f);
  let p = entry<f32>(LOG, 0);
  p = horner<f32>(p, f, LOG, 1);
  p = horner<f32>(p, f, LOG, 2);
  p = horner<f32>(p, f, LOG, 3);
  p = horner<f32>(p, f, LOG, 4);
  p = horner<f32>(p, f, LOG, 5);
  p = horner<f32>(p, f, LOG, 6);
  p = horner<f32>(p, f, LOG, 7);
  p = horner<f32>(p, f, LOG, 8);
  let y = f32x4.mul(f32x4.mul(p, f), z);
  y = madd<f32>(e, entry<f32>(LN2_LOW, 0), y);
  y = nmadd<f32>(z, entry<f32>(HALF, 0), y);
  y = madd<f32>(e, entry<f32>(LN2_HIGH, 0), f32x4.add(f, y));
  // ln 0 = −∞, ln(x < 0) = NaN; +∞ and NaN pass through.
  const zero = f32x4.splat(0);
  y = v128.bitselect(entry<f32>(MINUS_INFINITY, 0), y, f32x4.eq(x, zero));
  y = v128.or(y, f32x4.lt(x, zero));
  return v128.bitselect(y, x, f32x4.lt(x, entry<f32>(INFINITY, 0)));
}

const TANH_SPLIT = memory.data<f32>([0.625], 4);
/** Beyond 10, tanh rounds to 1. */
const TANH_ONE = memory.data<f32>([10], 4);
const TANH = memory.data<f32>(
  [-5.70498872745e-3, 2.06390887954e-2, -5.37397155531e-2, 1.33314422036e-1, -3.33332819422e-1], 4);

/** tanh: an odd polynomial below 0.625, 1 − 2/(e²ˣ + 1) above. */
// @ts-ignore: decorator
@inline
export function tanh(x: v128): v128 {
  const t = f32x4.abs(x);
  const s = f32x4.mul(t, t);
  let p = entry<f32>(TANH, 0);
  p = horner<f32>(p, s, TANH, 1);
  p = horner<f32>(p, s, TANH, 2);
  p = horner<f32>(p, s, TANH, 3);
  p = horner<f32>(p, s, TANH, 4);
  const small = f32x4.add(f32x4.mul(f32x4.mul(p, s), t), t);
  const one = entry<f32>(ONE, 0);
  const u = f32x4.pmin(t, entry<f32>(TANH_ONE, 0));
  const large = f32x4.sub(one, f32x4.div(entry<f32>(TWO, 0), f32x4.add(expNear(f32x4.add(u, u)), one)));
  return withSign(v128.bitselect(large, small, f32x4.ge(t, entry<f32>(TANH_SPLIT, 0))), x); // NaN takes the polynomial
}

const ERF_SPLIT = memory.data<f32>([0.921875], 4);
/** Beyond 4, erf rounds to 1; the clamp keeps the polynomial finite. */
const ERF_ONE = memory.data<f32>([4], 4);
const ERF_SMALL = memory.data<f32>(
  [-5.96761703e-4, 4.99119423e-3, -2.67681349e-2, 1.12819925e-1, -3.76125336e-1, 1.28379166e-1], 4);
const ERF_LARGE = memory.data<f32>(
  [-1.72853470e-5, 3.83197126e-4, -3.88396438e-3, 2.42546219e-2, -1.06777877e-1, -6.34846687e-1,
    -1.28717512e-1], 4);

/** erf: an odd polynomial below 0.921875, 1 − e^p(|x|) above. */
// @ts-ignore: decorator
@inline
export function erf(x: v128): v128 {
  const t = f32x4.abs(x);
  const s = f32x4.mul(t, t);
  let q = entry<f32>(ERF_SMALL, 0);
  q = horner<f32>(q, s, ERF_SMALL, 1);
  q = horner<f32>(q, s, ERF_SMALL, 2);
  q = horner<f32>(q, s, ERF_SMALL, 3);
  q = horner<f32>(q, s, ERF_SMALL, 4);
  q = horner<f32>(q, s, ERF_SMALL, 5);
  const small = f32x4.add(f32x4.mul(q, t), t);
  const u = f32x4.pmin(t, entry<f32>(ERF_ONE, 0));
  const v = f32x4.mul(u, u);
  const low = horner<f32>(entry<f32>(ERF_LARGE, 0), u, ERF_LARGE, 1);
  const mid = horner<f32>(entry<f32>(ERF_LARGE, 2), u, ERF_LARGE, 3);
  let p = f32x4.add(f32x4.mul(low, v), mid);
  p = horner<f32>(p, u, ERF_LARGE, 4);
  p = horner<f32>(p, u, ERF_LARGE, 5);
  p = horner<f32>(p, u, ERF_LARGE, 6);
  p = f32x4.sub(f32x4.mul(p, u), u);
  const large = f32x4.sub(entry<f32>(ONE, 0), expNear(p));
  return withSign(v128.bitselect(large, small, f32x4.ge(t, entry<f32>(ERF_SPLIT, 0))), x); // NaN takes the polynomial
}
