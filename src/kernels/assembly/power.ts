// xʸ with the special cases of IEEE 754, in lanes of float32 (computed in float64, rounded once) and of float64.

import {
  exponentOf, HALF, INFINITY, LOG_52, mantissaOf, MINUS_INFINITY, ONE, ROUNDING, SMALLEST_NORMAL, TWO, TWO_52,
} from "./double";
import { productLow, sumLow } from "./exact";
import { curved, growthLow, halved, power as powerOfTwo } from "./extended";
import { entry, horner } from "./table";
import { madd } from "./vector";
import { exp64, join, LN2, promoteHigh } from "./wide";

/** Brings sign and special cases to |x|ʸ, which may be NaN in those. */
// @ts-ignore: decorator
@inline
function settle<T>(magnitude: v128, x: v128, y: v128): v128 {
  const one = v128.splat<T>(<T>1), infinity = v128.splat<T>(<T>Infinity);
  const whole = v128.eq<T>(v128.floor<T>(y), y);
  const half = v128.mul<T>(y, v128.splat<T>(<T>0.5));
  const odd = v128.andnot(whole, v128.eq<T>(v128.floor<T>(half), half));
  const signed = v128.xor(magnitude, v128.and(v128.and(x, v128.splat<T>(<T>-0.0)), odd));
  const negative = v128.and(v128.lt<T>(x, v128.splat<T>(<T>0)), v128.ne<T>(v128.abs<T>(x), infinity));
  const real = v128.or(signed, v128.andnot(negative, whole)); // NaN for a fraction of a negative number
  const balanced = v128.and(v128.eq<T>(v128.abs<T>(x), one), v128.eq<T>(v128.abs<T>(y), infinity));
  const alwaysOne = v128.or(v128.or(v128.eq<T>(x, one), balanced), v128.eq<T>(y, v128.splat<T>(<T>0)));
  return v128.bitselect(one, real, alwaysOne);
}

/** −∞ for x = 0, x itself for ∞ and NaN, otherwise the logarithm that was computed. */
// @ts-ignore: decorator
@inline
function atEnds(logarithm: v128, x: v128): v128 {
  const y = v128.bitselect(entry<f64>(MINUS_INFINITY, 0), logarithm, f64x2.eq(x, f64x2.splat(0)));
  return v128.bitselect(y, x, f64x2.lt(x, entry<f64>(INFINITY, 0)));
}

/** ln((1 + s)/(1 − s))/s in s² on s² ≤ (√2 − 1)²/(√2 + 1)²: relative error 2⁻⁴⁵. */
const LOG = memory.data<f64>(
  [
    0.1960923439385103, 0.22174167259714958, 0.285721682441753, 0.3999999487011433, 0.6666666667965773,
    1.9999999999999467,
  ], 8);

/** xʸ for x ≥ 0, in float64 lanes that hold float32 values; relative error 2⁻³³. */
// @ts-ignore: decorator
@inline
function rough(x: v128, y: v128): v128 {
  const f = f64x2.sub(mantissaOf(x), entry<f64>(ONE, 0));
  const s = f64x2.div(f, f64x2.add(f, entry<f64>(TWO, 0))), z = f64x2.mul(s, s);
  let p = entry<f64>(LOG, 0);
  p = horner<f64>(p, z, LOG, 1);
  p = horner<f64>(p, z, LOG, 2);
  p = horner<f64>(p, z, LOG, 3);
  p = horner<f64>(p, z, LOG, 4);
  p = horner<f64>(p, z, LOG, 5);
  return exp64(f64x2.mul(y, atEnds(madd<f64>(exponentOf(x), entry<f64>(LN2, 0), f64x2.mul(s, p)), x)));
}

// 2/ln 2, 1/3 and ln 2, each in two parts.
const TWO_LOG2_E = memory.data<f64>([2.8853900817779268, 4.0710547481862066e-17], 8);
const THIRD = memory.data<f64>([0.3333333333333333, 1.850371707708594e-17], 8);
const LN2_PARTS = memory.data<f64>([0.6931471805599453, 2.3190468138462996e-17], 8);
/** (artanh(s)/s − 1 − s²/3)/s⁴ in s² on the interval above: error 2⁻⁷³ of artanh(s)/s. */
const ARTANH = memory.data<f64>(
  [
    0.05994503329961655, 0.05837409677512124, 0.06668158686699163, 0.07692278436152035, 0.09090909435146677,
    0.1111111110876833, 0.14285714285722556, 0.1999999999999999,
  ], 8);
/** To this power even the number next to 1 overflows or vanishes: 2⁷⁰. */
const LARGEST_POWER = memory.data<f64>([1.1805916207174113e21], 8);
/** Beyond it, 2ᵗ does. */
const FARTHEST = memory.data<f64>([1100], 8);

/**
 * xʸ = 2^(y·log₂ x) for x ≥ 0. The logarithm, its multiple and the power's low part are kept in two numbers: an error of
 * 2⁻⁶⁴ in log₂ x becomes one of 2⁻⁵⁴ in the largest results.
 */
// @ts-ignore: decorator
@inline
function precise(x: v128, exponent: v128): v128 {
  const one = entry<f64>(ONE, 0), two = entry<f64>(TWO, 0);
  const subnormal = f64x2.lt(x, entry<f64>(SMALLEST_NORMAL, 0));
  const scaled = v128.bitselect(f64x2.mul(x, entry<f64>(TWO_52, 0)), x, subnormal);
  const e = f64x2.sub(exponentOf(scaled), v128.and(subnormal, entry<f64>(LOG_52, 0)));
  // s = f/(2 + f)
  const f = f64x2.sub(mantissaOf(scaled), one);
  const d = f64x2.add(two, f), inverse = f64x2.div(one, d);
  const s = f64x2.mul(f, inverse), back = f64x2.mul(s, d);
  const missing = f64x2.sub(f64x2.sub(f, back), productLow(s, d, back));
  const sLow = f64x2.mul(f64x2.sub(missing, f64x2.mul(s, sumLow(two, f, d))), inverse);
  // log₂ m = 2/ln 2·s·(1 + a), a = s²/3 + s⁴·(…)
  const z = f64x2.mul(s, s), zLow = f64x2.add(productLow(s, s, z), f64x2.mul(f64x2.mul(two, s), sLow));
  let p = entry<f64>(ARTANH, 0);
  for (let i: usize = 1; i < 8; i++) p = horner<f64>(p, z, ARTANH, i);
  const third = entry<f64>(THIRD, 0);
  const a = f64x2.mul(z, third);
  const aRest = f64x2.add(f64x2.mul(z, entry<f64>(THIRD, 1)), f64x2.mul(zLow, third));
  const aLow = f64x2.add(f64x2.add(productLow(z, third, a), aRest), f64x2.mul(f64x2.mul(z, z), p));
  const factor = entry<f64>(TWO_LOG2_E, 0);
  const b = f64x2.mul(s, factor);
  const bRest = f64x2.add(f64x2.mul(s, entry<f64>(TWO_LOG2_E, 1)), f64x2.mul(sLow, factor));
  const bLow = f64x2.add(productLow(s, factor, b), bRest);
  const ab = f64x2.mul(a, b);
  const abLow = f64x2.add(productLow(a, b, ab), f64x2.add(f64x2.mul(aLow, b), f64x2.mul(a, bLow)));
  const eb = f64x2.add(e, b), sum = f64x2.add(eb, ab);
  const rest = f64x2.add(f64x2.add(sumLow(e, b, eb), sumLow(eb, ab, sum)), f64x2.add(bLow, abLow));
  const total = f64x2.add(sum, rest);
  const logLow = sumLow(sum, rest, total);
  const log = atEnds(total, x);
  // t = y·log₂ x = n + r
  const limit = entry<f64>(LARGEST_POWER, 0);
  const y = f64x2.pmax(f64x2.pmin(exponent, limit), f64x2.neg(limit));
  const product = f64x2.mul(y, log);
  const within = f64x2.le(f64x2.abs(product), entry<f64>(FARTHEST, 0));
  const tLow = v128.and(f64x2.add(productLow(y, log, product), f64x2.mul(y, logLow)), within);
  const t = f64x2.pmax(f64x2.pmin(product, entry<f64>(FARTHEST, 0)), f64x2.neg(entry<f64>(FARTHEST, 0)));
  const bits = f64x2.add(t, entry<f64>(ROUNDING, 0)), n = f64x2.sub(bits, entry<f64>(ROUNDING, 0));
  const r = f64x2.sub(t, n), ln2 = entry<f64>(LN2_PARTS, 0);
  const w = f64x2.mul(r, ln2);
  const wRest = f64x2.add(f64x2.mul(r, entry<f64>(LN2_PARTS, 1)), f64x2.mul(tLow, ln2));
  const wLow = f64x2.add(productLow(r, ln2, w), wRest);
  const c = curved(w), growth = f64x2.add(w, c);
  const g = f64x2.add(one, growth);
  const gLow = f64x2.add(sumLow(one, growth, g), growthLow(w, c, growth, wLow));
  const middle = halved(n);
  const scale = f64x2.mul(f64x2.add(g, gLow), powerOfTwo(middle));
  return f64x2.mul(scale, powerOfTwo(i64x2.sub(bits, middle)));
}

export function powF32(x: v128, y: v128): v128 {
  const a = f32x4.abs(x);
  const low = rough(f64x2.promote_low_f32x4(a), f64x2.promote_low_f32x4(y));
  return settle<f32>(join(low, rough(promoteHigh(a), promoteHigh(y))), x, y);
}

export function powF64(x: v128, y: v128): v128 {
  return settle<f64>(precise(f64x2.abs(x), y), x, y);
}
