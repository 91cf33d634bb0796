// Rotates pairs of elements in float32 rows, in place. The table has the cosines and then the sines of a row's pairs.

import { madd, nmadd } from "./vector";

/** a·cos − b·sin */
// @ts-ignore: decorator
@inline
function turnFirst(a: v128, b: v128, cos: v128, sin: v128): v128 {
  return nmadd<f32>(b, sin, f32x4.mul(a, cos));
}

/** b·cos + a·sin */
// @ts-ignore: decorator
@inline
function turnSecond(a: v128, b: v128, cos: v128, sin: v128): v128 {
  return madd<f32>(a, sin, f32x4.mul(b, cos));
}

/** Element i with element i + pairs. */
// @ts-ignore: decorator
@inline
function rotateHalves(at: usize, pairs: i32, table: usize): void {
  const apart = <usize>pairs * 4;
  let i = 0;
  for (; i + 4 <= pairs; i += 4) {
    const a = v128.load(at), b = v128.load(at + apart), cos = v128.load(table), sin = v128.load(table + apart);
    v128.store(at, turnFirst(a, b, cos, sin));
    v128.store(at + apart, turnSecond(a, b, cos, sin));
    at += 16;
    table += 16;
  }
  for (; i < pairs; i++) {
    rotateOne(at, at + apart, table, apart);
    at += 4;
    table += 4;
  }
}

/** Element 2i with element 2i + 1. */
// @ts-ignore: decorator
@inline
function rotateNeighbours(at: usize, pairs: i32, table: usize): void {
  const apart = <usize>pairs * 4;
  let i = 0;
  for (; i + 4 <= pairs; i += 4) {
    const x = v128.load(at), y = v128.load(at, 16), cos = v128.load(table), sin = v128.load(table + apart);
    const a = v128.shuffle<f32>(x, y, 0, 2, 4, 6), b = v128.shuffle<f32>(x, y, 1, 3, 5, 7);
    const first = turnFirst(a, b, cos, sin), second = turnSecond(a, b, cos, sin);
    v128.store(at, v128.shuffle<f32>(first, second, 0, 4, 1, 5));
    v128.store(at, v128.shuffle<f32>(first, second, 2, 6, 3, 7), 16);
    at += 32;
    table += 16;
  }
  for (; i < pairs; i++) {
    rotateOne(at, at + 4, table, apart);
    at += 8;
    table += 4;
  }
}

/** One pair, in one lane of the vectors' arithmetic. */
// @ts-ignore: decorator
@inline
function rotateOne(first: usize, second: usize, table: usize, apart: usize): void {
  const a = v128.load32_splat(first), b = v128.load32_splat(second);
  const cos = v128.load32_splat(table), sin = v128.load32_splat(table + apart);
  v128.store32_lane(first, turnFirst(a, b, cos, sin), 0);
  v128.store32_lane(second, turnSecond(a, b, cos, sin), 0);
}

/** `rows` rows of 2·pairs elements. Row i turns by row (first + i) mod `period` of the table. */
export function rotateF32(
  at: usize, rows: i32, pairs: i32, table: usize, first: i32, period: i32, interleaved: bool,
): void {
  const bytes = <usize>pairs * 8;
  let turn = first;
  for (let i = 0; i < rows; i++) {
    const angles = table + <usize>turn * bytes;
    if (interleaved) rotateNeighbours(at, pairs, angles);
    else rotateHalves(at, pairs, angles);
    if (++turn == period) turn = 0;
    at += bytes;
  }
}
