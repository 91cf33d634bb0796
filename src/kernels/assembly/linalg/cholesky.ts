// L·Lᵀ = A by halves (Gustavson, "Recursion leads to automatic variable blocking for dense linear-algebra algorithms",
// IBM J. Res. Dev. 41, 1997). Only the lower triangle is read.

import { gemmScratch, gemmUpdate } from "../gemm";
import { triangularRight, triangularScratch } from "./triangular";
import { dot } from "./vectors";

/** Rows of a diagonal block that is factored entry by entry: four register tiles of GEMM. */
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
  return n <= LEAF ? 0 : max(triangularScratch<T>(n, n), gemmScratch<T>(n, n, n));
}

/** A := L on and below the diagonal. Returns −1, or the index of the first pivot that is not positive, left in its place. */
export function choleskyFactor<T>(n: i32, a: usize, aRow: i32, scratch: usize): i32 {
  if (n <= LEAF) return choleskyLeaf<T>(n, a, aRow);
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

function choleskyLeaf<T>(n: i32, a: usize, aRow: i32): i32 {
  const step = <usize>aRow * sizeof<T>();
  let row = a;
  for (let i = 0; i < n; i++) {
    let other = a;
    for (let j = 0; j < i; j++) {
      const at = row + <usize>j * sizeof<T>();
      const rest = <T>(load<T>(at) - dot<T>(j, row, other));
      store<T>(at, <T>(rest / load<T>(other + <usize>j * sizeof<T>())));
      other += step;
    }
    const at = row + <usize>i * sizeof<T>();
    const pivot = <T>(load<T>(at) - dot<T>(i, row, row));
    if (!(pivot > 0)) {
      store<T>(at, pivot);
      return i;
    }
    store<T>(at, <T>sqrt<T>(pivot));
    row += step;
  }
  return -1;
}
