// Eigenvalues and eigenvectors of a symmetric tridiagonal matrix by divide and conquer (Cuppen, Numer. Math. 36, 1981;
// Gu and Eisenstat, SIAM J. Matrix Anal. Appl. 16, 1995; LAPACK's stedc). T = diag(T₁, T₂) + |e|·u·uᵀ: the halves' eigenvectors
// diagonalise it up to a rank-one term, which the secular equation solves. Values are f64 whatever the vectors' type T.
//
// Eigenvectors are rows of Z throughout: they then rotate, move and multiply contiguously.

import { gemmScratch, gemmUpdate } from "../../gemm";
import { get, getIndex, set, setIndex } from "../entries";
import { alignedBytes } from "../householder";
import { BOTTOM, DENSE, TOP, deflate } from "./deflation";
import { exactVector, secularRoot, secularVector } from "./secular";
import { qlVectors } from "./tridiagonal-ql";
import { powerOfTwo } from "../vectors";

/** Matrices up to this size are left to QL. */
const LEAF: i32 = 32;

/** Bytes of scratch for `divideAndConquer<T>`. */
export function divideAndConquerScratch<T>(n: i32): usize {
  return 8 * alignedBytes<f64>(1, n + 2) + 6 * alignedBytes<i32>(1, n) + 2 * alignedBytes<T>(n, n) +
    gemmScratch<T>(n, n, n);
}

/**
 * The eigenproblem of the tridiagonal matrix with diagonal d[n] and off-diagonal e[n − 1] (destroyed), entries at most
 * about 1: d becomes the eigenvalues and the rows of Z[n, n], zRow elements apart, the eigenvectors. order[n] (i32) lists both
 * by ascending eigenvalue. False where an iteration does not converge.
 */
export function divideAndConquer<T>(
  n: i32, d: usize, e: usize, z: usize, zRow: i32, order: usize, scratch: usize,
): bool {
  const step = <usize>zRow * sizeof<T>();
  for (let i = 0; i < n; i++) {
    memory.fill(z + <usize>i * step, 0, <usize>n * sizeof<T>());
    store<T>(z + <usize>i * (step + sizeof<T>()), <T>1);
  }
  // 2^depth parts, part p from row p·n / 2^depth on.
  let depth = 0;
  while ((n + (1 << depth) - 1) >> depth > LEAF) depth++;
  const parts = 1 << depth;
  for (let p = 1; p < parts; p++) {
    const cut = start(p, n, depth);
    const coupling = abs<f64>(get(e, cut - 1));
    set(d, cut - 1, get(d, cut - 1) - coupling);
    set(d, cut, get(d, cut) - coupling);
  }
  for (let p = 0; p < parts; p++) {
    const first = start(p, n, depth), size = start(p + 1, n, depth) - first;
    const from = <usize>first * 8;
    const block = z + <usize>first * (step + sizeof<T>());
    if (!qlVectors<T>(size, d + from, e + from, block, zRow, size)) return false;
    sortIndices(size, d + from, order + <usize>first * 4);
  }
  for (; depth > 0; depth--) {
    for (let p = 0; p < 1 << depth; p += 2) {
      const first = start(p, n, depth), cut = start(p + 1, n, depth), end = start(p + 2, n, depth);
      const from = <usize>first * 8;
      const block = z + <usize>first * (step + sizeof<T>());
      const at = order + <usize>first * 4;
      if (!merge<T>(end - first, cut - first, d + from, get(e, cut - 1), block, zRow, at, scratch)) return false;
    }
  }
  return true;
}

/** The first row of part p of 2^depth. */
// @ts-ignore: decorator
@inline
function start(p: i32, n: i32, depth: i32): i32 {
  return <i32>((<i64>p * n) >> depth);
}

/** order[n] := the positions of d's values in ascending order; by insertion, for few or almost sorted values. */
function sortIndices(n: i32, d: usize, order: usize): void {
  for (let i = 0; i < n; i++) setIndex(order, i, i);
  sortByValue(n, d, order);
}

function sortByValue(n: i32, d: usize, order: usize): void {
  for (let i = 1; i < n; i++) {
    const moved = getIndex(order, i);
    const value = get(d, moved);
    let j = i - 1;
    for (; j >= 0 && get(d, getIndex(order, j)) > value; j--) setIndex(order, j + 1, getIndex(order, j));
    setIndex(order, j + 1, moved);
  }
}

/** Merges two sorted lists of positions, each ascending in d, into `out`. */
function mergeIndices(n1: i32, list1: usize, n2: i32, list2: usize, by: i32, d: usize, out: usize): void {
  let i = 0, j = 0;
  for (let at = 0; at < n1 + n2; at++) {
    const takesFirst = j == n2 || (i < n1 && get(d, getIndex(list1, i)) <= get(d, getIndex(list2, j) + by));
    setIndex(out, at, takesFirst ? getIndex(list1, i++) : getIndex(list2, j++) + by);
  }
}

/** Joins the solved halves of size n1 and n − n1 of a block of size n that `coupling` ties; as `divideAndConquer`. */
function merge<T>(
  n: i32, n1: i32, d: usize, coupling: f64, z: usize, zRow: i32, order: usize, scratch: usize,
): bool {
  const size = sizeof<T>();
  const step = <usize>zRow * size;
  const n2 = n - n1;
  const doubles = alignedBytes<f64>(1, n + 2), indices = alignedBytes<i32>(1, n);
  const u = scratch, poles = u + doubles, weights = poles + doubles, exact = weights + doubles;
  const offsets = exact + doubles, work = offsets + doubles;
  const groupedPoles = work + doubles, groupedExact = groupedPoles + doubles;
  const ascending = groupedExact + doubles, kinds = ascending + indices, kept = kinds + indices;
  const dropped = kept + indices, origins = dropped + indices, places = origins + indices;
  const copies = places + indices, vectors = copies + alignedBytes<T>(n, n);
  const products = vectors + alignedBytes<T>(n, n);

  // u of unit length: the last components of the first half's eigenvectors, the first of the second's.
  const half = sqrt<f64>(0.5);
  for (let i = 0; i < n; i++) {
    const row = z + <usize>i * step;
    const entry = i < n1 ? <f64>load<T>(row + <usize>(n1 - 1) * size)
      : copysign<f64>(1, coupling) * <f64>load<T>(row + <usize>n1 * size);
    set(u, i, entry * half);
    setIndex(kinds, i, i < n1 ? TOP : BOTTOM);
  }
  const rho = 2 * abs<f64>(coupling);
  mergeIndices(n1, order, n2, order + <usize>n1 * 4, n1, d, ascending);
  const k = deflate<T>(n, n1, d, u, rho, ascending, z, zRow, kinds, kept, dropped);

  // Kept eigenvectors grouped by where they are not zero, so that products skip the zeros.
  let tops = 0, denses = 0;
  for (let i = 0; i < k; i++) {
    const kind = getIndex(kinds, getIndex(kept, i));
    if (kind == TOP) tops++;
    else if (kind == DENSE) denses++;
  }
  let top = 0, dense = tops, bottom = tops + denses;
  const upper = copies, lower = upper + <usize>(tops + denses) * <usize>n1 * size;
  let whole = lower + <usize>(k - tops) * <usize>n2 * size;
  let total: f64 = 0;
  for (let i = 0; i < k; i++) {
    const from = getIndex(kept, i);
    const kind = getIndex(kinds, from);
    const place = kind == TOP ? top++ : kind == DENSE ? dense++ : bottom++;
    const row = z + <usize>from * step;
    if (kind != BOTTOM) memory.copy(upper + <usize>place * <usize>n1 * size, row, <usize>n1 * size);
    if (kind != TOP) {
      memory.copy(lower + <usize>(place - tops) * <usize>n2 * size, row + <usize>n1 * size, <usize>n2 * size);
    }
    const component = get(u, from);
    setIndex(places, i, place);
    set(poles, i, get(d, from));
    set(groupedPoles, place, get(d, from));
    set(exact, i, component);
    set(weights, i, component * component);
    total += component * component;
  }
  for (let i = k; i < n; i++) {
    const from = getIndex(dropped, i - k);
    memory.copy(whole, z + <usize>from * step, <usize>n * size);
    whole += <usize>n * size;
    set(work, i, get(d, from));
  }

  // Vectors made from the roots are orthogonal whatever the roots' accuracy; f32 needs no more than this.
  const tolerance = powerOfTwo(sizeof<T>() == 4 ? -36 : -49);
  for (let j = 0; j < k; j++) {
    const origin = secularRoot(k, j, poles, weights, rho, total, tolerance, groupedExact, offsets + <usize>j * 8);
    if (origin < 0) return false;
    setIndex(origins, j, origin);
  }
  memory.copy(d + <usize>k * 8, work + <usize>k * 8, <usize>(n - k) * 8);
  exactVector(k, poles, origins, offsets, exact, work);
  for (let i = 0; i < k; i++) set(groupedExact, getIndex(places, i), get(exact, i));
  for (let j = 0; j < k; j++) {
    const origin = get(poles, getIndex(origins, j)), offset = get(offsets, j);
    set(d, j, origin + offset);
    secularVector<T>(k, groupedPoles, groupedExact, origin, offset, vectors + <usize>j * <usize>k * size, work);
  }

  for (let j = 0; j < k; j++) memory.fill(z + <usize>j * step, 0, <usize>n * size);
  gemmUpdate<T>(k, n1, tops + denses, vectors, k, 1, upper, n1, 1, z, zRow, false, products);
  gemmUpdate<T>(
    k, n2, k - tops, vectors + <usize>tops * size, k, 1, lower, n2, 1, z + <usize>n1 * size, zRow, false, products,
  );
  whole = lower + <usize>(k - tops) * <usize>n2 * size;
  for (let i = k; i < n; i++) {
    memory.copy(z + <usize>i * step, whole, <usize>n * size);
    whole += <usize>n * size;
    setIndex(dropped, i - k, i);
  }
  for (let j = 0; j < k; j++) setIndex(kept, j, j);
  sortByValue(n - k, d, dropped);
  mergeIndices(k, kept, n - k, dropped, 0, d, order);
  return true;
}
