// L·Lᵀ = A by halves (Gustavson, "Recursion leads to automatic variable blocking for dense linear-algebra algorithms",
// IBM J. Res. Dev. 41, 1997). Only the lower triangle is read.

import { gemmScratch, gemmUpdate } from "../gemm";
import { lanes, madd } from "../vector";
import { triangularRight, triangularScratch } from "./triangular";

/** Rows of a diagonal block that is factored column by column: four register tiles of GEMM. */
const LEAF: i32 = 20;
/** Rows of a diagonal block of the update that is computed whole, half of it for nothing. */
const UPDATE_LEAF: i32 = 40;

// @ts-ignore: decorator
@inline
function half(n: i32, leaf: i32): i32 {
  return ((n + leaf - 1) / leaf + 1) / 2 * leaf;
}

/** Bytes of scratch for `choleskyFactor` of [n, n]. */
export function choleskyScratch<T>(n: i32): usize {
  const column = <usize>LEAF * sizeof<T>();
  return n <= LEAF ? column : max(triangularScratch<T>(n, n), gemmScratch<T>(n, n, n));
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

/** Column by column; each is copied out, so that the rows below it are updated by whole vectors. */
function choleskyLeaf<T>(n: i32, a: usize, aRow: i32, column: usize): i32 {
  const step = <usize>aRow * sizeof<T>();
  for (let j = 0; j < n; j++) {
    const diagonal = a + <usize>j * (step + sizeof<T>());
    const pivot = load<T>(diagonal);
    if (!(pivot > 0)) return j;
    const root = <T>sqrt<T>(pivot);
    store<T>(diagonal, root);
    let at = diagonal + step;
    for (let i = j + 1; i < n; i++) {
      const value = <T>(load<T>(at) / root);
      store<T>(at, value);
      store<T>(column + <usize>i * sizeof<T>(), value);
      at += step;
    }
    let row = a + <usize>j * step;
    for (let i = j + 1; i < n; i++) {
      row += step;
      const factor = <T>-load<T>(column + <usize>i * sizeof<T>());
      const factors = v128.splat<T>(factor);
      let c = j + 1;
      // The last vector may reach past the diagonal, into what is never read, but not past the row.
      for (; c <= i && c + lanes<T>() <= n; c += lanes<T>()) {
        const offset = <usize>c * sizeof<T>();
        v128.store(row + offset, madd<T>(factors, v128.load(column + offset), v128.load(row + offset)));
      }
      for (; c <= i; c++) {
        const offset = <usize>c * sizeof<T>();
        store<T>(row + offset, <T>(load<T>(row + offset) + factor * load<T>(column + offset)));
      }
    }
  }
  return -1;
}
