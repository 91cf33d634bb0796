// Elements of row-major float64 matrices: element [i, j] lies at a + 8·(i·step + j).

// @ts-ignore: decorator
@inline
export function at(a: usize, step: i32, i: i32, j: i32): usize {
  return a + (<usize>(i * step + j) << 3);
}

// @ts-ignore: decorator
@inline
export function get(a: usize, step: i32, i: i32, j: i32): f64 {
  return load<f64>(at(a, step, i, j));
}

// @ts-ignore: decorator
@inline
export function put(a: usize, step: i32, i: i32, j: i32, value: f64): void {
  store<f64>(at(a, step, i, j), value);
}

/** Element i of a vector. */
// @ts-ignore: decorator
@inline
export function item(x: usize, i: i32): f64 {
  return load<f64>(x + (<usize>i << 3));
}

// @ts-ignore: decorator
@inline
export function setItem(x: usize, i: i32, value: f64): void {
  store<f64>(x + (<usize>i << 3), value);
}

/** Half the distance from 1 to the next float64: the unit roundoff times two is what deflation compares with. */
export const EPSILON: f64 = f64.EPSILON;
/** The smallest number whose reciprocal is finite. */
export const TINY: f64 = f64.MIN_NORMAL_VALUE;

/** √(x² + y²) without overflow. */
// @ts-ignore: decorator
@inline
export function hypotenuse(x: f64, y: f64): f64 {
  const u = max(abs(x), abs(y));
  const v = min(abs(x), abs(y));
  if (v == 0) return u;
  const r = v / u;
  return u * sqrt(1 + r * r);
}
