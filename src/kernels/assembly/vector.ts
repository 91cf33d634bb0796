// The few vector words every kernel shares. T is f32 (4 lanes) or f64 (2 lanes).

/** a·b + c: fused in the relaxed build, two roundings in the plain one. */
// @ts-ignore: decorator
@inline
export function madd<T>(a: v128, b: v128, c: v128): v128 {
  return ASC_FEATURE_RELAXED_SIMD ? v128.relaxed_madd<T>(a, b, c) : v128.add<T>(v128.mul<T>(a, b), c);
}

/** c − a·b, as `madd`. */
// @ts-ignore: decorator
@inline
export function nmadd<T>(a: v128, b: v128, c: v128): v128 {
  return ASC_FEATURE_RELAXED_SIMD ? v128.relaxed_nmadd<T>(a, b, c) : v128.sub<T>(c, v128.mul<T>(a, b));
}

/** Elements of T in one vector. */
// @ts-ignore: decorator
@inline
export function lanes<T>(): i32 {
  return 16 / sizeof<T>();
}

/** The sum of a vector's lanes, pairwise. */
// @ts-ignore: decorator
@inline
export function sumLanes<T>(x: v128): T {
  if (sizeof<T>() == 4) {
    const y = f32x4.add(x, v128.shuffle<f32>(x, x, 2, 3, 0, 1));
    return <T>(f32x4.extract_lane(y, 0) + f32x4.extract_lane(y, 1));
  }
  return <T>(f64x2.extract_lane(x, 0) + f64x2.extract_lane(x, 1));
}

/** The upper half of a vector, in both halves. */
// @ts-ignore: decorator
@inline
export function high(x: v128): v128 {
  return v128.shuffle<f64>(x, x, 1, 1);
}

/** The sum of two float64 lanes. */
// @ts-ignore: decorator
@inline
export function total(sum: v128): f64 {
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}
