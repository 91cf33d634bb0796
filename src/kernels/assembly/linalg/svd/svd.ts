// Singular value decomposition of matrices [m, n] with m ≥ n (wide ones are taken as their transposes):
// A = Q·B·Pᵀ by reflectors, after a QR factorisation where A is tall (Chan, ACM TOMS 8, 1982); B = U·Σ·Vᵀ by divide and
// conquer; then the reflectors are applied to U and V. Inside, singular vectors are rows.

import { bidiagonalize, bidiagonalizeScratch, PANEL } from "./bidiagonal";
import { divideAndConquer, planDivideAndConquer, sortIndices } from "./divide-and-conquer";
import { bidiagonalQr, qrTolerance } from "./bidiagonal-qr";
import { alignedBytes } from "../householder";
import { qrApply, qrApplyScratch, qrBlocksBytes, qrFactor, qrFactorScratch, qrFormQ } from "../qr";
import { inStepScratch, isSmall, svdInStep } from "./in-step";
import { applyRowReflectors, rowReflectorsScratch } from "./row-reflectors";
import { transpose } from "../transpose";
import { lanes } from "../../vector";
import { largestMagnitude, powerOfTwo, scaleVector } from "../vectors";

/** The workspace, laid out by `plan`: the copy of A, its square core, Uᵀ and Vᵀ of the core … */
let matrix: usize = 0, core: usize = 0, leftReflectors: usize = 0, left: usize = 0, right: usize = 0;
let tau: usize = 0, blocks: usize = 0, leftTau: usize = 0, rightTau: usize = 0;
let diagonal: usize = 0, above: usize = 0, ascending: usize = 0, tallLeft: usize = 0, scratch: usize = 0;
/** Elements between rows of `matrix`, of the core and of the left reflectors. */
let matrixRow: i32 = 0, coreRow: i32 = 0, reflectorRow: i32 = 0;
let top: usize = 0;

function take(bytes: usize): usize {
  const at = top;
  top += (bytes + 63) & ~63;
  return at;
}

/** Elements between rows: whole cache lines, an odd number of them, so that the rows of a column do not collide. */
// @ts-ignore: decorator
@inline
function rowStride<T>(n: i32): i32 {
  const line = 64 / sizeof<T>();
  return n < 4 * line ? n : <i32>((((n + line - 1) / line) | 1) * line);
}

/** Whether a QR factorisation before the reduction saves work: m ≥ 1.6 n. */
// @ts-ignore: decorator
@inline
function isTall(m: i32, n: i32): bool {
  return 5 * m >= 8 * n;
}

/**
 * Lays out the workspace for `svd<T>` from `base` and returns its end. `width` is how many left vectors are wanted: 0
 * for singular values alone, n, or m.
 */
export function planSvd<T>(m: i32, n: i32, width: i32, base: usize): usize {
  top = base;
  const tall = isTall(m, n), rows = tall ? n : m;
  matrixRow = rowStride<T>(n);
  matrix = take(alignedBytes<T>(m, matrixRow));
  tau = take(alignedBytes<T>(1, n));
  const completes = width > n && isSmall<T>(m, n);
  blocks = take(tall || completes ? qrBlocksBytes<T>(n) : 0);
  coreRow = rowStride<T>(n);
  core = tall ? take(alignedBytes<T>(n, coreRow)) : matrix;
  reflectorRow = rowStride<T>(rows);
  leftReflectors = take(alignedBytes<T>(width ? n : min(n, PANEL), reflectorRow));
  leftTau = take(alignedBytes<T>(1, n));
  rightTau = take(alignedBytes<T>(1, n));
  diagonal = take(<usize>n * 8);
  above = take(<usize>n * 8);
  ascending = take(<usize>n * 4);
  let free = bidiagonalizeScratch<T>(rows, n);
  if (tall) free = max(free, qrFactorScratch<T>(m, n));
  if (width) {
    const leftRows = tall ? n : width;
    left = take(alignedBytes<T>(leftRows, rows));
    right = take(alignedBytes<T>(n, n));
    tallLeft = tall ? take(alignedBytes<T>(m, width)) : 0;
    free = max(free, rowReflectorsScratch<T>(leftRows, rows));
    if (tall) free = max(free, qrApplyScratch<T>(m, width, n));
    free = max(free, planDivideAndConquer<T>(n, 0));
  }
  if (width) free = max(free, inStepScratch<T>(m, n));
  if (completes) {
    const factors = max(qrFactorScratch<T>(m, n), qrApplyScratch<T>(m, width, n));
    free = max(free, alignedBytes<T>(m, width) + factors);
  }
  scratch = take(max(free, <usize>n * 16 + 128));
  return top;
}

/**
 * A = U·diag(S)·Vᵀ for every a[count, m, n], or a[count, n, m] holding Aᵀ where `wide`. Writes u[count, m, width] and
 * vh[count, n, n]; where `wide` those of Aᵀ, u[count, n, n] and vh[count, width, m]; and s[count, n], descending.
 * width = 0 leaves vectors out. Returns 0, or 1 + the index of the first matrix whose iteration did not converge.
 */
export function svd<T>(
  count: i32, m: i32, n: i32, width: i32, wide: bool, a: usize, u: usize, s: usize, vh: usize, base: usize,
): i32 {
  planSvd<T>(m, n, width, base);
  const inStep = width > 0 && isSmall<T>(m, n);
  const aSize = <usize>(m * n) * sizeof<T>(), sSize = <usize>n * sizeof<T>();
  const uSize = <usize>(wide ? n * n : m * width) * sizeof<T>();
  const vhSize = <usize>(wide ? width * m : n * n) * sizeof<T>();
  let left = 0;
  for (let i = 0; i < count; i++) {
    if (inStep && i % lanes<T>() == 0) {
      left = svdInStep<T>(min(count - i, lanes<T>()), m, n, width, wide, a, u, s, vh, scratch);
    }
    if (!inStep || left & (1 << (i % lanes<T>()))) {
      if (!svdAlone<T>(m, n, width, wide, a, u, s, vh)) return 1 + i;
    } else if (width > n) {
      completeBasis<T>(m, n, width, wide, wide ? vh : u);
    }
    a += aSize;
    u += uSize;
    s += sSize;
    vh += vhSize;
  }
  return 0;
}

/** The svd of one matrix; false when the iteration did not converge. */
function svdAlone<T>(m: i32, n: i32, width: i32, wide: bool, a: usize, u: usize, s: usize, vh: usize): bool {
  const exponent = copyIn<T>(m, n, wide, a);
  if (!(width ? decompose<T>(m, n, width, wide, u, vh) : valuesOnly<T>(m, n))) return false;
  // In two steps: 2^exponent may be out of range where the product is not.
  const half = powerOfTwo(exponent >> 1), rest = powerOfTwo(exponent - (exponent >> 1));
  for (let j = 0; j < n; j++) {
    const value = load<f64>(diagonal + <usize>load<i32>(ascending + <usize>(n - 1 - j) * 4) * 8);
    store<T>(s + <usize>j * sizeof<T>(), <T>(value * half * rest));
  }
  if (width) fixSigns<T>(wide ? n : m, wide ? n : width, n, wide ? m : n, u, vh, scratch);
  return true;
}

/**
 * Writes columns [n, width) of an orthonormal x[m, width], or rows of x[width, m] where `wide`, that has the first n: a QR
 * factorisation of these has the others in its Q.
 */
function completeBasis<T>(m: i32, n: i32, width: i32, wide: bool, x: usize): void {
  if (wide) transpose<T>(n, m, x, m, matrix, matrixRow);
  else copyRows<T>(m, n, x, width, matrix, matrixRow);
  const Q = scratch, free = scratch + alignedBytes<T>(m, width);
  qrFactor<T>(m, n, matrix, matrixRow, tau, blocks, free);
  qrFormQ<T>(m, width, n, matrix, matrixRow, blocks, Q, width, free);
  const rest = Q + <usize>n * sizeof<T>();
  if (wide) transpose<T>(m, width - n, rest, width, x + <usize>(n * m) * sizeof<T>(), m);
  else copyRows<T>(m, width - n, rest, width, x + <usize>n * sizeof<T>(), width);
}

function copyRows<T>(m: i32, n: i32, from: usize, fromRow: i32, to: usize, toRow: i32): void {
  for (let i = 0; i < m; i++) {
    memory.copy(to, from, <usize>n * sizeof<T>());
    from += <usize>fromRow * sizeof<T>();
    to += <usize>toRow * sizeof<T>();
  }
}

/** Copies A into `matrix`, scaled by 2^−exponent where its squares could leave the range; returns the exponent. */
function copyIn<T>(m: i32, n: i32, wide: bool, a: usize): i32 {
  const largest = <f64>largestMagnitude<T>(m * n, a);
  let exponent = 0;
  if (largest > 0 && (largest < 1e-4 || largest > 1e4)) {
    exponent = exponentOf(largest);
    scaleVector<T>(m * n, <T>powerOfTwo(-(exponent >> 1)), a);
    scaleVector<T>(m * n, <T>powerOfTwo((exponent >> 1) - exponent), a);
  }
  if (wide) transpose<T>(n, m, a, m, matrix, matrixRow);
  else copyRows<T>(m, n, a, n, matrix, matrixRow);
  return exponent;
}

/** The e of x = f·2^e with f in [1, 2), for x > 0. */
export function exponentOf(x: f64): i32 {
  if (x < 1e-300) return exponentOf(x * powerOfTwo(200)) - 200;
  return <i32>(reinterpret<u64>(x) >> 52) - 1023;
}

/** Reduces `matrix` to bidiagonal form in `diagonal` and `above`. */
function reduce<T>(m: i32, n: i32, keep: bool): void {
  let rows = m;
  if (isTall(m, n)) {
    rows = n;
    qrFactor<T>(m, n, matrix, matrixRow, tau, blocks, scratch);
    for (let i = 0; i < n; i++) {
      const at = <usize>i * sizeof<T>(), to = core + <usize>i * <usize>coreRow * sizeof<T>();
      memory.fill(to, 0, at);
      memory.copy(to + at, matrix + <usize>i * <usize>matrixRow * sizeof<T>() + at, <usize>(n - i) * sizeof<T>());
    }
  }
  bidiagonalize<T>(
    rows, n, core, coreRow, leftReflectors, reflectorRow, keep, leftTau, rightTau, diagonal, above, scratch,
  );
}

function valuesOnly<T>(m: i32, n: i32): bool {
  reduce<T>(m, n, false);
  if (!bidiagonalQr<T>(n, diagonal, above, 0, 0, 0, 0, 0, 0, qrTolerance<T>())) return false;
  sortIndices(n, diagonal, ascending);
  return true;
}

function decompose<T>(m: i32, n: i32, width: i32, wide: bool, u: usize, vh: usize): bool {
  const tall = isTall(m, n), rows = tall ? n : m, leftRows = tall ? n : width;
  reduce<T>(m, n, true);
  memory.fill(left, 0, <usize>leftRows * <usize>rows * sizeof<T>());
  memory.fill(right, 0, <usize>n * <usize>n * sizeof<T>());
  for (let i = n; i < leftRows; i++) store<T>(left + <usize>i * <usize>(rows + 1) * sizeof<T>(), 1);
  planDivideAndConquer<T>(n, scratch);
  if (!divideAndConquer<T>(n, diagonal, above, left, rows, right, n)) return false;
  sortIndices(n, diagonal, ascending);
  applyRowReflectors<T>(leftRows, rows, n, leftReflectors, reflectorRow, 0, leftTau, left, rows, scratch);
  applyRowReflectors<T>(n, n, n - 1, core, coreRow, 1, rightTau, right, n, scratch);

  if (wide) gatherColumns<T>(n, n, n, right, n, u, n);
  else gatherRows<T>(n, n, n, right, n, vh);
  if (!tall) {
    if (wide) gatherRows<T>(width, n, rows, left, rows, vh);
    else gatherColumns<T>(width, n, rows, left, rows, u, width);
    return true;
  }
  const factor = wide ? tallLeft : u;
  memory.fill(factor, 0, <usize>m * <usize>width * sizeof<T>());
  gatherColumns<T>(n, n, n, left, n, factor, width);
  for (let i = n; i < width; i++) store<T>(factor + <usize>i * <usize>(width + 1) * sizeof<T>(), 1);
  qrApply<T>(m, width, n, matrix, matrixRow, blocks, false, factor, width, scratch);
  if (wide) transpose<T>(m, width, factor, width, vh, m);
  return true;
}

/** The row of singular vectors that belongs at place i: the first n by descending singular value. */
// @ts-ignore: decorator
@inline
function sourceRow(i: i32, n: i32): i32 {
  return i < n ? load<i32>(ascending + <usize>(n - 1 - i) * 4) : i;
}

/** to[count, length] := rows of from in order. */
function gatherRows<T>(count: i32, n: i32, length: i32, from: usize, fromRow: i32, to: usize): void {
  const bytes = <usize>length * sizeof<T>();
  for (let i = 0; i < count; i++) {
    memory.copy(to + <usize>i * bytes, from + <usize>sourceRow(i, n) * <usize>fromRow * sizeof<T>(), bytes);
  }
}

/** Columns of to[length, count] := rows of from in order, in blocks that stay in L1. */
function gatherColumns<T>(count: i32, n: i32, length: i32, from: usize, fromRow: i32, to: usize, toRow: i32): void {
  const step = <usize>toRow * sizeof<T>();
  for (let block = 0; block < count; block += 16) {
    const end = min(count, block + 16);
    for (let first = 0; first < length; first += 16) {
      const last = min(length, first + 16);
      for (let j = block; j < end; j++) {
        const source = from + <usize>sourceRow(j, n) * <usize>fromRow * sizeof<T>();
        let target = to + <usize>first * step + <usize>j * sizeof<T>();
        for (let i = first; i < last; i++) {
          store<T>(target, load<T>(source + <usize>i * sizeof<T>()));
          target += step;
        }
      }
    }
  }
}

/**
 * Flips pairs of singular vectors so that the largest entry of each of the first `pairs` columns of u is positive. Of
 * entries that differ by rounding alone the first counts. `work` holds 2·pairs numbers and a cache line.
 */
export function fixSigns<T>(
  rows: i32, columns: i32, pairs: i32, length: i32, u: usize, vh: usize, work: usize,
): void {
  const nearly: f64 = sizeof<T>() == 4 ? 1 + 1.0 / 16384 : 1 + 1e-12;
  const largest = work, signs = work + ((<usize>pairs * 8 + 63) & ~63);
  memory.fill(largest, 0, <usize>pairs * 8);
  for (let j = 0; j < pairs; j++) store<T>(signs + <usize>j * sizeof<T>(), 1);
  for (let i = 0; i < rows; i++) {
    const row = u + <usize>i * <usize>columns * sizeof<T>();
    for (let j = 0; j < pairs; j++) {
      const x = <f64>load<T>(row + <usize>j * sizeof<T>());
      if (abs<f64>(x) > load<f64>(largest + <usize>j * 8) * nearly) {
        store<f64>(largest + <usize>j * 8, abs<f64>(x));
        store<T>(signs + <usize>j * sizeof<T>(), x < 0 ? -1 : 1);
      }
    }
  }
  for (let i = 0; i < rows; i++) {
    const row = u + <usize>i * <usize>columns * sizeof<T>();
    for (let j = 0; j < pairs; j++) {
      const at = <usize>j * sizeof<T>();
      store<T>(row + at, <T>(load<T>(row + at) * load<T>(signs + at)));
    }
  }
  for (let j = 0; j < pairs; j++) {
    if (load<T>(signs + <usize>j * sizeof<T>()) < 0) {
      scaleVector<T>(length, -1, vh + <usize>j * <usize>length * sizeof<T>());
    }
  }
}
