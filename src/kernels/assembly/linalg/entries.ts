// Single entries of arrays of f64 and of i32.

// @ts-ignore: decorator
@inline
export function get(x: usize, i: i32): f64 {
  return load<f64>(x + <usize>i * 8);
}

// @ts-ignore: decorator
@inline
export function set(x: usize, i: i32, value: f64): void {
  store<f64>(x + <usize>i * 8, value);
}

// @ts-ignore: decorator
@inline
export function getIndex(x: usize, i: i32): i32 {
  return load<i32>(x + <usize>i * 4);
}

// @ts-ignore: decorator
@inline
export function setIndex(x: usize, i: i32, value: i32): void {
  store<i32>(x + <usize>i * 4, value);
}
