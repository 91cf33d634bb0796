// Eigenvalues and right eigenvectors of a general real matrix in float64: balance, reduce to Hessenberg form, iterate
// to real Schur form, substitute back, as LAPACK's dgeev.

import { gemmScratch } from "../../gemm";
import { powerOfTwo, largestMagnitude, scaleVector } from "../vectors";
import { balance, balancedHigh, balancedLow, undoBalance } from "./balance";
import { backTransform, normalizeVectors, triangularVectors, writeVectors } from "./eigenvectors";
import { at, get, setItem } from "./element";
import { factorBytes, hessenberg, hessenbergScratch, hessenbergVectors } from "./hessenberg";
import { schur, schurScratch } from "./schur";

/** Rows of the matrices lie an odd number of cache lines apart: columns then spread over all sets of the cache. */
// @ts-ignore: decorator
@inline
function rowStep(n: i32): i32 {
  return (((n + 7) >> 3) | 1) << 3;
}

/** Bytes of scratch for `eig`. */
export function eigScratch(n: i32): usize {
  const step = rowStep(n);
  const matrix = <usize>(n * step) << 3;
  const phases = max(max(hessenbergScratch(n, step), schurScratch(n)), gemmScratch<f64>(n, n, n));
  return 3 * matrix + factorBytes(n) + (<usize>n << 3) + phases + 64;
}

/** Multiplies by 2^exponent, which may lie outside the range of normal numbers. */
function scaleBy(count: i32, exponent: i32, x: usize): void {
  const half = exponent / 2;
  scaleVector<f64>(count, powerOfTwo(half), x);
  scaleVector<f64>(count, powerOfTwo(exponent - half), x);
}

// @ts-ignore: decorator
@inline
function exponentOf(x: f64): i32 {
  return <i32>((reinterpret<u64>(x) >> 52) & 2047) - 1023;
}

/**
 * Eigenvalues of A [n, n], which is overwritten, into wr and wi [n]; with `vectors` also the eigenvectors into re and im
 * [n, n]. `scaled`: balancing scales too. Returns 0, or how many of the leading eigenvalues did not converge.
 */
export function eig(
  n: i32, a: usize, vectors: bool, scaled: bool, wr: usize, wi: usize, re: usize, im: usize, scratch: usize,
): i32 {
  if (n == 0) return 0;
  const step = rowStep(n);
  const matrix = <usize>(n * step) << 3;
  const h = scratch, reflectors = h + matrix, zt = reflectors + matrix;
  const factors = zt + matrix;
  const undo = factors + factorBytes(n);
  const rest = (undo + (<usize>n << 3) + 63) & ~63;

  const exponent = exponentOf(largestMagnitude<f64>(n * n, a));
  scaleBy(n * n, -exponent, a);
  for (let i = 0; i < n; i++) memory.copy(at(h, step, i, 0), at(a, n, i, 0), <usize>n << 3);

  balance(n, h, step, undo, scaled);
  const low = balancedLow, high = balancedHigh;
  hessenberg(low, high, vectors ? 0 : low, vectors ? n : high + 1, h, reflectors, step, factors, rest);
  if (vectors) hessenbergVectors(n, low, high, reflectors, step, factors, zt, rest);
  for (let i = 0; i < n; i++) {
    if (i >= low && i <= high) continue;
    setItem(wr, i, get(h, step, i, i));
    setItem(wi, i, 0);
  }
  const left = schur(n, low, high, vectors, h, step, zt, wr, wi, rest);
  if (left == 0 && vectors) {
    triangularVectors(n, h, step, wr, wi, reflectors);
    backTransform(n, reflectors, zt, step, h, rest);
    for (let j = 0; j < n; j++) undoBalance(n, at(h, step, j, 0), undo);
    normalizeVectors(n, h, step, wi);
    writeVectors(n, h, step, wi, re, im);
  }
  scaleBy(n, exponent, wr);
  scaleBy(n, exponent, wi);
  return left;
}
