// Between float32 and the storage of float16 and bfloat16. Widening, the u16 source may end where the f32 destination
// ends (source = destination + 2·count); narrowing, both may start at one place: each vector is read before its bytes
// are overwritten.

/** bfloat16 is the upper half of a float32. */
export function bfloat16ToFloat32(source: usize, out: usize, count: i32): void {
  let i = 0;
  for (; i + 8 <= count; i += 8) {
    const h = v128.load(source);
    v128.store(out, i32x4.shl(i32x4.extend_low_i16x8_u(h), 16));
    v128.store(out, i32x4.shl(i32x4.extend_high_i16x8_u(h), 16), 16);
    source += 16;
    out += 32;
  }
  for (; i < count; i++) {
    store<u32>(out, load<u16>(source) << 16);
    source += 2;
    out += 4;
  }
}

// Exponent and fraction move into place, then one exact multiplication by 2¹¹² corrects the exponent bias and
// normalises subnormals alike; infinities and NaNs (exponent 31, now 2¹⁶ and more) get float32's exponent 255.
// The method is F. Giesen's "half_to_float_fast4" (2012, public domain), with the sign carried along: `h` is
// sign-extended.
const KEPT = memory.data<u32>([0x8fffe000], 4);
const REBIAS = memory.data<u32>([0x77800000], 4);
const UNSIGNED = memory.data<u32>([0x7fffffff], 4);
const LARGEST = memory.data<u32>([0x477fffff], 4);
const INFINITE = memory.data<u32>([0x7f800000], 4);

// @ts-ignore: decorator
@inline
function widen(h: v128): v128 {
  const scaled = f32x4.mul(v128.and(i32x4.shl(h, 13), v128.load32_splat(KEPT)), v128.load32_splat(REBIAS));
  const special = i32x4.gt_s(v128.and(scaled, v128.load32_splat(UNSIGNED)), v128.load32_splat(LARGEST));
  return v128.or(scaled, v128.and(special, v128.load32_splat(INFINITE)));
}

/** One vector of T from elements stored as S: T itself, or halves, for which i16 stands for float16, u16 for bfloat16. */
// @ts-ignore: decorator
@inline
export function loadVector<T, S>(at: usize): v128 {
  if (isFloat<S>()) return v128.load(at);
  const halves = v128.load_ext<S>(at);
  return isSigned<S>() ? widen(halves) : i32x4.shl(halves, 16);
}

/** One element, as `loadVector`. */
// @ts-ignore: decorator
@inline
export function loadElement<T, S>(at: usize): T {
  if (isFloat<S>()) return load<T>(at);
  if (isSigned<S>()) return <T>f32x4.extract_lane(widen(i32x4.splat(load<i16>(at))), 0);
  return <T>reinterpret<f32>(<u32>load<u16>(at) << 16);
}

/** IEEE binary16 → binary32, exactly; NaN payloads keep their upper bits. */
export function float16ToFloat32(source: usize, out: usize, count: i32): void {
  let i = 0;
  for (; i + 8 <= count; i += 8) {
    const h = v128.load(source);
    v128.store(out, widen(i32x4.extend_low_i16x8_s(h)));
    v128.store(out, widen(i32x4.extend_high_i16x8_s(h)), 16);
    source += 16;
    out += 32;
  }
  for (; i < count; i++) {
    store<f32>(out, loadElement<f32, i16>(source));
    source += 2;
    out += 4;
  }
}

// @ts-ignore: decorator
@inline
function narrowBFloat16(x: v128): v128 {
  const upper = i32x4.shr_u(x, 16);
  const odd = v128.and(upper, i32x4.splat(1));
  const rounded = i32x4.shr_u(i32x4.add(i32x4.add(x, i32x4.splat(0x7fff)), odd), 16);
  const nan = v128.or(upper, i32x4.splat(0x40));
  return v128.bitselect(nan, rounded, f32x4.ne(x, x));
}

// A normal result moves into place and is rounded by adding just under half a step. Below 2⁻¹⁴ the results are
// multiples of 2⁻²⁴: adding ½ in float32 aligns the last bit there and rounds.
// @ts-ignore: decorator
@inline
function narrowFloat16(x: v128): v128 {
  const magnitude = v128.and(x, i32x4.splat(0x7fffffff));
  const odd = v128.and(i32x4.shr_u(magnitude, 13), i32x4.splat(1));
  const normal = i32x4.shr_u(i32x4.add(i32x4.sub(magnitude, i32x4.splat(0x38000000 - 0xfff)), odd), 13);
  const half = i32x4.splat(0x3f000000);
  const subnormal = i32x4.sub(f32x4.add(magnitude, half), half);
  let y = v128.bitselect(subnormal, normal, i32x4.lt_s(magnitude, i32x4.splat(0x38800000)));
  y = v128.bitselect(i32x4.splat(0x7c00), y, i32x4.ge_s(magnitude, i32x4.splat(0x47800000)));
  y = v128.bitselect(i32x4.splat(0x7e00), y, i32x4.gt_s(magnitude, i32x4.splat(0x7f800000)));
  return v128.or(y, v128.and(i32x4.shr_u(x, 16), i32x4.splat(0x8000)));
}

/** Eight elements at a time: up to seven beyond the last are written. */
export function float32ToBFloat16(source: usize, out: usize, count: i32): void {
  for (let i = 0; i < count; i += 8) {
    const low = narrowBFloat16(v128.load(source)), top = narrowBFloat16(v128.load(source, 16));
    v128.store(out, i16x8.narrow_i32x4_u(low, top));
    source += 32;
    out += 16;
  }
}

/** To nearest, ties to even; as `float32ToBFloat16`. */
export function float32ToFloat16(source: usize, out: usize, count: i32): void {
  for (let i = 0; i < count; i += 8) {
    const low = narrowFloat16(v128.load(source)), top = narrowFloat16(v128.load(source, 16));
    v128.store(out, i16x8.narrow_i32x4_u(low, top));
    source += 32;
    out += 16;
  }
}
