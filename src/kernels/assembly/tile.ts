// The register tile: 5 rows × 2 vectors (5×8 in f32, 5×4 in f64), and one of 4 rows for what five do not divide.
//
// Ten accumulators, two vectors of B, one broadcast of A and one product fill 14 of the 15 registers that V8
// leaves of x86's 16, so nothing spills; 6×8 fits only when the multiply-add is fused. The loop is not unrolled:
// V8 then reorders loads across steps and spills. docs/decisions/0009-wasm-gemm.md has the measurements.

import { madd } from "./vector";

/** Rows of the register tile. */
export const MR: i32 = 5;
/** Rows of the lower one. */
export const MR_LOW: i32 = 4;

/** Columns of the register tile. */
// @ts-ignore: decorator
@inline
export function NR<T>(): i32 {
  return 32 / sizeof<T>();
}

/** How many of a block's rows go in panels of five; the others go in fours, exactly from twelve rows on. */
export function rowsInFives(rows: i32): i32 {
  const panels = (rows + MR - 1) / MR;
  return max(0, MR * (rows - MR_LOW * panels));
}

/** Rows of a block with those that pad its last panel. */
export function paddedRows(rows: i32): i32 {
  return max(rows, MR_LOW * ((rows + MR - 1) / MR));
}

// @ts-ignore: decorator
@inline
function addTo<T>(c: usize, lo: v128, hi: v128): void {
  v128.store(c, v128.add<T>(lo, v128.load(c)));
  v128.store(c, v128.add<T>(hi, v128.load(c, 16)), 16);
}

// @ts-ignore: decorator
@inline
function put(c: usize, lo: v128, hi: v128): void {
  v128.store(c, lo);
  v128.store(c, hi, 16);
}

/**
 * C[height, NR] (+)= A·B over k steps, for a height of MR or MR_LOW that is known when compiling. `a` is packed [k][height];
 * row p of B is the 32 bytes at b + p·bStep, so that a packed panel (bStep = 32) and the rows of a plain matrix are read
 * by the same code. Strides are in bytes.
 */
// @ts-ignore: decorator
@inline
function multiply<T>(
  height: i32, k: i32, a: usize, b: usize, bStep: usize, c: usize, cStep: usize, accumulate: bool,
): void {
  let c00 = v128.splat<T>(0), c01 = c00;
  let c10 = c00, c11 = c00;
  let c20 = c00, c21 = c00;
  let c30 = c00, c31 = c00;
  let c40 = c00, c41 = c00;
  for (let p = 0; p < k; p++) {
    const b0 = v128.load(b), b1 = v128.load(b, 16);
    let x = v128.load_splat<T>(a);
    c00 = madd<T>(x, b0, c00);
    c01 = madd<T>(x, b1, c01);
    x = v128.load_splat<T>(a, sizeof<T>());
    c10 = madd<T>(x, b0, c10);
    c11 = madd<T>(x, b1, c11);
    x = v128.load_splat<T>(a, 2 * sizeof<T>());
    c20 = madd<T>(x, b0, c20);
    c21 = madd<T>(x, b1, c21);
    x = v128.load_splat<T>(a, 3 * sizeof<T>());
    c30 = madd<T>(x, b0, c30);
    c31 = madd<T>(x, b1, c31);
    if (height == MR) {
      x = v128.load_splat<T>(a, 4 * sizeof<T>());
      c40 = madd<T>(x, b0, c40);
      c41 = madd<T>(x, b1, c41);
    }
    a += <usize>height * sizeof<T>();
    b += bStep;
  }
  // Two whole branches: with one test per row, V8 11 spills accumulators inside the loop (44 → 24 GFLOP/s).
  if (accumulate) {
    let row = c;
    addTo<T>(row, c00, c01);
    row += cStep;
    addTo<T>(row, c10, c11);
    row += cStep;
    addTo<T>(row, c20, c21);
    row += cStep;
    addTo<T>(row, c30, c31);
    if (height == MR) addTo<T>(row + cStep, c40, c41);
  } else {
    put(c, c00, c01);
    c += cStep;
    put(c, c10, c11);
    c += cStep;
    put(c, c20, c21);
    c += cStep;
    put(c, c30, c31);
    if (height == MR) put(c + cStep, c40, c41);
  }
}

export function tile<T>(k: i32, a: usize, b: usize, bStep: usize, c: usize, cStep: usize, accumulate: bool): void {
  multiply<T>(MR, k, a, b, bStep, c, cStep, accumulate);
}

export function lowTile<T>(k: i32, a: usize, b: usize, bStep: usize, c: usize, cStep: usize, accumulate: bool): void {
  multiply<T>(MR_LOW, k, a, b, bStep, c, cStep, accumulate);
}

/** Copies (or adds) the first rows × cols of a scratch tile into C: the edge of a matrix. */
export function putEdge<T>(scratch: usize, c: usize, cStep: usize, rows: i32, cols: i32, accumulate: bool): void {
  const bytes = <usize>cols * sizeof<T>();
  for (let r = 0; r < rows; r++) {
    let j: usize = 0;
    for (; j + 16 <= bytes; j += 16) {
      const value = v128.load(scratch + j);
      v128.store(c + j, accumulate ? v128.add<T>(v128.load(c + j), value) : value);
    }
    for (; j < bytes; j += sizeof<T>()) {
      const value = load<T>(scratch + j);
      store<T>(c + j, accumulate ? <T>(load<T>(c + j) + value) : value);
    }
    scratch += 32;
    c += cStep;
  }
}
