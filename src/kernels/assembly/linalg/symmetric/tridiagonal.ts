// A = Q·T·Qᵀ, T tridiagonal, by blocked Householder reflections (Dongarra, Hammarling and Sorensen, J. Comput. Appl.
// Math. 27, 1989; LAPACK's sytrd). A panel of rows is reduced while the rest of A stays as it was, the updates A −= v·wᵀ
// + w·vᵀ that it is owed kept aside; then the rest gets all of them at once, by GEMM on the blocks that meet the upper
// triangle. Half of the 4/3·n³ flops are the products A·v of the panels.

import { gemmScratch, gemmUpdate } from "../../gemm";
import { gemvColumns, gemvRows } from "../../gemv";
import {
  alignedBytes, applyBlockRight, applyBlockRightScratch, formT, formTScratch, reflector,
} from "../householder";
import { symvUpper } from "./symv";
import { axpy, dot, scaleVector } from "../vectors";

/** Rows of a panel. */
const PANEL: i32 = 16;
/** Rows of A that one product updates: the waste below the diagonal grows with it, the packing shrinks. */
const STRIP: i32 = 60;
/** Reflectors that are applied together to the eigenvectors. */
const BACK: i32 = 48;

/** Elements between the rows of a matrix to reduce: one vector of zeros fits behind each, and they do not collide. */
export function paddedRow<T>(n: i32): i32 {
  const line = 64 / sizeof<T>();
  return (((n + 4 + line - 1) / line) | 1) * line;
}

/** Bytes of scratch for `tridiagonalize<T>`. */
export function tridiagonalizeScratch<T>(n: i32): usize {
  return 2 * alignedBytes<T>(2 * PANEL, paddedRow<T>(n)) + alignedBytes<T>(1, 2 * PANEL) +
    gemmScratch<T>(STRIP, n, 2 * PANEL);
}

/**
 * Reduces A[n, n] (upper triangle, rows `paddedRow` apart, zeros behind them): diagonal to d[n] and off-diagonal to
 * e[n − 1], both f64; tau[n]. Row i of A becomes reflector i: zeros up to the diagonal, then 1, then the rest.
 */
export function tridiagonalize<T>(n: i32, a: usize, d: usize, e: usize, tau: usize, scratch: usize): void {
  const size = sizeof<T>();
  const ld = paddedRow<T>(n);
  const step = <usize>ld * size;
  // Rows v₀, w₀, v₁, w₁ … and w₀, v₀, w₁, v₁ …: the updates owed are −leftᵀ·right.
  const left = scratch, right = left + alignedBytes<T>(2 * PANEL, ld);
  const factors = right + alignedBytes<T>(2 * PANEL, ld);
  const products = factors + alignedBytes<T>(1, 2 * PANEL);
  memory.fill(left, 0, factors - left);
  for (let first = 0; first < n; first += PANEL) {
    const next = min(first + PANEL, n);
    for (let i = first; i < next; i++) {
      const owed = 2 * (i - first);
      const column = <usize>i * size;
      const row = a + <usize>i * step + column;
      for (let q = 0; q < owed; q++) {
        store<T>(factors + <usize>q * size, -load<T>(left + <usize>q * step + column));
      }
      gemvColumns<T>(n - i, owed, right + column, ld, factors, row, true);
      store<f64>(d + <usize>i * 8, <f64>load<T>(row));
      const length = n - i - 1;
      if (length == 0) break;
      const v = row + size;
      const tauAt = tau + <usize>i * size;
      const t = reflector<T>(length, v, 1);
      store<T>(tauAt, t);
      store<f64>(e + <usize>i * 8, <f64>load<T>(v));
      store<T>(v, <T>1);
      memory.fill(a + <usize>i * step, 0, column + size);
      const behind = column + size;
      const vAt = left + <usize>owed * step + behind, wAt = vAt + step;
      memory.copy(vAt, v, <usize>length * size);
      if (t == 0) {
        memory.fill(wAt, 0, <usize>length * size);
      } else {
        symvUpper<T>(length, a + <usize>(i + 1) * (step + size), ld, vAt, wAt);
        gemvRows<T>(owed, length, left + behind, ld, vAt, factors, false);
        scaleVector<T>(owed, <T>-1, factors);
        gemvColumns<T>(length, owed, right + behind, ld, factors, wAt, true);
        scaleVector<T>(length, t, wAt);
        axpy<T>(length, <T>(<T>-0.5 * t * dot<T>(length, vAt, wAt)), vAt, wAt);
      }
      const copy = right + <usize>owed * step + behind;
      memory.copy(copy, wAt, <usize>length * size);
      memory.copy(copy + step, vAt, <usize>length * size);
    }
    for (let i = next; i < n; i += STRIP) {
      const column = <usize>i * size;
      gemmUpdate<T>(
        min(STRIP, n - i), n - i, 2 * PANEL, left + column, 1, ld, right + column, ld, 1,
        a + <usize>i * step + column, ld, true, products,
      );
    }
  }
}

/** Bytes of scratch for `applyReflectors<T>`. */
export function applyReflectorsScratch<T>(n: i32): usize {
  return alignedBytes<T>(BACK, BACK) + max(formTScratch<T>(n, BACK), applyBlockRightScratch<T>(n, n, BACK));
}

/** Z[n, n] := Z·Qᵀ, rows zRow apart, for the Q that `tridiagonalize` left in A and tau: rows of Z are eigenvectors. */
export function applyReflectors<T>(n: i32, a: usize, tau: usize, z: usize, zRow: i32, scratch: usize): void {
  const ld = paddedRow<T>(n);
  const t = scratch, free = scratch + alignedBytes<T>(BACK, BACK);
  const count = n - 2;
  if (count <= 0) return;
  for (let first = ((count - 1) / BACK) * BACK; first >= 0; first -= BACK) {
    const b = min(BACK, count - first);
    const length = n - first - 1;
    const v = a + <usize>(first * ld + first + 1) * sizeof<T>();
    formT<T>(length, b, v, 1, ld, tau + <usize>first * sizeof<T>(), t, free);
    applyBlockRight<T>(n, length, b, v, 1, ld, t, true, z + <usize>(first + 1) * sizeof<T>(), zRow, free);
  }
}
