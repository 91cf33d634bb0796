// Exchange of neighbouring diagonal blocks of a real Schur form by an orthogonal similarity: Bai and Demmel, "On
// swapping diagonal blocks in real Schur form" (1993), as LAPACK's dlaexc and dtrexc.

import { reflector } from "../householder";
import { EPSILON, TINY, at, get, hypotenuse, item, put, setItem } from "./element";
import { splitBlock } from "./francis";
import { rotateColumns, rotateRows } from "./rotate";

/** A system of up to four equations and its right-hand side, row by row. */
const system: usize = memory.data(8 * 20, 16);
const solution: usize = memory.data(8 * 4, 16);
/** Up to two reflectors of length four, and their τ. */
const vectors: usize = memory.data(8 * 8, 16);
const taus: usize = memory.data(8 * 2, 16);
/** The block before it is changed for good. */
const trial: usize = memory.data(8 * 16, 16);
const ignored: usize = memory.data(8 * 4, 16);

/** Solves the system of `count` equations by elimination with complete pivoting; pivots below `smallest` become that. */
function solve(count: i32, smallest: f64): void {
  let order = 0x3210; // which unknown each column belongs to, four bits each
  for (let k = 0; k < count; k++) {
    let best: f64 = -1;
    let row = k, column = k;
    for (let i = k; i < count; i++) {
      for (let j = k; j < count; j++) {
        const size = abs(get(system, 5, i, j));
        if (size > best) {
          best = size;
          row = i;
          column = j;
        }
      }
    }
    for (let j = 0; j < 5; j++) {
      const held = get(system, 5, k, j);
      put(system, 5, k, j, get(system, 5, row, j));
      put(system, 5, row, j, held);
    }
    for (let i = 0; i < count; i++) {
      const held = get(system, 5, i, k);
      put(system, 5, i, k, get(system, 5, i, column));
      put(system, 5, i, column, held);
    }
    const a = (order >> (4 * k)) & 15, b = (order >> (4 * column)) & 15;
    order ^= ((a ^ b) << (4 * k)) | ((column == k ? 0 : a ^ b) << (4 * column));
    if (best < smallest) put(system, 5, k, k, smallest);
    for (let i = k + 1; i < count; i++) {
      const factor = get(system, 5, i, k) / get(system, 5, k, k);
      for (let j = k + 1; j < 5; j++) put(system, 5, i, j, get(system, 5, i, j) - factor * get(system, 5, k, j));
    }
  }
  for (let k = count - 1; k >= 0; k--) {
    let value = get(system, 5, k, 4);
    for (let j = k + 1; j < count; j++) value -= get(system, 5, k, j) * item(solution, (order >> (4 * j)) & 15);
    setItem(solution, (order >> (4 * k)) & 15, value / get(system, 5, k, k));
  }
}

/** X of T₁₁ X − X T₂₂ = T₁₂ into `solution`, for blocks of p and q rows at row j. */
function solveSylvester(j: i32, p: i32, q: i32, t: usize, step: i32): void {
  memory.fill(system, 0, 8 * 20);
  let largest: f64 = TINY;
  for (let a = 0; a < p; a++) {
    for (let b = 0; b < q; b++) {
      const row = a * q + b;
      for (let c = 0; c < p; c++) put(system, 5, row, c * q + b, get(t, step, j + a, j + c));
      for (let c = 0; c < q; c++) {
        const column = a * q + c;
        put(system, 5, row, column, get(system, 5, row, column) - get(t, step, j + p + c, j + p + b));
      }
      put(system, 5, row, 4, get(t, step, j + a, j + p + b));
      for (let k = 0; k < p * q; k++) largest = max(largest, abs(get(system, 5, row, k)));
    }
  }
  solve(p * q, max(EPSILON * largest, TINY));
}

/** Applies the reflectors to `size` rows of x, from row `first` of the matrix on, along `count` columns. */
function applyToRows(q: i32, size: i32, x: usize, step: i32, count: i32): void {
  for (let r = 0; r < q; r++) {
    const v = vectors + (<usize>(4 * r) << 3);
    const tau = item(taus, r);
    for (let j = 0; j < count; j++) {
      let sum: f64 = 0;
      for (let i = r; i < size; i++) sum += item(v, i) * get(x, step, i, j);
      sum *= tau;
      for (let i = r; i < size; i++) put(x, step, i, j, get(x, step, i, j) - sum * item(v, i));
    }
  }
}

function applyToColumns(q: i32, size: i32, x: usize, step: i32, count: i32): void {
  for (let r = 0; r < q; r++) {
    const v = vectors + (<usize>(4 * r) << 3);
    const tau = item(taus, r);
    for (let i = 0; i < count; i++) {
      let sum: f64 = 0;
      for (let j = r; j < size; j++) sum += item(v, j) * get(x, step, i, j);
      sum *= tau;
      for (let j = r; j < size; j++) put(x, step, i, j, get(x, step, i, j) - sum * item(v, j));
    }
  }
}

/** The reflectors of the QR factorisation of [−X; I], whose columns span the invariant subspace of T₂₂. */
function factorSubspace(p: i32, q: i32): void {
  memory.fill(vectors, 0, 8 * 8);
  for (let b = 0; b < q; b++) {
    const v = vectors + (<usize>(4 * b) << 3);
    for (let a = 0; a < p; a++) setItem(v, a, -item(solution, a * q + b));
    setItem(v, p + b, 1);
  }
  for (let b = 0; b < q; b++) {
    const v = vectors + (<usize>(4 * b) << 3);
    if (b == 1) {
      // The second column, after the first reflector.
      let sum: f64 = 0;
      for (let i = 0; i < p + q; i++) sum += item(vectors, i) * item(v, i);
      sum *= item(taus, 0);
      for (let i = 0; i < p + q; i++) setItem(v, i, item(v, i) - sum * item(vectors, i));
    }
    setItem(taus, b, reflector<f64>(p + q - b, v + (<usize>b << 3), 1));
    setItem(v, b, 1);
  }
  if (q == 2) setItem(vectors, 4, 0);
}

/**
 * Exchanges the blocks of p rows at row j and of q rows behind it in T [n, n], and turns the rows of Zᵀ. Returns whether
 * it did: blocks with eigenvalues that are too close stay.
 */
function swapBlocks(j: i32, p: i32, q: i32, n: i32, t: usize, step: i32, zt: usize, zStep: i32, zColumns: i32): bool {
  if (p == 1 && q == 1) {
    const a = get(t, step, j, j), b = get(t, step, j, j + 1), d = get(t, step, j + 1, j + 1);
    const length = hypotenuse(b, d - a);
    const c = length == 0 ? 1 : b / length, s = length == 0 ? 0 : (d - a) / length;
    rotateRows(n - j - 2, at(t, step, j, j + 2), at(t, step, j + 1, j + 2), c, s);
    rotateColumns(0, j, t, step, j, c, s);
    rotateRows(zColumns, at(zt, zStep, j, 0), at(zt, zStep, j + 1, 0), c, s);
    put(t, step, j, j, d);
    put(t, step, j + 1, j + 1, a);
    return true;
  }
  const size = p + q;
  solveSylvester(j, p, q, t, step);
  factorSubspace(p, q);
  let norm: f64 = 0;
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < size; k++) {
      const value = get(t, step, j + i, j + k);
      put(trial, 4, i, k, value);
      norm = max(norm, abs(value));
    }
  }
  applyToRows(q, size, trial, 4, size);
  applyToColumns(q, size, trial, 4, size);
  for (let i = q; i < size; i++) {
    for (let k = 0; k < q; k++) if (!(abs(get(trial, 4, i, k)) <= 10 * EPSILON * norm)) return false;
  }
  applyToRows(q, size, at(t, step, j, j), step, n - j);
  applyToColumns(q, size, at(t, step, 0, j), step, j + size);
  applyToRows(q, size, at(zt, zStep, j, 0), zStep, zColumns);
  for (let i = q; i < size; i++) for (let k = 0; k < q; k++) put(t, step, j + i, j + k, 0);
  const unused = ignored - (<usize>j << 3);
  if (q == 2) splitBlock(j + 1, 0, n, t, step, zt, zStep, zColumns, unused, unused);
  if (p == 2) splitBlock(j + size - 1, 0, n, t, step, zt, zStep, zColumns, unused, unused);
  return true;
}

/** Moves the block of `size` rows that starts at `from` up to row `to`. Returns whether it arrived whole. */
export function moveBlock(
  from: i32, size: i32, to: i32, n: i32, t: usize, step: i32, zt: usize, zStep: i32, zColumns: i32,
): bool {
  while (from > to) {
    const p = from - 2 >= to && get(t, step, from - 1, from - 2) != 0 ? 2 : 1;
    const j = from - p;
    if (!swapBlocks(j, p, size, n, t, step, zt, zStep, zColumns)) return false;
    // A pair that rounding made real would have to go on as two.
    if (size == 2 && get(t, step, j + 1, j) == 0) return false;
    from = j;
  }
  return true;
}
