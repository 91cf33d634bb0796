// The exports of this folder: one name per kernel and element type.

import { jacobiSvd, planJacobi } from "./jacobi";
import { planSvd, svd } from "./svd";

export function svdScratchF32(m: i32, n: i32, width: i32): usize {
  return planSvd<f32>(m, n, width, 0);
}

export function svdScratchF64(m: i32, n: i32, width: i32): usize {
  return planSvd<f64>(m, n, width, 0);
}

export function svdF32(
  count: i32, m: i32, n: i32, width: i32, wide: bool, a: usize, u: usize, s: usize, vh: usize, scratch: usize,
): i32 {
  return svd<f32>(count, m, n, width, wide, a, u, s, vh, scratch);
}

export function svdF64(
  count: i32, m: i32, n: i32, width: i32, wide: bool, a: usize, u: usize, s: usize, vh: usize, scratch: usize,
): i32 {
  return svd<f64>(count, m, n, width, wide, a, u, s, vh, scratch);
}

export function jacobiSvdScratch(m: i32, n: i32, width: i32): usize {
  return planJacobi(m, n, width, 0);
}

export { jacobiSvd };
