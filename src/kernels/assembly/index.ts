// The module's exports: one name per kernel and element type. ../exports.ts describes them to TypeScript.

import { gemm, gemmPacked, gemmPackedScratch, gemmScratch, packSlabs } from "./gemm";
import { dot, gemvRows, gemvColumns } from "./gemv";
export {
  expF32, logF32, tanhF32, sigmoidF32, erfF32, geluF32, geluTanhF32, siluF32, reluF32, sqrtF32, rsqrtF32,
} from "./elementwise";
import { combineGrid, composeGrid, selectGrid, testGrid } from "./grid";
export { logicGrid } from "./grid";
import { maxColumns, maxRows, minColumns, minRows, sumColumns, sumRows } from "./reduce";
export { expF64, logF64, reluF64, rsqrtF64, sqrtF64 } from "./double";
export { erfF64, geluF64, geluTanhF64, sigmoidF64, siluF64, tanhF64 } from "./extended";
export { cosF32, cosF64, sinF32, sinF64 } from "./trigonometry";
export { attendF32, attentionScratch } from "./attention";
export {
  absF32, negF32, squareF32, reciprocalF32, floorF32, ceilF32, roundF32, signF32,
  absF64, negF64, squareF64, reciprocalF64, floorF64, ceilF64, roundF64, signF64,
} from "./simple";
export { addF32, copyF32, gatherF32, mulF32 } from "./move";
export { rotateF32 } from "./rotary";
export { softmaxF32, logSoftmaxF32, layerNormF32, rmsNormF32 } from "./rows";
export { softmaxF64, logSoftmaxF64, layerNormF64, rmsNormF64 } from "./rows-double";
import { scanColumns, scanRows } from "./scan";
export { transposeDense } from "./transpose";
import { expSumColumns, expSumRows } from "./columns";
export { softmaxColumnsF32, softmaxColumnsF64, logSoftmaxColumnsF32, logSoftmaxColumnsF64 } from "./columns";
export { bfloat16ToFloat32, float16ToFloat32, float32ToBFloat16, float32ToFloat16 } from "./half";

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
  rows: i32, cols: i32, b: usize, bRow: i32, bCol: i32, packed: usize, depth: i32, width: i32, row: i32, first: i32,
): void {
  packSlabs<f32>(rows, cols, b, bRow, bCol, packed, depth, width, row, first);
}

export function packSlabsF64(
  rows: i32, cols: i32, b: usize, bRow: i32, bCol: i32, packed: usize, depth: i32, width: i32, row: i32, first: i32,
): void {
  packSlabs<f64>(rows, cols, b, bRow, bCol, packed, depth, width, row, first);
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

export function gemvRowsFloat16(rows: i32, k: i32, mat: usize, stride: i32, x: usize, y: usize, accumulate: bool): void {
  gemvRows<f32, i16>(rows, k, mat, stride, x, y, accumulate);
}

export function gemvColumnsFloat16(rows: i32, k: i32, mat: usize, stride: i32, x: usize, y: usize, accumulate: bool): void {
  gemvColumns<f32, i16>(rows, k, mat, stride, x, y, accumulate);
}

export function gemvRowsBFloat16(rows: i32, k: i32, mat: usize, stride: i32, x: usize, y: usize, accumulate: bool): void {
  gemvRows<f32, u16>(rows, k, mat, stride, x, y, accumulate);
}

export function gemvColumnsBFloat16(rows: i32, k: i32, mat: usize, stride: i32, x: usize, y: usize, accumulate: bool): void {
  gemvColumns<f32, u16>(rows, k, mat, stride, x, y, accumulate);
}

export function dotF32(k: i32, a: usize, b: usize): f32 {
  return dot<f32>(k, a, b);
}

export function dotF64(k: i32, a: usize, b: usize): f64 {
  return dot<f64>(k, a, b);
}

export function sumRowsF32(at: usize, rows: i32, columns: i32, shifts: usize, out: usize): void {
  sumRows<f32>(at, rows, columns, shifts, out);
}

export function sumRowsF64(at: usize, rows: i32, columns: i32, shifts: usize, out: usize): void {
  sumRows<f64>(at, rows, columns, shifts, out);
}

export function sumColumnsF32(at: usize, rows: i32, columns: i32, shifts: usize, out: usize): void {
  sumColumns<f32>(at, rows, columns, shifts, out);
}

export function sumColumnsF64(at: usize, rows: i32, columns: i32, shifts: usize, out: usize): void {
  sumColumns<f64>(at, rows, columns, shifts, out);
}

export function maxRowsF32(at: usize, rows: i32, columns: i32, shifts: usize, out: usize): void {
  maxRows<f32>(at, rows, columns, shifts, out);
}

export function maxRowsF64(at: usize, rows: i32, columns: i32, shifts: usize, out: usize): void {
  maxRows<f64>(at, rows, columns, shifts, out);
}

export function maxColumnsF32(at: usize, rows: i32, columns: i32, shifts: usize, out: usize): void {
  maxColumns<f32>(at, rows, columns, shifts, out);
}

export function maxColumnsF64(at: usize, rows: i32, columns: i32, shifts: usize, out: usize): void {
  maxColumns<f64>(at, rows, columns, shifts, out);
}

export function minRowsF32(at: usize, rows: i32, columns: i32, shifts: usize, out: usize): void {
  minRows<f32>(at, rows, columns, shifts, out);
}

export function minRowsF64(at: usize, rows: i32, columns: i32, shifts: usize, out: usize): void {
  minRows<f64>(at, rows, columns, shifts, out);
}

export function minColumnsF32(at: usize, rows: i32, columns: i32, shifts: usize, out: usize): void {
  minColumns<f32>(at, rows, columns, shifts, out);
}

export function minColumnsF64(at: usize, rows: i32, columns: i32, shifts: usize, out: usize): void {
  minColumns<f64>(at, rows, columns, shifts, out);
}

export function expSumRowsF32(at: usize, rows: i32, columns: i32, shifts: usize, out: usize): void {
  expSumRows<f32>(at, rows, columns, shifts, out);
}

export function expSumRowsF64(at: usize, rows: i32, columns: i32, shifts: usize, out: usize): void {
  expSumRows<f64>(at, rows, columns, shifts, out);
}

export function expSumColumnsF32(at: usize, rows: i32, columns: i32, shifts: usize, out: usize): void {
  expSumColumns<f32>(at, rows, columns, shifts, out);
}

export function expSumColumnsF64(at: usize, rows: i32, columns: i32, shifts: usize, out: usize): void {
  expSumColumns<f64>(at, rows, columns, shifts, out);
}

export function scanRowsF32(op: i32, at: usize, rows: i32, columns: i32, carries: usize): void {
  scanRows<f32>(op, at, rows, columns, carries);
}

export function scanRowsF64(op: i32, at: usize, rows: i32, columns: i32, carries: usize): void {
  scanRows<f64>(op, at, rows, columns, carries);
}

export function scanColumnsF32(op: i32, at: usize, rows: i32, columns: i32, carries: usize): void {
  scanColumns<f32>(op, at, rows, columns, carries);
}

export function scanColumnsF64(op: i32, at: usize, rows: i32, columns: i32, carries: usize): void {
  scanColumns<f64>(op, at, rows, columns, carries);
}

export function combineF32(
  op: i32, rows: i32, columns: i32, a: usize, aRow: usize, aWide: bool, b: usize, bRow: usize, bWide: bool,
  out: usize, scratch: usize,
): void {
  combineGrid<f32>(op, rows, columns, a, aRow, aWide, b, bRow, bWide, out, scratch);
}

export function combineF64(
  op: i32, rows: i32, columns: i32, a: usize, aRow: usize, aWide: bool, b: usize, bRow: usize, bWide: bool,
  out: usize, scratch: usize,
): void {
  combineGrid<f64>(op, rows, columns, a, aRow, aWide, b, bRow, bWide, out, scratch);
}

export function combineI32(
  op: i32, rows: i32, columns: i32, a: usize, aRow: usize, aWide: bool, b: usize, bRow: usize, bWide: bool,
  out: usize, scratch: usize,
): void {
  combineGrid<i32>(op, rows, columns, a, aRow, aWide, b, bRow, bWide, out, scratch);
}

export function composeF32(
  op: i32, rows: i32, columns: i32, a: usize, aRow: usize, aWide: bool, b: usize, bRow: usize, bWide: bool,
  out: usize, scratch: usize,
): void {
  composeGrid<f32>(op, rows, columns, a, aRow, aWide, b, bRow, bWide, out, scratch);
}

export function composeF64(
  op: i32, rows: i32, columns: i32, a: usize, aRow: usize, aWide: bool, b: usize, bRow: usize, bWide: bool,
  out: usize, scratch: usize,
): void {
  composeGrid<f64>(op, rows, columns, a, aRow, aWide, b, bRow, bWide, out, scratch);
}

export function testF32(
  op: i32, rows: i32, columns: i32, a: usize, aRow: usize, aWide: bool, b: usize, bRow: usize, bWide: bool,
  out: usize, scratch: usize,
): void {
  testGrid<f32>(op, rows, columns, a, aRow, aWide, b, bRow, bWide, out, scratch);
}

export function testF64(
  op: i32, rows: i32, columns: i32, a: usize, aRow: usize, aWide: bool, b: usize, bRow: usize, bWide: bool,
  out: usize, scratch: usize,
): void {
  testGrid<f64>(op, rows, columns, a, aRow, aWide, b, bRow, bWide, out, scratch);
}

export function testI32(
  op: i32, rows: i32, columns: i32, a: usize, aRow: usize, aWide: bool, b: usize, bRow: usize, bWide: bool,
  out: usize, scratch: usize,
): void {
  testGrid<i32>(op, rows, columns, a, aRow, aWide, b, bRow, bWide, out, scratch);
}

export function select8(
  rows: i32, columns: i32, choice: usize, choiceRow: usize, choiceWide: bool, a: usize, aRow: usize, aWide: bool,
  b: usize, bRow: usize, bWide: bool, out: usize, scratch: usize,
): void {
  selectGrid<u8>(rows, columns, choice, choiceRow, choiceWide, a, aRow, aWide, b, bRow, bWide, out, scratch);
}

export function select16(
  rows: i32, columns: i32, choice: usize, choiceRow: usize, choiceWide: bool, a: usize, aRow: usize, aWide: bool,
  b: usize, bRow: usize, bWide: bool, out: usize, scratch: usize,
): void {
  selectGrid<u16>(rows, columns, choice, choiceRow, choiceWide, a, aRow, aWide, b, bRow, bWide, out, scratch);
}

export function select32(
  rows: i32, columns: i32, choice: usize, choiceRow: usize, choiceWide: bool, a: usize, aRow: usize, aWide: bool,
  b: usize, bRow: usize, bWide: bool, out: usize, scratch: usize,
): void {
  selectGrid<u32>(rows, columns, choice, choiceRow, choiceWide, a, aRow, aWide, b, bRow, bWide, out, scratch);
}

export function select64(
  rows: i32, columns: i32, choice: usize, choiceRow: usize, choiceWide: bool, a: usize, aRow: usize, aWide: bool,
  b: usize, bRow: usize, bWide: bool, out: usize, scratch: usize,
): void {
  selectGrid<u64>(rows, columns, choice, choiceRow, choiceWide, a, aRow, aWide, b, bRow, bWide, out, scratch);
}
