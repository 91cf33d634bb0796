// Sums and products of float64 lanes with what their rounding loses (Dekker, "A floating-point technique for extending
// the available precision", 1971). Products are split rather than left to a fused multiply-add, which relaxed SIMD
// promises nowhere.

import { entry } from "./table";

const SPLITTER = memory.data<f64>([134217729], 8);

/** The upper half of the bits of x. */
// @ts-ignore: decorator
@inline
function upper(x: v128): v128 {
  const c = f64x2.mul(x, entry<f64>(SPLITTER, 0));
  return f64x2.sub(c, f64x2.sub(c, x));
}

/** a·b − p, exactly, for p = a·b rounded. */
// @ts-ignore: decorator
@inline
export function productLow(a: v128, b: v128, p: v128): v128 {
  const a0 = upper(a), b0 = upper(b);
  const a1 = f64x2.sub(a, a0), b1 = f64x2.sub(b, b0);
  let low = f64x2.sub(f64x2.mul(a0, b0), p);
  low = f64x2.add(low, f64x2.mul(a0, b1));
  low = f64x2.add(low, f64x2.mul(a1, b0));
  return f64x2.add(low, f64x2.mul(a1, b1));
}

/** a + b − s, exactly, for s = a + b rounded and |a| ≥ |b| or a = 0. */
// @ts-ignore: decorator
@inline
export function sumLow(a: v128, b: v128, s: v128): v128 {
  return f64x2.add(f64x2.sub(a, s), b);
}

/** (nHigh + nLow)/(dHigh + dLow), rounded once but for 2⁻⁴ ulp. */
// @ts-ignore: decorator
@inline
export function quotient(nHigh: v128, nLow: v128, dHigh: v128, dLow: v128): v128 {
  const q = f64x2.div(nHigh, dHigh);
  const p = f64x2.mul(q, dHigh);
  const rest = f64x2.sub(f64x2.sub(nHigh, p), productLow(q, dHigh, p));
  return f64x2.add(q, f64x2.div(f64x2.add(rest, f64x2.sub(nLow, f64x2.mul(q, dLow))), dHigh));
}
