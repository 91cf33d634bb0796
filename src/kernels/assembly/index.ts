// The module's exports: one name per kernel and element type. ../exports.ts describes them to TypeScript.

import { gemm, gemmPacked, gemmPackedScratch, gemmScratch, packSlabs } from "./gemm";
import { gemvRows, gemvColumns } from "./gemv";
export {
  expF32, logF32, tanhF32, sigmoidF32, erfF32, geluF32, geluTanhF32, siluF32, reluF32, sqrtF32, rsqrtF32,
} from "./elementwise";
export { softmaxF32, logSoftmaxF32, layerNormF32, rmsNormF32 } from "./rows";
export { bfloat16ToFloat32, float16ToFloat32 } from "./half";

/** First byte that belongs to the arena rather than to static data. */
export function arenaStart(): usize {
  return (__heap_base + 63) & ~63;
}

export function gemmScratchF32(m: i32, n: i32, k: i32): usize {
  return gemmScratch<f32>(m, n, k);
}

export function gemmScratchF64(m: i32, n: i32, k: i32): usize {
  return gemmScratch<f64>(m, n, k);
}

export function gemmF32(
  count: i32, m: i32, n: i32, k: i32,
  a: usize, aBatch: i32, aRow: i32, aCol: i32,
  b: usize, bBatch: i32, bRow: i32, bCol: i32,
  c: usize, accumulate: bool, bias: usize, scratch: usize,
): void {
  gemm<f32>(count, m, n, k, a, aBatch, aRow, aCol, b, bBatch, bRow, bCol, c, accumulate, bias, scratch);
}

export function gemmF64(
  count: i32, m: i32, n: i32, k: i32,
  a: usize, aBatch: i32, aRow: i32, aCol: i32,
  b: usize, bBatch: i32, bRow: i32, bCol: i32,
  c: usize, accumulate: bool, bias: usize, scratch: usize,
): void {
  gemm<f64>(count, m, n, k, a, aBatch, aRow, aCol, b, bBatch, bRow, bCol, c, accumulate, bias, scratch);
}

export function gemmPackedScratchF32(m: i32, k: i32): usize {
  return gemmPackedScratch<f32>(m, k);
}

export function gemmPackedScratchF64(m: i32, k: i32): usize {
  return gemmPackedScratch<f64>(m, k);
}

export function packSlabsF32(
  k: i32, cols: i32, b: usize, bRow: i32, bCol: i32, packed: usize, width: i32, first: i32,
): void {
  packSlabs<f32>(k, cols, b, bRow, bCol, packed, width, first);
}

export function packSlabsF64(
  k: i32, cols: i32, b: usize, bRow: i32, bCol: i32, packed: usize, width: i32, first: i32,
): void {
  packSlabs<f64>(k, cols, b, bRow, bCol, packed, width, first);
}

export function gemmPackedF32(
  m: i32, n: i32, k: i32, a: usize, aRow: i32, aCol: i32, packed: usize,
  c: usize, accumulate: bool, bias: usize, scratch: usize,
): void {
  gemmPacked<f32>(m, n, k, a, aRow, aCol, packed, c, accumulate, bias, scratch);
}

export function gemmPackedF64(
  m: i32, n: i32, k: i32, a: usize, aRow: i32, aCol: i32, packed: usize,
  c: usize, accumulate: bool, bias: usize, scratch: usize,
): void {
  gemmPacked<f64>(m, n, k, a, aRow, aCol, packed, c, accumulate, bias, scratch);
}

export function gemvRowsF32(rows: i32, k: i32, mat: usize, stride: i32, x: usize, y: usize, accumulate: bool): void {
  gemvRows<f32>(rows, k, mat, stride, x, y, accumulate);
}

export function gemvRowsF64(rows: i32, k: i32, mat: usize, stride: i32, x: usize, y: usize, accumulate: bool): void {
  gemvRows<f64>(rows, k, mat, stride, x, y, accumulate);
}

export function gemvColumnsF32(rows: i32, k: i32, mat: usize, stride: i32, x: usize, y: usize, accumulate: bool): void {
  gemvColumns<f32>(rows, k, mat, stride, x, y, accumulate);
}

export function gemvColumnsF64(rows: i32, k: i32, mat: usize, stride: i32, x: usize, y: usize, accumulate: bool): void {
  gemvColumns<f64>(rows, k, mat, stride, x, y, accumulate);
}
