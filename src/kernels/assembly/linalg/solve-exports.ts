// The exports of the direct solvers: one name per kernel and element type.

import { choleskyScratch } from "./cholesky";
import { luScratch } from "./lu";
import {
  choleskyBatch, finite, inverseBatch, inverseScratch, luBatch, luUnpack, solveBatch, solveScratch,
  solveTriangularBatch,
} from "./solve";
import { triangularScratch } from "./triangular";

export function finiteF32(m: i32, n: i32, x: usize, xRow: i32): bool { return finite<f32>(m, n, x, xRow); }
export function finiteF64(m: i32, n: i32, x: usize, xRow: i32): bool { return finite<f64>(m, n, x, xRow); }
export function choleskyScratchF32(n: i32): usize { return choleskyScratch<f32>(n); }
export function choleskyScratchF64(n: i32): usize { return choleskyScratch<f64>(n); }
export function choleskyF32(count: i32, n: i32, a: usize, aRow: i32, upper: bool, scratch: usize): i32 {
  return choleskyBatch<f32>(count, n, a, aRow, upper, scratch);
}
export function choleskyF64(count: i32, n: i32, a: usize, aRow: i32, upper: bool, scratch: usize): i32 {
  return choleskyBatch<f64>(count, n, a, aRow, upper, scratch);
}
export function luScratchF32(m: i32, n: i32): usize { return luScratch<f32>(m, n); }
export function luScratchF64(m: i32, n: i32): usize { return luScratch<f64>(m, n); }
export function luF32(count: i32, m: i32, n: i32, a: usize, aRow: i32, swaps: usize, scratch: usize): void {
  luBatch<f32>(count, m, n, a, aRow, swaps, scratch);
}
export function luF64(count: i32, m: i32, n: i32, a: usize, aRow: i32, swaps: usize, scratch: usize): void {
  luBatch<f64>(count, m, n, a, aRow, swaps, scratch);
}
export function luUnpackF32(count: i32, m: i32, n: i32, a: usize, aRow: i32, l: usize, u: usize): void {
  luUnpack<f32>(count, m, n, a, aRow, l, u);
}
export function luUnpackF64(count: i32, m: i32, n: i32, a: usize, aRow: i32, l: usize, u: usize): void {
  luUnpack<f64>(count, m, n, a, aRow, l, u);
}
export function solveScratchF32(n: i32, k: i32): usize { return solveScratch<f32>(n, k); }
export function solveScratchF64(n: i32, k: i32): usize { return solveScratch<f64>(n, k); }
export function solveF32(
  count: i32, each: i32, n: i32, k: i32, a: usize, aRow: i32, x: usize, scratch: usize,
): i32 {
  return solveBatch<f32>(count, each, n, k, a, aRow, x, scratch);
}
export function solveF64(
  count: i32, each: i32, n: i32, k: i32, a: usize, aRow: i32, x: usize, scratch: usize,
): i32 {
  return solveBatch<f64>(count, each, n, k, a, aRow, x, scratch);
}
export function triangularScratchF32(n: i32, k: i32): usize { return triangularScratch<f32>(n, k); }
export function triangularScratchF64(n: i32, k: i32): usize { return triangularScratch<f64>(n, k); }
export function solveTriangularF32(
  count: i32, each: i32, n: i32, k: i32, t: usize, tRow: i32, lower: bool, transpose: bool, unit: bool,
  x: usize, scratch: usize,
): i32 {
  return solveTriangularBatch<f32>(count, each, n, k, t, tRow, lower, transpose, unit, x, scratch);
}
export function solveTriangularF64(
  count: i32, each: i32, n: i32, k: i32, t: usize, tRow: i32, lower: bool, transpose: bool, unit: bool,
  x: usize, scratch: usize,
): i32 {
  return solveTriangularBatch<f64>(count, each, n, k, t, tRow, lower, transpose, unit, x, scratch);
}
export function inverseScratchF32(n: i32): usize { return inverseScratch<f32>(n); }
export function inverseScratchF64(n: i32): usize { return inverseScratch<f64>(n); }
export function inverseF32(count: i32, n: i32, a: usize, aRow: i32, y: usize, scratch: usize): i32 {
  return inverseBatch<f32>(count, n, a, aRow, y, scratch);
}
export function inverseF64(count: i32, n: i32, a: usize, aRow: i32, y: usize, scratch: usize): i32 {
  return inverseBatch<f64>(count, n, a, aRow, y, scratch);
}
