// L·Lᵀ = A by halves (Gustavson, "Recursion leads to automatic variable blocking for dense linear-algebra algorithms",
// IBM J. Res. Dev. 41, 1997). Only the lower triangle is read.

import { gemmScratch, gemmUpdate } from "../gemm";
import { madd } from "../vector";
import { transpose } from "./transpose";
import { triangularRight, triangularScratch } from "./triangular";

/** Rows of a diagonal block that is factored row by row: eight register tiles of GEMM. */
const LEAF: i32 = 40;
/** Rows of a diagonal block of the update that is computed whole, half of it for nothing. */
const UPDATE_LEAF: i32 = 40;

// @ts-ignore: decorator
@inline
function half(n: i32, leaf: i32): i32 {
  return ((n + leaf - 1) / leaf + 1) / 2 * leaf;
}

/** Bytes between the rows of a leaf: room for four vectors from any place in a row. */
// @ts-ignore: decorator
@inline
function leafStep<T>(): usize {
  return <usize>LEAF * sizeof<T>() + 64;
}

/** Bytes of scratch for `choleskyFactor` of [n, n]. */
export function choleskyScratch<T>(n: i32): usize {
  const leaf = <usize>LEAF * (leafStep<T>() + sizeof<T>());
  return n <= LEAF ? leaf : max(leaf, max(triangularScratch<T>(n, n), gemmScratch<T>(n, n, n)));
}

/** A := L on and below the diagonal. Returns −1, or the index of the first pivot that is not positive, left in its place. */
export function choleskyFactor<T>(n: i32, a: usize, aRow: i32, scratch: usize): i32 {
  if (n <= LEAF) return choleskyLeaf<T>(n, a, aRow, scratch);
  const first = half(n, LEAF), rest = n - first;
  const failed = choleskyFactor<T>(first, a, aRow, scratch);
  if (failed >= 0) return failed;
  const below = a + <usize>(first * aRow) * sizeof<T>();
  const corner = below + <usize>first * sizeof<T>();
  triangularRight<T>(rest, first, a, 1, aRow, false, false, below, aRow, scratch);
  subtractGram<T>(rest, first, below, aRow, corner, scratch);
  const later = choleskyFactor<T>(rest, corner, aRow, scratch);
  return later < 0 ? later : later + first;
}

/** C −= A·Aᵀ on and below the diagonal blocks of C[n, n]; A[n, k] lies in the same matrix. */
function subtractGram<T>(n: i32, k: i32, a: usize, row: i32, c: usize, scratch: usize): void {
  if (n <= UPDATE_LEAF) return gemmUpdate<T>(n, n, k, a, row, 1, a, 1, row, c, row, true, scratch);
  const first = half(n, UPDATE_LEAF), rest = n - first;
  const below = <usize>(first * row) * sizeof<T>();
  subtractGram<T>(first, k, a, row, c, scratch);
  gemmUpdate<T>(rest, first, k, a + below, row, 1, a, 1, row, c + below, row, true, scratch);
  subtractGram<T>(rest, k, a + below, row, c + below + <usize>first * sizeof<T>(), scratch);
}

/**
 * The leaf is worked on as Uᵀ·U, rows contiguous: row j of U is what the rows above leave of row j of A, summed in
 * registers, over the root of its pivot. What the vectors hold left of the diagonal and right of U is never read.
 */
function choleskyLeaf<T>(n: i32, a: usize, aRow: i32, scratch: usize): i32 {
  const step = leafStep<T>(), roots = scratch + <usize>LEAF * step;
  const pivots = <usize>(aRow + 1) * sizeof<T>();
  transpose<T>(n, n, a, aRow, scratch, <i32>(step / sizeof<T>()));
  const end = <usize>n * sizeof<T>();
  for (let j = 0; j < n; j++) {
    const column = <usize>j * sizeof<T>();
    const row = scratch + <usize>j * step, first = column & ~15;
    for (let c = first; c < end; c += 64) {
      let s0 = v128.load(row + c), s1 = v128.load(row + c, 16);
      let s2 = v128.load(row + c, 32), s3 = v128.load(row + c, 48);
      for (let above = scratch; above < row; above += step) {
        const factor = v128.neg<T>(v128.load_splat<T>(above + column));
        s0 = madd<T>(factor, v128.load(above + c), s0);
        s1 = madd<T>(factor, v128.load(above + c, 16), s1);
        s2 = madd<T>(factor, v128.load(above + c, 32), s2);
        s3 = madd<T>(factor, v128.load(above + c, 48), s3);
      }
      v128.store(row + c, s0);
      v128.store(row + c, s1, 16);
      v128.store(row + c, s2, 32);
      v128.store(row + c, s3, 48);
    }
    const pivot = load<T>(row + column);
    if (!(pivot > 0)) {
      store<T>(a + <usize>j * pivots, pivot);
      return j;
    }
    const root = <T>sqrt<T>(pivot);
    store<T>(roots + column, root);
    const divisor = v128.splat<T>(root);
    for (let c = first; c < end; c += 16) v128.store(row + c, v128.div<T>(v128.load(row + c), divisor));
  }
  transpose<T>(n, n, scratch, <i32>(step / sizeof<T>()), a, aRow);
  for (let j = 0; j < n; j++) store<T>(a + <usize>j * pivots, load<T>(roots + <usize>j * sizeof<T>()));
  return -1;
}
