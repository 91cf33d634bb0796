// softmax(q kᵀ) v for a block of queries, without the matrix of all scores (Dao, "FlashAttention-2", 2023): keys come in
// blocks, each row keeps its largest score and its sum of exponentials so far, and what was added up before is scaled
// when a larger score appears. Both products use the register tile on packed operands.

import { multiplyBlock, roundUp, TILE_BYTES } from "./gemm";
import { packA } from "./pack";
import { expRow, rowMax } from "./rows";
import { expBelow } from "./math";
import { paddedRows } from "./tile";

/** Keys of a block: the depth of one packed slab of values (KC in gemm.ts). */
const KEYS: i32 = 256;

// @ts-ignore: decorator
@inline
function align(bytes: usize): usize {
  return (bytes + 63) & ~63;
}

/** Bytes of scratch that `attendF32` needs. */
export function attentionScratch(rows: i32, d: i32): usize {
  const padded = <usize>paddedRows(rows);
  return align(TILE_BYTES) + align(padded * d * 4) + 2 * padded * KEYS * 4 + align(<usize>rows * 4) + <usize>rows * 8;
}

/** Row ← row · factor, `count` elements. */
// @ts-ignore: decorator
@inline
function scaleBy(at: usize, count: i32, factor: f32): void {
  const end = at + <usize>count * 4;
  const factors = f32x4.splat(factor);
  for (; at + 16 <= end; at += 16) v128.store(at, f32x4.mul(v128.load(at), factors));
  for (; at < end; at += 4) store<f32>(at, load<f32>(at) * factor);
}

// @ts-ignore: decorator
@inline
function addTo(at: usize, terms: usize, count: i32): void {
  const end = at + <usize>count * 4;
  for (; at + 16 <= end; at += 16) {
    v128.store(at, f32x4.add(v128.load(at), v128.load(terms)));
    terms += 16;
  }
  for (; at < end; at += 4) {
    store<f32>(at, load<f32>(at) + load<f32>(terms));
    terms += 4;
  }
}

/**
 * out[rows, e] for queries q[rows, d] (strides in elements) over `m` keys and values, packed by packSlabs as kᵀ and v;
 * d is one slab at most. Row r sees the first `visible + r·visibleStep` keys. `bias` is the address of what is added to
 * the scores, rows `biasStep` elements apart, or 0. A row that sees nothing, or only −∞, is 0.
 */
export function attendF32(
  rows: i32, m: i32, d: i32, e: i32, q: usize, qRow: i32, qCol: i32, scale: f32, keys: usize, values: usize,
  visible: i32, visibleStep: i32, bias: usize, biasStep: i32, out: usize, scratch: usize,
): void {
  const padded = <usize>paddedRows(rows);
  const edge = scratch;
  const queries = edge + align(TILE_BYTES);
  const scores = queries + align(padded * d * 4);
  const weights = scores + padded * KEYS * 4;
  const peaks = weights + padded * KEYS * 4;
  const sums = peaks + align(<usize>rows * 4);
  const outStep = <usize>e * 4;
  packA<f32>(q, qRow, qCol, rows, d, queries);
  scaleBy(queries, <i32>padded * d, scale);
  for (let r = 0; r < rows; r++) {
    store<f32>(peaks + <usize>r * 4, -Infinity);
    store<f64>(sums + <usize>r * 8, 0);
  }

  const last = min(m, max(0, visible + visibleStep * (rows - 1)));
  for (let j = 0; j < last; j += KEYS) {
    const count = min(KEYS, last - j);
    multiplyBlock<f32>(rows, count, d, queries, keys + <usize>j * d * 4, 32, <usize>d * 32, scores, KEYS * 4, false, edge);
    for (let r = 0; r < rows; r++) {
      const row = scores + <usize>r * KEYS * 4;
      const seen = min(count, max(0, visible + visibleStep * r - j));
      if (bias) addTo(row, bias + (<usize>r * biasStep + j) * 4, seen);
      for (let c = seen; c < count; c++) store<f32>(row + <usize>c * 4, -Infinity);
      const before = load<f32>(peaks + <usize>r * 4);
      const peak = max<f32>(before, rowMax(row, seen));
      const shift: f32 = peak == -Infinity ? 0 : peak;
      let sum = expRow(row, count, shift, true);
      if (j > 0 && before != peak) {
        const factor = f32x4.extract_lane(expBelow(f32x4.splat(before - shift)), 0);
        scaleBy(out + <usize>r * outStep, e, factor);
        sum += load<f64>(sums + <usize>r * 8) * <f64>factor;
      } else {
        sum += load<f64>(sums + <usize>r * 8);
      }
      store<f32>(peaks + <usize>r * 4, peak);
      store<f64>(sums + <usize>r * 8, sum);
    }
    packA<f32>(scores, KEYS, 1, rows, count, weights);
    const slab = <usize>min(KEYS, m - j);
    const from = values + <usize>j * roundUp(e, 8) * 4;
    multiplyBlock<f32>(rows, e, count, weights, from, 32, slab * 32, out, outStep, j > 0, edge);
  }
  for (let r = 0; r < rows; r++) {
    const sum = load<f64>(sums + <usize>r * 8);
    if (sum == 0) memory.fill(out + <usize>r * outStep, 0, outStep);
    else scaleBy(out + <usize>r * outStep, e, <f32>(1 / sum));
  }
}
