// Sine and cosine, in lanes of float32 (computed in float64, rounded once) and of float64. `quarter` is 0 for the sine
// and 1 for the cosine, which is the sine a quarter of a turn further.
//
// Arguments are reduced by multiples of π or π/2 in parts (Cody and Waite, 1980); what is too large for that, or comes out
// too close to zero, goes on alone, by the bits of 2/π that matter to it (Payne and Hanek, 1983). The kernels of float64
// are fdlibm's (Sun Microsystems, 1993), with coefficients fitted for this file (Remez exchange, mpmath at 90 digits).

import { ONE, ROUNDING } from "./double";
import { productLow } from "./exact";
import { entry, horner } from "./table";
import { nmadd } from "./vector";
import { join, promoteHigh } from "./wide";

/** Bits of 2/π behind 64 zeros, for float64 up to the largest. */
const TWO_OVER_PI = memory.data<u64>(
  [
    0x0000000000000000, 0xa2f9836e4e441529, 0xfc2757d1f534ddc0, 0xdb6295993c439041, 0xfe5163abdebbc561,
    0xb7246e3a424dd2e0, 0x06492eea09d1921c, 0xfe1deb1cb129a73e, 0xe88235f52ebb4484, 0xe99c7026b45f7e41,
    0x3991d639835339f4, 0x9c845f8bbdf9283b, 0x1ff897ffde05980f, 0xef2f118b5a0a6d1f, 0x6d367ecf27cb09b7,
    0x4f463f669e5fea2d, 0x7527bac7ebe5f17b, 0x3d0739f78a5292ea, 0x6bfb5fb11f8d5d08, 0x56033046fc7b6bab,
    0xf0cfbc209af4361d,
  ], 8);

/** The upper 64 bits of a·b. */
function productHigh(a: u64, b: u64): u64 {
  const a0 = a & 0xffffffff, a1 = a >> 32, b0 = b & 0xffffffff, b1 = b >> 32;
  const middle = a1 * b0 + (a0 * b0 >> 32);
  const other = a0 * b1 + (middle & 0xffffffff);
  return a1 * b1 + (middle >> 32) + (other >> 32);
}

/** 64 bits of 2/π from `bit` on. */
function window(bit: u64): u64 {
  const at = TWO_OVER_PI + <usize>(bit >> 6) * 8, shift = bit & 63;
  const first = load<u64>(at);
  return shift ? first << shift | load<u64>(at, 8) >> (64 - shift) : first;
}

// π/2 in two parts
const HALF_PI = memory.data<f64>([1.5707963267948966, 6.123233995736766e-17], 8);

/** sin(x + quarter·π/2) for any x with |x| > ½, by exact integers: x·2/π modulo 4 with 190 bits behind the point. */
function far(x: f64, quarter: i32): f64 {
  const bits = reinterpret<u64>(x);
  const exponent = bits >> 52 & 0x7ff;
  if (exponent == 0x7ff) return NaN;
  const m = bits & 0x000fffffffffffff | 0x0010000000000000;
  // Bits before this one count whole turns.
  const first = exponent - (1023 + 52) + 62;
  const w1 = window(first + 64), w2 = window(first + 128);
  let top = m * window(first) + productHigh(m, w1);
  let middle = m * w1;
  const carried = productHigh(m, w2);
  middle += carried;
  if (middle < carried) top++;
  const bottom = m * w2;
  let turns = <i32>(top >> 62);
  // What lies behind the point, as a number of either sign: nearest to zero.
  let high = top << 2 | middle >> 62, low = middle << 2 | bottom >> 62;
  const below = (high >> 63) != 0;
  if (below) {
    turns++;
    low = ~low + 1;
    high = ~high + u64(low == 0);
  }
  const zeros = clz(high);
  if (zeros) {
    high = high << zeros | low >> (64 - zeros);
    low <<= zeros;
  }
  const unit = reinterpret<f64>((1023 - 64 - zeros) << 52);
  const part = f64x2.splat(<f64>(high & ~0x7ff) * unit);
  const rest = f64x2.splat(<f64>((high & 0x7ff) << 53 | low >> 11) * unit * 1.1102230246251565e-16); // 2⁻⁵³
  const halfPi = entry<f64>(HALF_PI, 0);
  const r = f64x2.mul(part, halfPi);
  const carry = f64x2.add(f64x2.mul(part, entry<f64>(HALF_PI, 1)), f64x2.mul(rest, halfPi));
  const rLow = f64x2.add(productLow(part, halfPi, r), carry);
  const sign = f64x2.splat(below != (x < 0) ? -0.0 : 0);
  const q = i64x2.splat(<i64>(x < 0 ? quarter - turns : quarter + turns));
  return f64x2.extract_lane(turned(v128.xor(r, sign), v128.xor(rLow, sign), q), 0);
}

/** (sin r − r)/r³ in r² on |r| ≤ π/4: error 2⁻⁵⁷ of sin r. */
const SINE = memory.data<f64>(
  [
    1.589619740246635e-10, -2.5050747215085692e-8, 2.755731361800663e-6, -0.0001984126982958018,
    0.008333333333322108, -0.1666666666666663,
  ], 8);
/** (cos r − 1 + r²/2)/r⁴ in r² there: error 2⁻⁶⁴ of cos r. */
const COSINE = memory.data<f64>(
  [
    -1.1358513731054166e-11, 2.0875700412163544e-9, -2.7557314176214917e-7, 2.480158728884133e-5,
    -0.001388888888887304, 0.041666666666666595,
  ], 8);

/** sin(r + low + q·π/2) for |r| ≤ π/4 and the integer q in the low bits. */
// @ts-ignore: decorator
@inline
function turned(r: v128, low: v128, q: v128): v128 {
  const one = entry<f64>(ONE, 0), half = f64x2.splat(0.5);
  const z = f64x2.mul(r, r), cube = f64x2.mul(z, r);
  let p = entry<f64>(SINE, 0);
  p = horner<f64>(p, z, SINE, 1);
  p = horner<f64>(p, z, SINE, 2);
  p = horner<f64>(p, z, SINE, 3);
  p = horner<f64>(p, z, SINE, 4);
  const bent = f64x2.sub(f64x2.mul(z, f64x2.sub(f64x2.mul(half, low), f64x2.mul(cube, p))), low);
  const sine = f64x2.sub(r, f64x2.sub(bent, f64x2.mul(cube, entry<f64>(SINE, 5))));
  let c = entry<f64>(COSINE, 0);
  c = horner<f64>(c, z, COSINE, 1);
  c = horner<f64>(c, z, COSINE, 2);
  c = horner<f64>(c, z, COSINE, 3);
  c = horner<f64>(c, z, COSINE, 4);
  c = horner<f64>(c, z, COSINE, 5);
  const drop = f64x2.mul(half, z), w = f64x2.sub(one, drop);
  const lost = f64x2.sub(f64x2.sub(one, w), drop);
  const flat = f64x2.add(lost, f64x2.sub(f64x2.mul(f64x2.mul(z, z), c), f64x2.mul(r, low)));
  const odd = i64x2.ne(v128.and(q, i64x2.splat(1)), i64x2.splat(0));
  const y = v128.bitselect(f64x2.add(w, flat), sine, odd);
  return v128.xor(y, i64x2.shl(i64x2.shr_u(q, 1), 63));
}

// π/2 in parts, the first two of 33 bits: a number of quarter turns up to 2²⁰ times one of them is exact.
const PARTS = memory.data<f64>([1.5707963267341256, 6.077100506303966e-11, 2.0222662487959506e-21], 8);
const QUARTERS = memory.data<f64>([0.6366197723675814], 8); // 2/π
/** 2²⁰·π/2 */
const FARTHEST = memory.data<f64>([1647099], 8);
/** What is left below this has lost bits to the parts of π/2 that are missing: 2⁻³⁹. */
const CLOSEST = memory.data<f64>([1.8189894035458565e-12], 8);

// @ts-ignore: decorator
@inline
function double(x: v128, quarter: i32): v128 {
  const t = f64x2.add(f64x2.mul(x, entry<f64>(QUARTERS, 0)), entry<f64>(ROUNDING, 0));
  const n = f64x2.sub(t, entry<f64>(ROUNDING, 0));
  const first = nmadd<f64>(n, entry<f64>(PARTS, 0), x);
  const second = f64x2.mul(n, entry<f64>(PARTS, 1));
  const a = f64x2.sub(first, second), back = f64x2.sub(first, a); // either may be the larger
  const lost = f64x2.add(f64x2.sub(first, f64x2.add(a, back)), f64x2.sub(back, second));
  const aLow = nmadd<f64>(n, entry<f64>(PARTS, 2), lost);
  const sum = f64x2.add(a, aLow), low = f64x2.add(f64x2.sub(a, sum), aLow);
  const untouched = f64x2.eq(n, f64x2.splat(0));
  const r = v128.bitselect(x, sum, untouched); // a sum has lost the sign of −0
  const y = turned(r, low, i64x2.add(t, i64x2.splat(quarter)));
  const apart = v128.or(f64x2.ge(f64x2.abs(r), entry<f64>(CLOSEST, 0)), untouched);
  const near = v128.and(apart, f64x2.le(f64x2.abs(x), entry<f64>(FARTHEST, 0)));
  return i64x2.bitmask(near) == 3 ? y : repair(y, x, i64x2.bitmask(near), quarter);
}

/** The lanes of y that are not in `kept` computed again. */
function repair(y: v128, x: v128, kept: i32, quarter: i32): v128 {
  if (!(kept & 1)) y = f64x2.replace_lane(y, 0, far(f64x2.extract_lane(x, 0), quarter));
  if (!(kept & 2)) y = f64x2.replace_lane(y, 1, far(f64x2.extract_lane(x, 1), quarter));
  return y;
}

// π in two parts, the first of 31 bits: up to 2²⁰ halves of a turn and another half times it are exact.
const PI_PARTS = memory.data<f64>([3.1415926534682512, 1.2154201013012384e-10], 8);
const HALVES = memory.data<f64>([0.3183098861837907], 8); // 1/π
/** sin r/r in r² on |r| ≤ π/2: relative error 2⁻³⁵. */
const WAVE = memory.data<f64>(
  [
    -2.388867808547979e-8, 2.752537169607497e-6, -0.00019840867970747627, 0.008333331106856053, -0.166666666261108, 1,
  ], 8);

/** In float64 lanes that hold float32 values: x = n·π + r, with n halfway between integers for the cosine. */
// @ts-ignore: decorator
@inline
function single(x: v128, quarter: i32): v128 {
  const offset = f64x2.splat(0.5 * quarter);
  const turns = f64x2.add(f64x2.mul(x, entry<f64>(HALVES, 0)), offset);
  const t = f64x2.add(turns, entry<f64>(ROUNDING, 0));
  const n = f64x2.sub(f64x2.sub(t, entry<f64>(ROUNDING, 0)), offset);
  const r = nmadd<f64>(n, entry<f64>(PI_PARTS, 1), nmadd<f64>(n, entry<f64>(PI_PARTS, 0), x));
  const z = f64x2.mul(r, r);
  let p = entry<f64>(WAVE, 0);
  p = horner<f64>(p, z, WAVE, 1);
  p = horner<f64>(p, z, WAVE, 2);
  p = horner<f64>(p, z, WAVE, 3);
  p = horner<f64>(p, z, WAVE, 4);
  p = horner<f64>(p, z, WAVE, 5);
  return v128.xor(f64x2.mul(r, p), i64x2.shl(t, 63));
}

const FARTHEST_SINGLE = memory.data<f32>([1647099], 4);

function mapSingle(at: usize, count: i32, quarter: i32): void {
  const end = at + <usize>count * 4;
  for (; at < end; at += 16) {
    const x = v128.load(at), low = f64x2.promote_low_f32x4(x), top = promoteHigh(x);
    const near = f32x4.le(f32x4.abs(x), v128.load32_splat(FARTHEST_SINGLE));
    let y0 = single(low, quarter), y1 = single(top, quarter);
    const kept = i32x4.bitmask(near);
    if (kept != 15) {
      y0 = repair(y0, low, kept, quarter);
      y1 = repair(y1, top, kept >> 2, quarter);
    }
    v128.store(at, join(y0, y1));
  }
}

function mapDouble(at: usize, count: i32, quarter: i32): void {
  const end = at + <usize>count * 8;
  for (; at < end; at += 16) v128.store(at, double(v128.load(at), quarter));
}

export function sinF32(at: usize, count: i32): void { mapSingle(at, count, 0); }
export function cosF32(at: usize, count: i32): void { mapSingle(at, count, 1); }
export function sinF64(at: usize, count: i32): void { mapDouble(at, count, 0); }
export function cosF64(at: usize, count: i32): void { mapDouble(at, count, 1); }
