// Operands combined element by element over a grid of rows × columns: result[i, j] = f(a[i, j], b[i, j]). An operand
// steps by `…Row` bytes from row to row (0: every row is the same) and either has an element for every column or one
// for all of them. Results lie dense, apart from the operands.
//
// Rows are computed in whole vectors: what goes beyond the end of a row is overwritten by the next one, and all
// regions have room for 128 bytes more than they hold.

import { powF32, powF64 } from "./power";
import { remainderF32, remainderF64 } from "./remainder";

const ADD = 0, SUB = 1, MUL = 2, DIV = 3, MAX = 4, MIN = 5, POW = 6, REMAINDER = 7;
const EQ = 0, NE = 1, LT = 2, LE = 3, FINITE = 4;
const AND = 0, OR = 1, XOR = 2;

/** Bytes of scratch for the one element of a row, in every lane. */
const SPREAD: usize = 128;

/** Where a row of an operand lies: in place, or its one element spread over scratch. */
// @ts-ignore: decorator
@inline
function rowOf<T>(at: usize, wide: bool, scratch: usize): usize {
  if (wide) return at;
  const x = v128.splat<T>(load<T>(at));
  for (let i: usize = 0; i < SPREAD; i += 16) v128.store(scratch + i, x);
  return scratch;
}

// @ts-ignore: decorator
@inline
function combine<T>(op: i32, x: v128, y: v128): v128 {
  if (op == ADD) return v128.add<T>(x, y);
  if (op == SUB) return v128.sub<T>(x, y);
  if (op == MUL) return v128.mul<T>(x, y);
  if (op == MAX) return v128.max<T>(x, y);
  if (op == MIN) return v128.min<T>(x, y);
  if (!isFloat<T>()) return x;
  if (op == POW) return sizeof<T>() == 4 ? powF32(x, y) : powF64(x, y);
  if (op == REMAINDER) return sizeof<T>() == 4 ? remainderF32(x, y) : remainderF64(x, y);
  return v128.div<T>(x, y);
}

/** `aMoves` and `bMoves`: 1 where the operand has an element for every column, else 0. */
// @ts-ignore: decorator
@inline
function combineRow<T>(op: i32, columns: i32, a: usize, aMoves: usize, b: usize, bMoves: usize, out: usize): void {
  const end = out + <usize>columns * sizeof<T>();
  for (; out + 64 <= end; out += 64) {
    v128.store(out, combine<T>(op, v128.load(a), v128.load(b)));
    v128.store(out, combine<T>(op, v128.load(a, 16), v128.load(b, 16)), 16);
    v128.store(out, combine<T>(op, v128.load(a, 32), v128.load(b, 32)), 32);
    v128.store(out, combine<T>(op, v128.load(a, 48), v128.load(b, 48)), 48);
    a += 64 * aMoves;
    b += 64 * bMoves;
  }
  for (; out < end; out += 16) {
    v128.store(out, combine<T>(op, v128.load(a), v128.load(b)));
    a += 16 * aMoves;
    b += 16 * bMoves;
  }
}

// @ts-ignore: decorator
@inline
function combineRows<T>(
  op: i32, rows: i32, columns: i32, a: usize, aRow: usize, aWide: bool, b: usize, bRow: usize, bWide: bool,
  out: usize, scratch: usize,
): void {
  for (let i = 0; i < rows; i++) {
    const x = rowOf<T>(a, aWide, scratch), y = rowOf<T>(b, bWide, scratch + SPREAD);
    combineRow<T>(op, columns, x, usize(aWide), y, usize(bWide), out);
    a += aRow;
    b += bRow;
    out += <usize>columns * sizeof<T>();
  }
}

/** `op`: 0 to 5 for a + b, a − b, a · b, a / b (floats), the larger and the smaller; NaN where either is. */
export function combineGrid<T>(
  op: i32, rows: i32, columns: i32, a: usize, aRow: usize, aWide: bool, b: usize, bRow: usize, bWide: bool,
  out: usize, scratch: usize,
): void {
  if (op == ADD) combineRows<T>(ADD, rows, columns, a, aRow, aWide, b, bRow, bWide, out, scratch);
  else if (op == SUB) combineRows<T>(SUB, rows, columns, a, aRow, aWide, b, bRow, bWide, out, scratch);
  else if (op == MUL) combineRows<T>(MUL, rows, columns, a, aRow, aWide, b, bRow, bWide, out, scratch);
  else if (op == MAX) combineRows<T>(MAX, rows, columns, a, aRow, aWide, b, bRow, bWide, out, scratch);
  else if (op == MIN) combineRows<T>(MIN, rows, columns, a, aRow, aWide, b, bRow, bWide, out, scratch);
  else if (isFloat<T>()) combineRows<T>(DIV, rows, columns, a, aRow, aWide, b, bRow, bWide, out, scratch);
}

/** `op`: 6 for aᵇ, 7 for the remainder of a / b. Apart from the above, whose loops their calls would slow down. */
export function composeGrid<T>(
  op: i32, rows: i32, columns: i32, a: usize, aRow: usize, aWide: bool, b: usize, bRow: usize, bWide: bool,
  out: usize, scratch: usize,
): void {
  if (op == POW) combineRows<T>(POW, rows, columns, a, aRow, aWide, b, bRow, bWide, out, scratch);
  else combineRows<T>(REMAINDER, rows, columns, a, aRow, aWide, b, bRow, bWide, out, scratch);
}

// @ts-ignore: decorator
@inline
function test<T>(op: i32, x: v128, y: v128): v128 {
  if (op == EQ) return v128.eq<T>(x, y);
  if (op == NE) return v128.ne<T>(x, y);
  if (op == LT) return v128.lt<T>(x, y);
  if (op == LE) return v128.le<T>(x, y);
  if (isFloat<T>()) return v128.lt<T>(v128.abs<T>(x), v128.splat<T>(<T>Infinity));
  return x;
}

/** The outcome for four elements, in lanes of 32 bits. */
// @ts-ignore: decorator
@inline
function test4<T>(op: i32, a: usize, b: usize): v128 {
  const first = test<T>(op, v128.load(a), v128.load(b));
  if (sizeof<T>() == 4) return first;
  return v128.shuffle<i32>(first, test<T>(op, v128.load(a, 16), v128.load(b, 16)), 0, 2, 4, 6);
}

// @ts-ignore: decorator
@inline
function testRows<T>(
  op: i32, rows: i32, columns: i32, a: usize, aRow: usize, aWide: bool, b: usize, bRow: usize, bWide: bool,
  out: usize, scratch: usize,
): void {
  const step: usize = 4 * sizeof<T>();
  const aStep = 4 * step * usize(aWide), bStep = 4 * step * usize(bWide);
  for (let i = 0; i < rows; i++) {
    let x = rowOf<T>(a, aWide, scratch), y = rowOf<T>(b, bWide, scratch + SPREAD);
    const end = out + <usize>columns;
    for (let to = out; to < end; to += 16) {
      const low = i16x8.narrow_i32x4_s(test4<T>(op, x, y), test4<T>(op, x + step, y + step));
      const top = i16x8.narrow_i32x4_s(test4<T>(op, x + 2 * step, y + 2 * step), test4<T>(op, x + 3 * step, y + 3 * step));
      v128.store(to, v128.and(i8x16.narrow_i16x8_s(low, top), i8x16.splat(1)));
      x += aStep;
      y += bStep;
    }
    a += aRow;
    b += bRow;
    out = end;
  }
}

/** `op`: 0 to 4 for a = b, a ≠ b, a < b, a ≤ b, and a finite (floats). Results are bytes, 0 or 1. */
export function testGrid<T>(
  op: i32, rows: i32, columns: i32, a: usize, aRow: usize, aWide: bool, b: usize, bRow: usize, bWide: bool,
  out: usize, scratch: usize,
): void {
  if (op == EQ) testRows<T>(EQ, rows, columns, a, aRow, aWide, b, bRow, bWide, out, scratch);
  else if (op == NE) testRows<T>(NE, rows, columns, a, aRow, aWide, b, bRow, bWide, out, scratch);
  else if (op == LT) testRows<T>(LT, rows, columns, a, aRow, aWide, b, bRow, bWide, out, scratch);
  else if (op == LE) testRows<T>(LE, rows, columns, a, aRow, aWide, b, bRow, bWide, out, scratch);
  else if (isFloat<T>()) testRows<T>(FINITE, rows, columns, a, aRow, aWide, b, bRow, bWide, out, scratch);
}

/** Truth values in bytes, where all but 0 is true. `op`: 0 to 2 for and, or, exclusive or. */
export function logicGrid(
  op: i32, rows: i32, columns: i32, a: usize, aRow: usize, aWide: bool, b: usize, bRow: usize, bWide: bool,
  out: usize, scratch: usize,
): void {
  const zero = i8x16.splat(0), one = i8x16.splat(1);
  for (let i = 0; i < rows; i++) {
    let x = rowOf<u8>(a, aWide, scratch), y = rowOf<u8>(b, bWide, scratch + SPREAD);
    const end = out + <usize>columns;
    for (let to = out; to < end; to += 16) {
      const left = i8x16.ne(v128.load(x), zero), right = i8x16.ne(v128.load(y), zero);
      let y0 = v128.xor(left, right);
      if (op == AND) y0 = v128.and(left, right);
      else if (op == OR) y0 = v128.or(left, right);
      v128.store(to, v128.and(y0, one));
      x += 16 * usize(aWide);
      y += 16 * usize(bWide);
    }
    a += aRow;
    b += bRow;
    out = end;
  }
}

/** Sixteen truth values as masks for elements of T: vector `part` of them. */
// @ts-ignore: decorator
@inline
function maskOf<T>(chosen: v128, part: i32): v128 {
  let mask = chosen;
  for (let size = 2, parts = <i32>sizeof<T>() / 2; size <= <i32>sizeof<T>(); size *= 2, parts /= 2) {
    const upper = (part & parts) != 0;
    if (size == 2) mask = upper ? i16x8.extend_high_i8x16_s(mask) : i16x8.extend_low_i8x16_s(mask);
    else if (size == 4) mask = upper ? i32x4.extend_high_i16x8_s(mask) : i32x4.extend_low_i16x8_s(mask);
    else mask = upper ? i64x2.extend_high_i32x4_s(mask) : i64x2.extend_low_i32x4_s(mask);
  }
  return mask;
}

/** a where the byte of `choice` is not 0, else b. T is an integer as wide as the elements. */
export function selectGrid<T>(
  rows: i32, columns: i32, choice: usize, choiceRow: usize, choiceWide: bool, a: usize, aRow: usize, aWide: bool,
  b: usize, bRow: usize, bWide: bool, out: usize, scratch: usize,
): void {
  const zero = i8x16.splat(0);
  const bytes: usize = 16 * sizeof<T>();
  for (let i = 0; i < rows; i++) {
    let c = rowOf<u8>(choice, choiceWide, scratch);
    let x = rowOf<T>(a, aWide, scratch + SPREAD), y = rowOf<T>(b, bWide, scratch + 2 * SPREAD);
    const end = out + <usize>columns * sizeof<T>();
    for (let to = out; to < end; to += bytes) {
      const chosen = i8x16.ne(v128.load(c), zero);
      for (let part = 0; part < <i32>sizeof<T>(); part++) {
        const at = <usize>part * 16;
        v128.store(to + at, v128.bitselect(v128.load(x + at), v128.load(y + at), maskOf<T>(chosen, part)));
      }
      c += 16 * usize(choiceWide);
      x += bytes * usize(aWide);
      y += bytes * usize(bWide);
    }
    choice += choiceRow;
    a += aRow;
    b += bRow;
    out = end;
  }
}
