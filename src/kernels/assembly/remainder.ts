// What is left of a after whole multiples of b, with the sign of b: exactly what a % b of float64 gives, plus b where
// that has the other sign.

import { productLow } from "./exact";
import { entry } from "./table";
import { join, promoteHigh } from "./wide";

/** Between these, splitting a product neither overflows nor loses bits; below the last, a quotient's integer is exact. */
const SMALL = memory.data<f64>([1.1830521861667747e-271], 8); // 2⁻⁹⁰⁰
const LARGE = memory.data<f64>([8.452712498170644e270], 8); // 2⁹⁰⁰
const TWO_52 = memory.data<f64>([4503599627370496], 8);

function alone(a: f64, b: f64): f64 {
  const rest = a % b;
  if (rest == 0) return copysign<f64>(0, b);
  return rest < 0 == b < 0 || rest != rest ? rest : rest + b;
}

// @ts-ignore: decorator
@inline
function pair(a: v128, b: v128): v128 {
  const quotient = f64x2.div(a, b), size = f64x2.abs(b);
  const apart = v128.and(f64x2.ge(size, entry<f64>(SMALL, 0)), f64x2.le(size, entry<f64>(LARGE, 0)));
  const near = v128.and(f64x2.le(f64x2.abs(a), entry<f64>(LARGE, 0)), f64x2.lt(f64x2.abs(quotient), entry<f64>(TWO_52, 0)));
  if (i64x2.bitmask(v128.and(apart, near)) != 3) {
    const first = alone(f64x2.extract_lane(a, 0), f64x2.extract_lane(b, 0));
    return f64x2.replace_lane(f64x2.splat(first), 1, alone(f64x2.extract_lane(a, 1), f64x2.extract_lane(b, 1)));
  }
  const whole = f64x2.trunc(quotient), p = f64x2.mul(whole, b);
  // Exact. A quotient that was rounded up to an integer leaves a rest of the other sign, to which b belongs as well.
  const rest = f64x2.sub(f64x2.sub(a, p), productLow(whole, b, p));
  const sign = f64x2.splat(-0.0), zero = f64x2.splat(0);
  const differs = v128.xor(f64x2.lt(rest, zero), f64x2.lt(b, zero));
  const y = f64x2.add(rest, v128.and(b, differs));
  return v128.bitselect(v128.and(b, sign), y, f64x2.eq(rest, zero));
}

export function remainderF32(a: v128, b: v128): v128 {
  const low = pair(f64x2.promote_low_f32x4(a), f64x2.promote_low_f32x4(b));
  return join(low, pair(promoteHigh(a), promoteHigh(b)));
}

export function remainderF64(a: v128, b: v128): v128 {
  return pair(a, b);
}
