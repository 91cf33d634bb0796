// float16 and bfloat16 storage → float32. The u16 source may end where the f32 destination ends
// (source = destination + 2·count): each vector is read before its bytes are overwritten.

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
// normalises subnormals alike; infinities and NaNs (exponent 31) get float32's exponent 255.
// The method is F. Giesen's "half_to_float_fast4" (2012, public domain).
// @ts-ignore: decorator
@inline
function widen(h: v128): v128 {
  const magnitude = v128.and(h, i32x4.splat(0x7fff));
  const scaled = f32x4.mul(i32x4.shl(magnitude, 13), i32x4.splat(0x77800000));
  const special = v128.and(i32x4.gt_s(magnitude, i32x4.splat(0x7bff)), i32x4.splat(0x7f800000));
  const sign = i32x4.shl(v128.and(h, i32x4.splat(0x8000)), 16);
  return v128.or(v128.or(scaled, special), sign);
}

/** IEEE binary16 → binary32, exactly; NaN payloads keep their upper bits. */
export function float16ToFloat32(source: usize, out: usize, count: i32): void {
  let i = 0;
  for (; i + 8 <= count; i += 8) {
    const h = v128.load(source);
    v128.store(out, widen(i32x4.extend_low_i16x8_u(h)));
    v128.store(out, widen(i32x4.extend_high_i16x8_u(h)), 16);
    source += 16;
    out += 32;
  }
  for (; i < count; i++) {
    store<f32>(out, f32x4.extract_lane(widen(i32x4.splat(load<u16>(source))), 0));
    source += 2;
    out += 4;
  }
}
