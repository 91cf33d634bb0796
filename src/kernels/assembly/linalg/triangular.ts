// Triangular systems with many right-hand sides (BLAS's trsm): T·X = B and X·T = B, in place, by halves, so that almost
// all arithmetic is GEMM (Elmroth, Gustavson, Jonsson and Kågström, "Recursive blocked algorithms", SIAM Review 46,
// 2004). T is read through two strides: swapped strides read its transpose. Diagonal blocks are solved by
// substitution, never inverted, so that every solution has a small backward error.

import { gemmScratch, gemmUpdate } from "../gemm";
import { lanes, madd } from "../vector";
import { transpose } from "./transpose";
import { axpy, dot } from "./vectors";

/** Rows of a diagonal block that is solved by substitution: four register tiles of GEMM. */
const LEAF: i32 = 20;
/** Right-hand sides that a leaf on the right transposes at a time. */
const STRIP: i32 = 64;
/** Fewer right-hand sides than this are solved one after the other. */
const FEW: i32 = 5;

/** Half of n, in whole leaves. */
// @ts-ignore: decorator
@inline
function half(n: i32): i32 {
  return ((n + LEAF - 1) / LEAF + 1) / 2 * LEAF;
}

// @ts-ignore: decorator
@inline
function leafBytes<T>(): usize {
  return <usize>(LEAF * LEAF + LEAF * STRIP) * sizeof<T>();
}

/** Bytes of scratch for T[n, n] and k right-hand sides, on either side. */
export function triangularScratch<T>(n: i32, k: i32): usize {
  const block = leafBytes<T>() + max(gemmScratch<T>(n, k, n), gemmScratch<T>(k, n, n));
  return k < FEW ? max(block, <usize>(n * k) * sizeof<T>()) : block;
}

// ---- one right-hand side ----

/** T·x = b with contiguous x. One of T's strides is 1. */
export function triangularVector<T>(
  n: i32, t: usize, tRow: i32, tCol: i32, lower: bool, unit: bool, x: usize,
): void {
  const row = <usize>tRow * sizeof<T>(), col = <usize>tCol * sizeof<T>();
  for (let step = 0; step < n; step++) {
    const i = lower ? step : n - 1 - step;
    const at = x + <usize>i * sizeof<T>();
    // What lies beyond the diagonal entry: before it in lower rows and upper columns, after it in the others.
    const next = lower ? i + 1 : 0;
    const done = lower ? 0 : i + 1;
    const diagonal = load<T>(t + <usize>i * (row + col));
    let value = load<T>(at);
    if (tCol == 1) {
      value = <T>(value - dot<T>(step, t + <usize>i * row + <usize>done * col, x + <usize>done * sizeof<T>()));
      store<T>(at, unit ? value : <T>(value / diagonal));
    } else {
      if (!unit) value = <T>(value / diagonal);
      store<T>(at, value);
      axpy<T>(n - 1 - step, <T>-value, t + <usize>i * col + <usize>next * row, x + <usize>next * sizeof<T>());
    }
  }
}

/** A few right-hand sides: X[n, k] is transposed into scratch, so that each is contiguous. */
function fewVectors<T>(
  n: i32, k: i32, t: usize, tRow: i32, tCol: i32, lower: bool, unit: bool, x: usize, xRow: i32, scratch: usize,
): void {
  if (k == 1 && xRow == 1) return triangularVector<T>(n, t, tRow, tCol, lower, unit, x);
  transpose<T>(n, k, x, xRow, scratch, n);
  for (let j = 0; j < k; j++) {
    triangularVector<T>(n, t, tRow, tCol, lower, unit, scratch + <usize>(j * n) * sizeof<T>());
  }
  transpose<T>(k, n, scratch, n, x, xRow);
}

// ---- leaves ----

/** Packs a diagonal block with its off-diagonal entries negated, [i][p] LEAF apart; `unit` makes the diagonal 1. */
function packLeaf<T>(n: i32, t: usize, tRow: i32, tCol: i32, unit: bool, out: usize): void {
  const row = <usize>tRow * sizeof<T>(), col = <usize>tCol * sizeof<T>();
  for (let i = 0; i < n; i++) {
    const to = out + <usize>(i * LEAF) * sizeof<T>();
    let from = t + <usize>i * row;
    for (let p = 0; p < i; p++) {
      store<T>(to + <usize>p * sizeof<T>(), <T>-load<T>(from));
      from += col;
    }
    store<T>(to + <usize>i * sizeof<T>(), unit ? <T>1 : load<T>(from));
  }
}

/** Forward substitution with a packed leaf on k columns of X, whose rows are `step` bytes apart. */
function solveLeaf<T>(n: i32, k: i32, leaf: usize, unit: bool, x: usize, step: usize): void {
  const v = lanes<T>();
  let j = 0;
  for (; j + 8 * v <= k; j += 8 * v) {
    solveLeaf8<T>(n, leaf, unit, x, step);
    x += 128;
  }
  for (; j + v <= k; j += v) {
    let to = x;
    for (let i = 0; i < n; i++) {
      let value = v128.load(to), from = x;
      const l = leaf + <usize>(i * LEAF) * sizeof<T>();
      for (let p = 0; p < i; p++) {
        value = madd<T>(v128.load_splat<T>(l + <usize>p * sizeof<T>()), v128.load(from), value);
        from += step;
      }
      if (!unit) value = v128.div<T>(value, v128.load_splat<T>(l + <usize>i * sizeof<T>()));
      v128.store(to, value);
      to += step;
    }
    x += 16;
  }
  for (; j < k; j++) {
    let to = x;
    for (let i = 0; i < n; i++) {
      let value = load<T>(to), from = x;
      const l = leaf + <usize>(i * LEAF) * sizeof<T>();
      for (let p = 0; p < i; p++) {
        value = <T>(value + load<T>(l + <usize>p * sizeof<T>()) * load<T>(from));
        from += step;
      }
      store<T>(to, unit ? value : <T>(value / load<T>(l + <usize>i * sizeof<T>())));
      to += step;
    }
    x += sizeof<T>();
  }
}

/** Eight vectors of columns at a time: eight independent chains of multiply-adds. */
function solveLeaf8<T>(n: i32, leaf: usize, unit: bool, x: usize, step: usize): void {
  let to = x;
  for (let i = 0; i < n; i++) {
    let a0 = v128.load(to), a1 = v128.load(to, 16), a2 = v128.load(to, 32), a3 = v128.load(to, 48);
    let a4 = v128.load(to, 64), a5 = v128.load(to, 80), a6 = v128.load(to, 96), a7 = v128.load(to, 112);
    let from = x;
    let l = leaf + <usize>(i * LEAF) * sizeof<T>();
    for (let p = 0; p < i; p++) {
      const s = v128.load_splat<T>(l);
      a0 = madd<T>(s, v128.load(from), a0);
      a1 = madd<T>(s, v128.load(from, 16), a1);
      a2 = madd<T>(s, v128.load(from, 32), a2);
      a3 = madd<T>(s, v128.load(from, 48), a3);
      a4 = madd<T>(s, v128.load(from, 64), a4);
      a5 = madd<T>(s, v128.load(from, 80), a5);
      a6 = madd<T>(s, v128.load(from, 96), a6);
      a7 = madd<T>(s, v128.load(from, 112), a7);
      l += sizeof<T>();
      from += step;
    }
    if (!unit) {
      const d = v128.load_splat<T>(l);
      a0 = v128.div<T>(a0, d);
      a1 = v128.div<T>(a1, d);
      a2 = v128.div<T>(a2, d);
      a3 = v128.div<T>(a3, d);
      a4 = v128.div<T>(a4, d);
      a5 = v128.div<T>(a5, d);
      a6 = v128.div<T>(a6, d);
      a7 = v128.div<T>(a7, d);
    }
    v128.store(to, a0);
    v128.store(to, a1, 16);
    v128.store(to, a2, 32);
    v128.store(to, a3, 48);
    v128.store(to, a4, 64);
    v128.store(to, a5, 80);
    v128.store(to, a6, 96);
    v128.store(to, a7, 112);
    to += step;
  }
}

// ---- T on the left ----

/** X[n, k] := T⁻¹·X with triangular T[n, n]. Rows of X are `xRow` elements apart; `unit`: T's diagonal is 1, unread. */
export function triangularLeft<T>(
  n: i32, k: i32, t: usize, tRow: i32, tCol: i32, lower: bool, unit: bool, x: usize, xRow: i32, scratch: usize,
): void {
  if (n == 0 || k == 0) return;
  if (k < FEW) return fewVectors<T>(n, k, t, tRow, tCol, lower, unit, x, xRow, scratch);
  if (lower) return lowerLeft<T>(n, k, t, tRow, tCol, unit, x, xRow, scratch);
  // Counted from the end, an upper triangle is a lower one.
  const end = n - 1;
  const corner = t + <usize>(end * (tRow + tCol)) * sizeof<T>();
  lowerLeft<T>(n, k, corner, -tRow, -tCol, unit, x + <usize>(end * xRow) * sizeof<T>(), -xRow, scratch);
}

function lowerLeft<T>(
  n: i32, k: i32, t: usize, tRow: i32, tCol: i32, unit: bool, x: usize, xRow: i32, scratch: usize,
): void {
  if (n <= LEAF) {
    packLeaf<T>(n, t, tRow, tCol, unit, scratch);
    return solveLeaf<T>(n, k, scratch, unit, x, <usize>xRow * sizeof<T>());
  }
  const first = half(n), rest = n - first;
  const below = t + <usize>(first * tRow) * sizeof<T>();
  const xBelow = x + <usize>(first * xRow) * sizeof<T>();
  lowerLeft<T>(first, k, t, tRow, tCol, unit, x, xRow, scratch);
  const free = scratch + leafBytes<T>();
  gemmUpdate<T>(rest, k, first, below, tRow, tCol, x, xRow, 1, xBelow, xRow, true, free);
  lowerLeft<T>(rest, k, below + <usize>(first * tCol) * sizeof<T>(), tRow, tCol, unit, xBelow, xRow, scratch);
}

// ---- T on the right ----

/** X[k, n] := X·T⁻¹ with triangular T[n, n], as `triangularLeft`. */
export function triangularRight<T>(
  k: i32, n: i32, t: usize, tRow: i32, tCol: i32, lower: bool, unit: bool, x: usize, xRow: i32, scratch: usize,
): void {
  if (n == 0 || k == 0) return;
  if (n <= LEAF) return rightLeaf<T>(k, n, t, tRow, tCol, lower, unit, x, xRow, scratch);
  const first = half(n), rest = n - first;
  const free = scratch + leafBytes<T>();
  const right = x + <usize>first * sizeof<T>();
  const corner = t + <usize>(first * (tRow + tCol)) * sizeof<T>();
  if (lower) {
    triangularRight<T>(k, rest, corner, tRow, tCol, true, unit, right, xRow, scratch);
    const below = t + <usize>(first * tRow) * sizeof<T>();
    gemmUpdate<T>(k, first, rest, right, xRow, 1, below, tRow, tCol, x, xRow, true, free);
    triangularRight<T>(k, first, t, tRow, tCol, true, unit, x, xRow, scratch);
  } else {
    triangularRight<T>(k, first, t, tRow, tCol, false, unit, x, xRow, scratch);
    const beside = t + <usize>(first * tCol) * sizeof<T>();
    gemmUpdate<T>(k, rest, first, x, xRow, 1, beside, tRow, tCol, right, xRow, true, free);
    triangularRight<T>(k, rest, corner, tRow, tCol, false, unit, right, xRow, scratch);
  }
}

/** Strips of X are transposed, so that the leaf works on whole vectors: X·T = B is Tᵀ·Xᵀ = Bᵀ. */
function rightLeaf<T>(
  k: i32, n: i32, t: usize, tRow: i32, tCol: i32, lower: bool, unit: bool, x: usize, xRow: i32, scratch: usize,
): void {
  const strip = scratch + <usize>(LEAF * LEAF) * sizeof<T>();
  const end = n - 1;
  if (lower) packLeaf<T>(n, t + <usize>(end * (tRow + tCol)) * sizeof<T>(), -tCol, -tRow, unit, scratch);
  else packLeaf<T>(n, t, tCol, tRow, unit, scratch);
  const width = <usize>STRIP * sizeof<T>();
  for (let i = 0; i < k; i += STRIP) {
    const rows = min(STRIP, k - i);
    const at = x + <usize>(i * xRow) * sizeof<T>();
    transpose<T>(rows, n, at, xRow, strip, STRIP);
    if (lower) solveLeaf<T>(n, rows, scratch, unit, strip + <usize>end * width, 0 - width);
    else solveLeaf<T>(n, rows, scratch, unit, strip, width);
    transpose<T>(n, rows, strip, STRIP, at, xRow);
  }
}
