// Functions whose tails float32 arithmetic cannot hold: each half of a vector is computed in two float64 lanes
// and rounded once. Coefficients are minimax fits (Remez exchange, relative error) made for this file with
// mpmath at 40 digits; the error of each fit is stated beside it and lies far below half an ulp of float32.

import { HALF, LOG2_E, ONE, ROUNDING, TWO } from "./double";
import { entry, horner } from "./table";
import { high, madd, nmadd } from "./vector";

const EXP_MAX = memory.data<f64>([700], 8);
const EXP_MIN = memory.data<f64>([-700], 8);
export const LN2 = memory.data<f64>([0.6931471805599453], 8);
/** eʳ on |r| ≤ ln 2 / 2: relative error 4e-11. */
const EXP = memory.data<f64>(
  [
    1.9775096523295188e-4, 1.3948242381274818e-3, 8.3335615720867774e-3, 4.1666224549827113e-2,
    0.16666665121301309, 0.50000001048451825, 1.0000000002441037, 0.99999999996153254,
  ], 8);

/** eˣ with relative error below 1e-10 on |x| ≤ 700; 0 below, e⁷⁰⁰ above. */
// @ts-ignore: decorator
@inline
export function exp64(x: v128): v128 {
  const a = f64x2.pmax(f64x2.pmin(x, entry<f64>(EXP_MAX, 0)), entry<f64>(EXP_MIN, 0));
  const t = madd<f64>(a, entry<f64>(LOG2_E, 0), entry<f64>(ROUNDING, 0));
  const r = nmadd<f64>(f64x2.sub(t, entry<f64>(ROUNDING, 0)), entry<f64>(LN2, 0), a);
  let p = entry<f64>(EXP, 0);
  p = horner<f64>(p, r, EXP, 1);
  p = horner<f64>(p, r, EXP, 2);
  p = horner<f64>(p, r, EXP, 3);
  p = horner<f64>(p, r, EXP, 4);
  p = horner<f64>(p, r, EXP, 5);
  p = horner<f64>(p, r, EXP, 6);
  p = horner<f64>(p, r, EXP, 7);
  // The low twelve bits of t are those of n.
  const y = i64x2.add(p, i64x2.shl(t, 52));
  return v128.andnot(y, f64x2.lt(x, entry<f64>(EXP_MIN, 0)));
}

/** eˣ/(1 + eˣ): exactly 0 at −∞, so that silu and gelu give −∞·0 = NaN there, as their formulas do. */
// @ts-ignore: decorator
@inline
function sigmoid64(x: v128): v128 {
  const e = exp64(x);
  return f64x2.div(e, f64x2.add(entry<f64>(ONE, 0), e));
}

const SQRT_HALF = memory.data<f64>([0.7071067811865476], 8);
const MINUS_HALF = memory.data<f64>([-0.5], 8);
/** ½·erfcx(z)/T on 0 ≤ z ≤ 10.7, beyond which x·Φ(x) underflows: relative error 4e-10. */
const ERFCX = memory.data<f64>(
  [
    -0.014089100946562847, 0.10663824746248779, -0.3429149439734381, 0.5926432067182128,
    -0.5667333612824625, 0.2888366606011868, -0.1290976441000981, 0.07685491111893322,
    0.08161375732407587, 0.12420741386719818, 0.14099173080065225, 0.14104912259419172,
  ], 8);

/** x·Φ(x), Φ(−t) = ½·erfc(t/√2) = ½·e^(−t²/2)·erfcx(t/√2); erfcx(z)/T is a polynomial in T = 2/(2 + z). */
// @ts-ignore: decorator
@inline
function gelu64(x: v128): v128 {
  const t = f64x2.abs(x);
  const T = f64x2.div(entry<f64>(TWO, 0), f64x2.add(f64x2.mul(t, entry<f64>(SQRT_HALF, 0)), entry<f64>(TWO, 0)));
  let p = entry<f64>(ERFCX, 0);
  p = horner<f64>(p, T, ERFCX, 1);
  p = horner<f64>(p, T, ERFCX, 2);
  p = horner<f64>(p, T, ERFCX, 3);
  p = horner<f64>(p, T, ERFCX, 4);
  p = horner<f64>(p, T, ERFCX, 5);
  p = horner<f64>(p, T, ERFCX, 6);
  p = horner<f64>(p, T, ERFCX, 7);
  p = horner<f64>(p, T, ERFCX, 8);
  p = horner<f64>(p, T, ERFCX, 9);
  p = horner<f64>(p, T, ERFCX, 10);
  p = horner<f64>(p, T, ERFCX, 11);
  const tail = f64x2.mul(f64x2.mul(p, T), exp64(f64x2.mul(f64x2.mul(x, x), entry<f64>(MINUS_HALF, 0))));
  return f64x2.mul(x, v128.bitselect(tail, f64x2.sub(entry<f64>(ONE, 0), tail), f64x2.lt(x, f64x2.splat(0))));
}

/** Up to here Φ(x) is one polynomial, without an exponential or a quotient. */
export const GELU_NEAR = memory.data<f32>([4], 4);
/** (Φ(x) − ½)/x in x², highest power first, for |x| ≤ 4: error 7.3e-9 of Φ(−|x|). */
const NORMAL = memory.data<f64>(
  [
    1.4873150910136938e-19, -2.4349745382726541e-17, 1.890434742385108e-15, -9.3330099732646666e-14,
    3.3237758486232326e-12, -9.2015368515220413e-11, 2.0832989280011236e-9, -3.9912065299230425e-8,
    6.5915261281989019e-7, -9.4187629978806535e-6, 1.1536518603232382e-4, -1.1872035171417176e-3,
    9.9734204895673181e-3, -6.6490302950575608e-2, 0.39894226527109156,
  ], 8);

/** x·Φ(x) for |x| ≤ 4. Even and odd coefficients are two chains that run side by side. */
// @ts-ignore: decorator
@inline
function geluNear64(x: v128): v128 {
  const s = f64x2.mul(x, x), q = f64x2.mul(s, s);
  let even = horner<f64>(entry<f64>(NORMAL, 0), q, NORMAL, 2), odd = horner<f64>(entry<f64>(NORMAL, 1), q, NORMAL, 3);
  even = horner<f64>(even, q, NORMAL, 4);
  odd = horner<f64>(odd, q, NORMAL, 5);
  even = horner<f64>(even, q, NORMAL, 6);
  odd = horner<f64>(odd, q, NORMAL, 7);
  even = horner<f64>(even, q, NORMAL, 8);
  odd = horner<f64>(odd, q, NORMAL, 9);
  even = horner<f64>(even, q, NORMAL, 10);
  odd = horner<f64>(odd, q, NORMAL, 11);
  even = horner<f64>(even, q, NORMAL, 12);
  odd = horner<f64>(odd, q, NORMAL, 13);
  even = horner<f64>(even, q, NORMAL, 14);
  return madd<f64>(madd<f64>(odd, s, even), s, f64x2.mul(x, entry<f64>(HALF, 0)));
}

const GELU_CUBIC = memory.data<f64>([0.044715], 8);
/** 2·√(2/π) */
const GELU_SCALE = memory.data<f64>([1.5957691216057308], 8);

/** ½x(1 + tanh u) = x·sigmoid(2u), u = √(2/π)·(x + 0.044715x³) */
// @ts-ignore: decorator
@inline
function geluTanh64(x: v128): v128 {
  const cubic = f64x2.add(entry<f64>(ONE, 0), f64x2.mul(f64x2.mul(x, x), entry<f64>(GELU_CUBIC, 0)));
  return f64x2.mul(x, sigmoid64(f64x2.mul(f64x2.mul(x, cubic), entry<f64>(GELU_SCALE, 0))));
}

/** The upper two float32 lanes, as float64. */
// @ts-ignore: decorator
@inline
export function promoteHigh(x: v128): v128 {
  return f64x2.promote_low_f32x4(high(x));
}

/** Two pairs of float64, rounded to four float32 lanes. */
// @ts-ignore: decorator
@inline
export function join(low: v128, top: v128): v128 {
  return v128.shuffle<f64>(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(top), 0, 2);
}

// @ts-ignore: decorator
@inline
export function sigmoid(x: v128): v128 {
  return join(sigmoid64(f64x2.promote_low_f32x4(x)), sigmoid64(promoteHigh(x)));
}

// @ts-ignore: decorator
@inline
export function silu(x: v128): v128 {
  const low = f64x2.promote_low_f32x4(x), top = promoteHigh(x);
  return join(f64x2.mul(low, sigmoid64(low)), f64x2.mul(top, sigmoid64(top)));
}

// @ts-ignore: decorator
@inline
export function gelu(x: v128): v128 {
  return join(gelu64(f64x2.promote_low_f32x4(x)), gelu64(promoteHigh(x)));
}

/** gelu for |x| ≤ `GELU_NEAR` in every lane. */
// @ts-ignore: decorator
@inline
export function geluNear(x: v128): v128 {
  return join(geluNear64(f64x2.promote_low_f32x4(x)), geluNear64(promoteHigh(x)));
}

// @ts-ignore: decorator
@inline
export function geluTanh(x: v128): v128 {
  return join(geluTanh64(f64x2.promote_low_f32x4(x)), geluTanh64(promoteHigh(x)));
}
