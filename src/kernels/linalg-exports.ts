import type { SolveExports } from "./solve-exports.js";

/** What the module of the decompositions exports: assembly/linalg/index.ts. Addresses are bytes from 0. */
export interface LinalgExports extends SolveExports {
  arenaStart(): number;
  eigScratchF64(n: number): number;
  eigF64: Eig;
  /** Scratch of `svd` for one matrix, whatever the count. */
  svdScratchF32(m: number, n: number, width: number): number;
  svdScratchF64(m: number, n: number, width: number): number;
  svdF32: SvdKernel;
  svdF64: SvdKernel;
  /** One-sided Jacobi in f64 alone, for all types: width is not 0. */
  jacobiSvdScratch(m: number, n: number, width: number): number;
  jacobiSvd: SvdKernel;
  /** Bytes of `t`: the compact WY blocks of k reflectors. */
  qrBlocksBytesF32(k: number): number;
  qrBlocksBytesF64(k: number): number;
  qrFactorScratchF32(m: number, n: number): number;
  qrFactorScratchF64(m: number, n: number): number;
  qrFactorF32: QrFactor;
  qrFactorF64: QrFactor;
  /** Also enough for qrFormQ of the same sizes. */
  qrApplyScratchF32(m: number, n: number, k: number): number;
  qrApplyScratchF64(m: number, n: number, k: number): number;
  qrApplyF32: QrApply;
  qrApplyF64: QrApply;
  qrFormQF32: QrFormQ;
  qrFormQF64: QrFormQ;
  /** For one matrix or many. */
  qrBatchScratchF32(m: number, n: number, qColumns: number): number;
  qrBatchScratchF64(m: number, n: number, qColumns: number): number;
  qrBatchF32: QrBatch;
  qrBatchF64: QrBatch;
  eighScratchF32(n: number): number;
  eighScratchF64(n: number): number;
  eighF32: SymmetricEigen;
  eighF64: SymmetricEigen;
  eigvalshScratchF32(n: number): number;
  eigvalshScratchF64(n: number): number;
  /** The values in no order; `a` stays as it was. */
  eigvalshF32: SymmetricEigen;
  eigvalshF64: SymmetricEigen;
}

/**
 * A = Q·R for a[count, m, n], q[count, m, qColumns] (none with 0), r[count, rRows, n], and with pivoting
 * permutation[count, n] in int32 (address 0 without). Returns 0, 1 + the index of a matrix that is not finite, or
 * −1 − the index of one whose R overflows.
 */
export type QrBatch = (
  count: number,
  m: number,
  n: number,
  qColumns: number,
  rRows: number,
  a: number,
  q: number,
  r: number,
  permutation: number,
  scratch: number,
) => number;

/** A[m, n] becomes R above the diagonal and reflectors below, in place; tau[min(m, n)]. */
export type QrFactor = (
  m: number,
  n: number,
  a: number,
  aRow: number,
  tau: number,
  t: number,
  scratch: number,
) => void;

/** C[m, n] becomes Q·C, or Qᵀ·C, for k reflectors in `a`. */
export type QrApply = (
  m: number,
  n: number,
  k: number,
  a: number,
  aRow: number,
  t: number,
  transposed: boolean,
  c: number,
  cRow: number,
  scratch: number,
) => void;

/** The first n columns of Q into q[m, n]: k ≤ n ≤ m. */
export type QrFormQ = (
  m: number,
  n: number,
  k: number,
  a: number,
  aRow: number,
  t: number,
  q: number,
  qRow: number,
  scratch: number,
) => void;

/**
 * Eigenvalues of A [n, n], which is overwritten, into wr and wi [n]; with `vectors` eigenvectors into re and im [n, n].
 * `scaled`: balancing scales rows and columns too. Returns 0, or how many of the leading eigenvalues did not converge.
 */
export type Eig = (
  n: number,
  a: number,
  vectors: boolean,
  scaled: boolean,
  wr: number,
  wi: number,
  re: number,
  im: number,
  scratch: number,
) => number;

/**
 * a[count, n, n] becomes the eigenvectors in columns, values[count, n] the eigenvalues, ascending. Returns 0, 1 + the
 * index of a matrix that is not finite, or −1 − the index of one that does not converge.
 */
export type SymmetricEigen = (
  count: number,
  n: number,
  a: number,
  values: number,
  lower: boolean,
  scratch: number,
) => number;

/**
 * A = U·diag(S)·Vᵀ for a[count, m, n] with m ≥ n, or a[count, n, m] holding Aᵀ with `wide`: u[count, m, width], s[count,
 * n] descending, vh[count, n, n]; with `wide` those of Aᵀ. width is n or m, or 0 for s alone. Overwrites `a`. Returns 0,
 * or 1 + the index of the first matrix whose iteration does not converge.
 */
export type SvdKernel = (
  count: number,
  m: number,
  n: number,
  width: number,
  wide: boolean,
  a: number,
  u: number,
  s: number,
  vh: number,
  scratch: number,
) => number;
