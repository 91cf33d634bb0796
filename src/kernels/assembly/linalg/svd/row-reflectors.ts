// Reflectors that are stored as the rows of a matrix v[n, m]: row i is zeros, 1 at column i + shift, then the rest.

import { alignedBytes, applyBlockRight, applyBlockRightScratch, formT, formTScratch } from "../householder";

/** Reflectors per block: eight register tiles of GEMM. */
const BLOCK: i32 = 40;

/** Bytes of scratch that `applyRowReflectors<T>` needs for C[rows, m]. */
export function rowReflectorsScratch<T>(rows: i32, m: i32): usize {
  return alignedBytes<T>(BLOCK, BLOCK) + max(formTScratch<T>(m, BLOCK), applyBlockRightScratch<T>(rows, m, BLOCK));
}

/** C[rows, m] := C·(H₀·H₁ ⋯ H_{n−1})ᵀ for the reflectors in v[n, m] and tau[n]. */
export function applyRowReflectors<T>(
  rows: i32, m: i32, n: i32, v: usize, vRow: i32, shift: i32, tau: usize, c: usize, cRow: i32, scratch: usize,
): void {
  const work = scratch + alignedBytes<T>(BLOCK, BLOCK);
  for (let first = n > 0 ? ((n - 1) / BLOCK) * BLOCK : -1; first >= 0; first -= BLOCK) {
    const width = min(BLOCK, n - first), from = first + shift;
    const block = v + (<usize>first * <usize>vRow + <usize>from) * sizeof<T>();
    formT<T>(m - from, width, block, 1, vRow, tau + <usize>first * sizeof<T>(), scratch, work);
    applyBlockRight<T>(
      rows, m - from, width, block, 1, vRow, scratch, true, c + <usize>from * sizeof<T>(), cRow, work,
    );
  }
}
