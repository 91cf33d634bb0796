// The exports of the decompositions' module: one name per kernel and element type. ../../linalg-exports.ts describes
// them to TypeScript. Matrices are row-major; addresses and sizes are in bytes, strides in elements.

/** First byte that belongs to the arena rather than to static data. */
export function arenaStart(): usize {
  return (__heap_base + 63) & ~63;
}

export { eig as eigF64, eigScratch as eigScratchF64 } from "./eig/eig";

import { qrApply, qrApplyScratch, qrBlocksBytes, qrFactor, qrFactorScratch, qrFormQ } from "./qr";

export function qrBlocksBytesF32(k: i32): usize {
  return qrBlocksBytes<f32>(k);
}

export function qrBlocksBytesF64(k: i32): usize {
  return qrBlocksBytes<f64>(k);
}

export function qrFactorScratchF32(m: i32, n: i32): usize {
  return qrFactorScratch<f32>(m, n);
}

export function qrFactorScratchF64(m: i32, n: i32): usize {
  return qrFactorScratch<f64>(m, n);
}

export function qrFactorF32(m: i32, n: i32, a: usize, aRow: i32, tau: usize, t: usize, scratch: usize): void {
  qrFactor<f32>(m, n, a, aRow, tau, t, scratch);
}

export function qrFactorF64(m: i32, n: i32, a: usize, aRow: i32, tau: usize, t: usize, scratch: usize): void {
  qrFactor<f64>(m, n, a, aRow, tau, t, scratch);
}

export function qrApplyScratchF32(m: i32, n: i32, k: i32): usize {
  return qrApplyScratch<f32>(m, n, k);
}

export function qrApplyScratchF64(m: i32, n: i32, k: i32): usize {
  return qrApplyScratch<f64>(m, n, k);
}

export function qrApplyF32(
  m: i32, n: i32, k: i32, a: usize, aRow: i32, t: usize, transposed: bool, c: usize, cRow: i32, scratch: usize,
): void {
  qrApply<f32>(m, n, k, a, aRow, t, transposed, c, cRow, scratch);
}

export function qrApplyF64(
  m: i32, n: i32, k: i32, a: usize, aRow: i32, t: usize, transposed: bool, c: usize, cRow: i32, scratch: usize,
): void {
  qrApply<f64>(m, n, k, a, aRow, t, transposed, c, cRow, scratch);
}

export function qrFormQF32(
  m: i32, n: i32, k: i32, a: usize, aRow: i32, t: usize, q: usize, qRow: i32, scratch: usize,
): void {
  qrFormQ<f32>(m, n, k, a, aRow, t, q, qRow, scratch);
}

export function qrFormQF64(
  m: i32, n: i32, k: i32, a: usize, aRow: i32, t: usize, q: usize, qRow: i32, scratch: usize,
): void {
  qrFormQ<f64>(m, n, k, a, aRow, t, q, qRow, scratch);
}

import { qrBatch, qrBatchScratch } from "./qr-batch";

export function qrBatchScratchF32(m: i32, n: i32, qColumns: i32): usize {
  return qrBatchScratch<f32>(m, n, qColumns);
}

export function qrBatchScratchF64(m: i32, n: i32, qColumns: i32): usize {
  return qrBatchScratch<f64>(m, n, qColumns);
}

export function qrBatchF32(
  count: i32, m: i32, n: i32, qColumns: i32, rRows: i32, a: usize, q: usize, r: usize, permutation: usize,
  scratch: usize,
): i32 {
  return qrBatch<f32>(count, m, n, qColumns, rRows, a, q, r, permutation, scratch);
}

export function qrBatchF64(
  count: i32, m: i32, n: i32, qColumns: i32, rRows: i32, a: usize, q: usize, r: usize, permutation: usize,
  scratch: usize,
): i32 {
  return qrBatch<f64>(count, m, n, qColumns, rRows, a, q, r, permutation, scratch);
}

import { eigh, eighScratch, eigvalsh, eigvalshScratch } from "./symmetric/eigh";

export function eighScratchF32(n: i32): usize {
  return eighScratch<f32>(n);
}

export function eighScratchF64(n: i32): usize {
  return eighScratch<f64>(n);
}

export function eighF32(count: i32, n: i32, a: usize, values: usize, lower: bool, scratch: usize): i32 {
  return eigh<f32>(count, n, a, values, lower, scratch);
}

export function eighF64(count: i32, n: i32, a: usize, values: usize, lower: bool, scratch: usize): i32 {
  return eigh<f64>(count, n, a, values, lower, scratch);
}

export function eigvalshScratchF32(n: i32): usize {
  return eigvalshScratch<f32>(n);
}

export function eigvalshScratchF64(n: i32): usize {
  return eigvalshScratch<f64>(n);
}

export function eigvalshF32(count: i32, n: i32, a: usize, values: usize, lower: bool, scratch: usize): i32 {
  return eigvalsh<f32>(count, n, a, values, lower, scratch);
}

export function eigvalshF64(count: i32, n: i32, a: usize, values: usize, lower: bool, scratch: usize): i32 {
  return eigvalsh<f64>(count, n, a, values, lower, scratch);
}
export * from "./solve-exports";

export * from "./svd/exports";
