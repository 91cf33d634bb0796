// Elementary functions on two float64 lanes, and their maps, in place. Coefficients are minimax fits (Remez exchange)
// made for this file with mpmath at 50 digits; the error of each fit is stated beside it. Method of log: fdlibm's (Sun
// Microsystems, 1993), whose split of ln(1 + f) around f − f²/2 keeps the error below an ulp.

import { entry, horner } from "./table";
import { madd, nmadd } from "./vector";

export const ONE = memory.data<f64>([1], 8);
export const HALF = memory.data<f64>([0.5], 8);
export const TWO = memory.data<f64>([2], 8);
const EXP_MAX = memory.data<f64>([710], 8);
const EXP_MIN = memory.data<f64>([-746], 8);
/** Where |x| is no larger, eˣ is a normal number. */
const EXP_NEAR = memory.data<f64>([708], 8);
export const LOG2_E = memory.data<f64>([1.4426950408889634], 8);
// ln 2 in two parts; an exponent times the first is exact.
export const LN2_HIGH = memory.data<f64>([6.93147180369123816490e-1], 8);
export const LN2_LOW = memory.data<f64>([1.90821492927058770002e-10], 8);
/** Adding 1.5·2⁵² rounds a float64 to an integer and leaves it in the low bits. */
export const ROUNDING = memory.data<f64>([6755399441055744], 8);
/** (eʳ − 1 − r)/r² on |r| ≤ ln 2 / 2: error 3.6e-18 of eʳ. */
const EXP = memory.data<f64>(
  [
    2.500010835652620574e-8, 2.763026473122988665e-7, 2.755758627867279021e-6, 2.480149305623282483e-5,
    1.984126950663585295e-4, 1.388888894366775055e-3, 8.333333333494451927e-3, 4.166666666653003176e-2,
    0.1666666666666641252, 0.500000000000001064,
  ], 8);

/** (eʳ − 1 − r)/r² */
// @ts-ignore: decorator
@inline
export function expCurve(r: v128): v128 {
  let p = entry<f64>(EXP, 0);
  p = horner<f64>(p, r, EXP, 1);
  p = horner<f64>(p, r, EXP, 2);
  p = horner<f64>(p, r, EXP, 3);
  p = horner<f64>(p, r, EXP, 4);
  p = horner<f64>(p, r, EXP, 5);
  p = horner<f64>(p, r, EXP, 6);
  p = horner<f64>(p, r, EXP, 7);
  p = horner<f64>(p, r, EXP, 8);
  return horner<f64>(p, r, EXP, 9);
}

/** eʳ for r = x − n·ln 2, |r| ≤ ln 2 / 2. */
// @ts-ignore: decorator
@inline
function expReduced(x: v128, n: v128): v128 {
  const r = nmadd<f64>(n, entry<f64>(LN2_LOW, 0), nmadd<f64>(n, entry<f64>(LN2_HIGH, 0), x));
  return f64x2.add(madd<f64>(expCurve(r), f64x2.mul(r, r), r), entry<f64>(ONE, 0));
}

/** eˣ; 2ⁿ is applied in two factors so that subnormal results round once. */
// @ts-ignore: decorator
@inline
function exp(x: v128): v128 {
  x = f64x2.pmax(f64x2.pmin(x, entry<f64>(EXP_MAX, 0)), entry<f64>(EXP_MIN, 0));
  const t = madd<f64>(x, entry<f64>(LOG2_E, 0), entry<f64>(ROUNDING, 0));
  const n = f64x2.sub(t, entry<f64>(ROUNDING, 0));
  const y = expReduced(x, n);
  const half = madd<f64>(n, entry<f64>(HALF, 0), entry<f64>(ROUNDING, 0)); // the low bits are n/2, rounded
  const one = entry<f64>(ONE, 0);
  const low = i64x2.add(i64x2.shl(half, 52), one);
  const high = i64x2.add(i64x2.shl(i64x2.sub(t, half), 52), one);
  return f64x2.mul(f64x2.mul(y, low), high);
}

/** eˣ for |x| ≤ 708: n goes straight into the exponent. */
// @ts-ignore: decorator
@inline
function expNear(x: v128): v128 {
  const t = madd<f64>(x, entry<f64>(LOG2_E, 0), entry<f64>(ROUNDING, 0));
  return i64x2.add(expReduced(x, f64x2.sub(t, entry<f64>(ROUNDING, 0))), i64x2.shl(t, 52));
}

/** −1023·ln 2, where 2ⁿ becomes the bits of 0. */
const EXP_ZERO = memory.data<f64>([-709.0895657128241], 8);
/** 1.5·2⁵² + 1023: leaves the biased exponent in the low bits. */
const ROUNDING_BIASED = memory.data<f64>([6755399441056767], 8);

/** eˣ for x ≤ 0; below 2⁻¹⁰²² it is 0. */
// @ts-ignore: decorator
@inline
export function expBelow(x: v128): v128 {
  x = f64x2.pmax(x, entry<f64>(EXP_ZERO, 0));
  const t = madd<f64>(x, entry<f64>(LOG2_E, 0), entry<f64>(ROUNDING_BIASED, 0));
  return f64x2.mul(expReduced(x, f64x2.sub(t, entry<f64>(ROUNDING_BIASED, 0))), i64x2.shl(t, 52));
}

export const SMALLEST_NORMAL = memory.data<f64>([2.2250738585072014e-308], 8);
export const TWO_52 = memory.data<f64>([4503599627370496], 8);
export const LOG_52 = memory.data<f64>([52], 8);
/** The bits of √½, and those less the bits of 1: what lifts the exponent of numbers from √½ on to a biased one. */
const SQRT_HALF = memory.data<u64>([0x3fe6a09e667f3bcd], 8);
const EXPONENT_LIFT = memory.data<u64>([0x3ff0000000000000 - 0x3fe6a09e667f3bcd], 8);
const MANTISSA = memory.data<u64>([0x000fffffffffffff], 8);
const TWO_52_BIASED = memory.data<f64>([4503599627370496 + 1023], 8);
export const INFINITY = memory.data<f64>([Infinity], 8);
export const MINUS_INFINITY = memory.data<f64>([-Infinity], 8);
/** (ln((1 + s)/(1 − s)) − 2s)/s³ in s² on s² ≤ (√2 − 1)²/(√2 + 1)²: error 1.3e-18 of the logarithm's 2s. */
const LOG = memory.data<f64>(
  [
    0.1479673585779263176, 0.1531397620315477185, 0.1818356705952592687, 0.2222219852408421958,
    0.2857142874283000875, 0.3999999999941286268, 0.6666666666666734658,
  ], 8);

/** e of a normal x = m·2ᵉ with m in [√½, √2). */
// @ts-ignore: decorator
@inline
export function exponentOf(x: v128): v128 {
  const biased = i64x2.shr_u(i64x2.add(x, entry<f64>(EXPONENT_LIFT, 0)), 52);
  return f64x2.sub(v128.or(biased, entry<f64>(TWO_52, 0)), entry<f64>(TWO_52_BIASED, 0));
}

/** m of it. */
// @ts-ignore: decorator
@inline
export function mantissaOf(x: v128): v128 {
  const shifted = i64x2.sub(x, entry<f64>(SQRT_HALF, 0));
  return i64x2.add(v128.and(shifted, entry<f64>(MANTISSA, 0)), entry<f64>(SQRT_HALF, 0));
}

/** ln x: x = m·2ᵉ, f = m − 1, s = f/(2 + f). */
// @ts-ignore: decorator
@inline
function log(x: v128): v128 {
  const subnormal = f64x2.lt(x, entry<f64>(SMALLEST_NORMAL, 0));
  const scaled = v128.bitselect(f64x2.mul(x, entry<f64>(TWO_52, 0)), x, subnormal);
  const e = f64x2.sub(exponentOf(scaled), v128.and(subnormal, entry<f64>(LOG_52, 0)));
  const f = f64x2.sub(mantissaOf(scaled), entry<f64>(ONE, 0));
  const s = f64x2.div(f, f64x2.add(f, entry<f64>(TWO, 0)));
  const z = f64x2.mul(s, s);
  let p = entry<f64>(LOG, 0);
  p = horner<f64>(p, z, LOG, 1);
  p = horner<f64>(p, z, LOG, 2);
  p = horner<f64>(p, z, LOG, 3);
  p = horner<f64>(p, z, LOG, 4);
  p = horner<f64>(p, z, LOG, 5);
  p = horner<f64>(p, z, LOG, 6);
  const square = f64x2.mul(f64x2.mul(f, f), entry<f64>(HALF, 0));
  const low = madd<f64>(s, madd<f64>(p, z, square), f64x2.mul(e, entry<f64>(LN2_LOW, 0)));
  let y = madd<f64>(e, entry<f64>(LN2_HIGH, 0), f64x2.sub(f, f64x2.sub(square, low)));
  // ln 0 = −∞, ln(x < 0) = NaN; +∞ and NaN pass through.
  const zero = f64x2.splat(0);
  y = v128.bitselect(entry<f64>(MINUS_INFINITY, 0), y, f64x2.eq(x, zero));
  y = v128.or(y, f64x2.lt(x, zero));
  return v128.bitselect(y, x, f64x2.lt(x, entry<f64>(INFINITY, 0)));
}

const EXP_MAP = 0, LOG_MAP = 1, RELU = 2, SQRT = 3, RSQRT = 4;

// @ts-ignore: decorator
@inline
function apply(op: i32, x: v128): v128 {
  if (op == EXP_MAP) return exp(x);
  if (op == LOG_MAP) return log(x);
  if (op == RELU) return f64x2.pmax(x, f64x2.splat(0));
  if (op == SQRT) return f64x2.sqrt(x);
  return f64x2.div(f64x2.splat(1), f64x2.sqrt(x));
}

/** Whether all lanes are at most 708 in magnitude, so that `expNear` will do; a NaN is not. */
// @ts-ignore: decorator
@inline
function allNear(x0: v128, x1: v128, x2: v128, x3: v128): bool {
  const largest = f64x2.pmax(
    f64x2.pmax(f64x2.abs(x0), f64x2.abs(x1)),
    f64x2.pmax(f64x2.abs(x2), f64x2.abs(x3)),
  );
  return i64x2.bitmask(f64x2.le(largest, entry<f64>(EXP_NEAR, 0))) == 3;
}

/** Four vectors at a time, as in elementwise.ts. */
// @ts-ignore: decorator
@inline
function map(op: i32, at: usize, count: i32): void {
  const end = at + <usize>count * 8;
  for (; at < end; at += 64) {
    const x0 = v128.load(at), x1 = v128.load(at, 16), x2 = v128.load(at, 32), x3 = v128.load(at, 48);
    if (op != EXP_MAP || allNear(x0, x1, x2, x3)) {
      const y0 = op == EXP_MAP ? expNear(x0) : apply(op, x0), y1 = op == EXP_MAP ? expNear(x1) : apply(op, x1);
      const y2 = op == EXP_MAP ? expNear(x2) : apply(op, x2), y3 = op == EXP_MAP ? expNear(x3) : apply(op, x3);
      v128.store(at, y0);
      v128.store(at, y1, 16);
      v128.store(at, y2, 32);
      v128.store(at, y3, 48);
    } else {
      for (let i: usize = 0; i < 64; i += 16) v128.store(at + i, apply(op, v128.load(at + i)));
    }
  }
}

export function expF64(at: usize, count: i32): void { map(EXP_MAP, at, count); }
export function logF64(at: usize, count: i32): void { map(LOG_MAP, at, count); }
export function reluF64(at: usize, count: i32): void { map(RELU, at, count); }
export function sqrtF64(at: usize, count: i32): void { map(SQRT, at, count); }
export function rsqrtF64(at: usize, count: i32): void { map(RSQRT, at, count); }
