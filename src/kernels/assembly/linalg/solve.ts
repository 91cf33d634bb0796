// The direct solvers over batches: every call factors, solves or inverts `count` matrices that lie one after the other.

import { lanes } from "../vector";
import { choleskyFactor } from "./cholesky";
import { luFactor, luScratch, swapRows } from "./lu";
import { gemmScratch, gemmUpdate } from "../gemm";
import { transpose } from "./transpose";
import { triangularLeft, triangularScratch } from "./triangular";

/** Rows of an identity that are solved for directly. */
const LEAF: i32 = 20;
/** Columns of a triangular inverse that are multiplied as if none of their rows were zero. */
const STRIP: i32 = 80;

// @ts-ignore: decorator
@inline
function swapBytes(n: i32): usize {
  return ((<usize>n << 2) + 63) & ~63;
}

/** Whether no entry of X[m, n] is NaN or infinite. */
export function finite<T>(m: i32, n: i32, x: usize, xRow: i32): bool {
  let sum = v128.splat<T>(0);
  for (let r = 0; r < m; r++) {
    let at = x;
    let i = 0;
    for (; i + lanes<T>() <= n; i += lanes<T>()) {
      const value = v128.load(at);
      sum = v128.add<T>(sum, v128.sub<T>(value, value));
      at += 16;
    }
    for (; i < n; i++) {
      if (!isFinite<T>(load<T>(at))) return false;
      at += sizeof<T>();
    }
    x += <usize>xRow * sizeof<T>();
  }
  return !v128.any_true(v128.ne<T>(sum, sum));
}

/** The first zero on the diagonal of T[n, n], or −1. */
function zeroPivot<T>(n: i32, t: usize, tRow: i32): i32 {
  const step = <usize>(tRow + 1) * sizeof<T>();
  for (let i = 0; i < n; i++) {
    if (load<T>(t) == 0) return i;
    t += step;
  }
  return -1;
}

// ---- Cholesky ----

/**
 * A[n, n] := L, or U = Lᵀ, with zeros in the other triangle. Returns −1, or g·n + i for the pivot i of matrix g that is
 * not positive: its value is then on the diagonal (of the lower triangle's factorisation in either case).
 */
export function choleskyBatch<T>(count: i32, n: i32, a: usize, aRow: i32, upper: bool, scratch: usize): i32 {
  for (let g = 0; g < count; g++) {
    if (upper) mirror<T>(n, a, aRow, true);
    const failed = choleskyFactor<T>(n, a, aRow, scratch);
    if (failed >= 0) return g * n + failed;
    if (upper) mirror<T>(n, a, aRow, false);
    const step = <usize>aRow * sizeof<T>();
    for (let i = 0; i < n; i++) {
      const row = a + <usize>i * step;
      if (upper) memory.fill(row, 0, <usize>i * sizeof<T>());
      else memory.fill(row + <usize>(i + 1) * sizeof<T>(), 0, <usize>(n - i - 1) * sizeof<T>());
    }
    a += <usize>n * step;
  }
  return -1;
}

/** Copies one triangle of A[n, n] to the other, by blocks that fit the cache. */
function mirror<T>(n: i32, a: usize, aRow: i32, toLower: bool): void {
  const step = <usize>aRow * sizeof<T>(), block = 32;
  for (let i = 0; i < n; i += block) {
    const rows = min(block, n - i);
    for (let j = 0; j < i; j += block) {
      const below = a + <usize>i * step + <usize>j * sizeof<T>();
      const above = a + <usize>j * step + <usize>i * sizeof<T>();
      if (toLower) transpose<T>(block, rows, above, aRow, below, aRow);
      else transpose<T>(rows, block, below, aRow, above, aRow);
    }
    for (let r = i; r < i + rows; r++) {
      for (let c = i; c < r; c++) {
        const below = a + <usize>r * step + <usize>c * sizeof<T>();
        const above = a + <usize>c * step + <usize>r * sizeof<T>();
        if (toLower) store<T>(below, load<T>(above));
        else store<T>(above, load<T>(below));
      }
    }
  }
}

// ---- LU ----

/** A[m, n] := L and U as `luFactor` leaves them; `swaps`[count, min(m, n)]. */
export function luBatch<T>(count: i32, m: i32, n: i32, a: usize, aRow: i32, swaps: usize, scratch: usize): void {
  for (let g = 0; g < count; g++) {
    luFactor<T>(m, n, a, aRow, swaps, scratch);
    a += <usize>(m * aRow) * sizeof<T>();
    swaps += <usize>min(m, n) << 2;
  }
}

/** Writes the factors apart: L[m, k] with ones on its diagonal and U[k, n], k = min(m, n), both contiguous. */
export function luUnpack<T>(count: i32, m: i32, n: i32, a: usize, aRow: i32, l: usize, u: usize): void {
  const k = min(m, n), size = sizeof<T>();
  for (let g = 0; g < count; g++) {
    for (let i = 0; i < m; i++) {
      const left = min(i, k);
      memory.copy(l, a, <usize>left * size);
      memory.fill(l + <usize>left * size, 0, <usize>(k - left) * size);
      if (i < k) {
        store<T>(l + <usize>i * size, 1);
        memory.fill(u, 0, <usize>i * size);
        memory.copy(u + <usize>i * size, a + <usize>i * size, <usize>(n - i) * size);
        u += <usize>n * size;
      }
      l += <usize>k * size;
      a += <usize>aRow * size;
    }
  }
}

// ---- systems ----

/** Bytes of scratch for `solveBatch`. */
export function solveScratch<T>(n: i32, k: i32): usize {
  return swapBytes(n) + max(luScratch<T>(n, n), triangularScratch<T>(n, k));
}

/**
 * X := A⁻¹·X for `count` matrices A[n, n] with `each` right-hand sides X[n, k] for every one. Returns −1, or g·n + i for
 * the zero pivot i of matrix g. A is overwritten.
 */
export function solveBatch<T>(
  count: i32, each: i32, n: i32, k: i32, a: usize, aRow: i32, x: usize, scratch: usize,
): i32 {
  const free = scratch + swapBytes(n);
  for (let g = 0; g < count; g++) {
    luFactor<T>(n, n, a, aRow, scratch, free);
    const zero = zeroPivot<T>(n, a, aRow);
    if (zero >= 0) return g * n + zero;
    for (let i = 0; i < each; i++) {
      swapRows<T>(n, k, x, k, scratch);
      triangularLeft<T>(n, k, a, aRow, 1, true, true, x, k, free);
      triangularLeft<T>(n, k, a, aRow, 1, false, false, x, k, free);
      x += <usize>(n * k) * sizeof<T>();
    }
    a += <usize>(n * aRow) * sizeof<T>();
  }
  return -1;
}

/** X := op(T)⁻¹·X as `solveBatch`, with triangular T; `lower` says which triangle of T is stored. */
export function solveTriangularBatch<T>(
  count: i32, each: i32, n: i32, k: i32, t: usize, tRow: i32, lower: bool, transpose: bool, unit: bool,
  x: usize, scratch: usize,
): i32 {
  const row = transpose ? 1 : tRow, col = transpose ? tRow : 1;
  for (let g = 0; g < count; g++) {
    const zero = unit ? -1 : zeroPivot<T>(n, t, tRow);
    if (zero >= 0) return g * n + zero;
    for (let i = 0; i < each; i++) {
      triangularLeft<T>(n, k, t, row, col, lower != transpose, unit, x, k, scratch);
      x += <usize>(n * k) * sizeof<T>();
    }
    t += <usize>(n * tRow) * sizeof<T>();
  }
  return -1;
}

// ---- inverses ----

/** Bytes of scratch for `inverseBatch`. */
export function inverseScratch<T>(n: i32): usize {
  const row = (<usize>n * sizeof<T>() + 63) & ~63;
  return 2 * swapBytes(n) + row + max(luScratch<T>(n, n), triangularScratch<T>(n, n) + gemmScratch<T>(n, n, n));
}

/**
 * Y := A⁻¹ = U⁻¹·L⁻¹·Pᵀ; rows of Y are `aRow` elements apart too. Returns −1, or g·n + i for the zero pivot i of matrix g.
 * A is overwritten.
 */
export function inverseBatch<T>(count: i32, n: i32, a: usize, aRow: i32, y: usize, scratch: usize): i32 {
  const order = scratch + swapBytes(n), held = order + swapBytes(n);
  const free = held + ((<usize>n * sizeof<T>() + 63) & ~63);
  const step = <usize>aRow * sizeof<T>();
  for (let g = 0; g < count; g++) {
    luFactor<T>(n, n, a, aRow, scratch, free);
    const zero = zeroPivot<T>(n, a, aRow);
    if (zero >= 0) return g * n + zero;
    for (let i = 0; i < n; i++) memory.fill(y + <usize>i * step, 0, <usize>n * sizeof<T>());
    invertUnitLower<T>(n, a, aRow, y, aRow, free);
    triangularLeft<T>(n, n, a, aRow, 1, false, false, y, aRow, free);
    permutation(n, n, scratch, order);
    for (let i = 0; i < n; i++) {
      memory.copy(held, y, <usize>n * sizeof<T>());
      for (let j = 0; j < n; j++) {
        const to = <usize>load<i32>(order + (<usize>j << 2));
        store<T>(y + to * sizeof<T>(), load<T>(held + <usize>j * sizeof<T>()));
      }
      y += step;
    }
    a += <usize>n * step;
  }
  return -1;
}

/** order[m] such that A[order] is A after the k exchanges of rows. */
export function permutation(m: i32, k: i32, swaps: usize, order: usize): void {
  for (let i = 0; i < m; i++) store<i32>(order + (<usize>i << 2), i);
  for (let i = 0; i < k; i++) {
    const at = order + (<usize>i << 2), other = order + (<usize>load<i32>(swaps + (<usize>i << 2)) << 2);
    const held = load<i32>(at);
    store<i32>(at, load<i32>(other));
    store<i32>(other, held);
  }
}

/** Y := L⁻¹ for unit lower L[n, n], into zeros. */
function invertUnitLower<T>(n: i32, l: usize, lRow: i32, y: usize, yRow: i32, scratch: usize): void {
  if (n <= LEAF) {
    for (let i = 0; i < n; i++) store<T>(y + <usize>(i * (yRow + 1)) * sizeof<T>(), 1);
    return triangularLeft<T>(n, n, l, lRow, 1, true, true, y, yRow, scratch);
  }
  const first = ((n + LEAF - 1) / LEAF + 1) / 2 * LEAF, rest = n - first;
  const below = l + <usize>(first * lRow) * sizeof<T>();
  const yBelow = y + <usize>(first * yRow) * sizeof<T>();
  const diagonal = <usize>first * sizeof<T>();
  invertUnitLower<T>(first, l, lRow, y, yRow, scratch);
  invertUnitLower<T>(rest, below + diagonal, lRow, yBelow + diagonal, yRow, scratch);
  // The inverse above is triangular too: a strip of its columns starts at their diagonal block.
  for (let j = 0; j < first; j += STRIP) {
    const right = <usize>j * sizeof<T>();
    gemmUpdate<T>(
      rest, min(STRIP, first - j), first - j, below + right, lRow, 1, y + <usize>(j * (yRow + 1)) * sizeof<T>(), yRow, 1,
      yBelow + right, yRow, true, scratch,
    );
  }
  triangularLeft<T>(rest, first, below + diagonal, lRow, 1, true, true, yBelow, yRow, scratch);
}
