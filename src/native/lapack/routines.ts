import type { Reals } from "../operand.js";
import type { Integers } from "./fortran.js";

/**
 * The routines that decompositions use, named and declared as in LAPACK without the letter of the precision, the
 * workspaces and INFO, which is what they return. Matrices are column-major.
 */
export interface Routines {
  /** A = QR: R on and above the diagonal, reflectors below it. `tau` holds min(m, n) numbers. */
  readonly geqrf: (m: number, n: number, a: Reals, lda: number, tau: Reals) => number;
  /** The same with columns exchanged; `jpvt` holds zeros before and their order, from 1, after. */
  readonly geqp3: (m: number, n: number, a: Reals, lda: number, jpvt: Integers, tau: Reals) => number;
  /** The first n columns of the product of k reflectors, in their place. */
  readonly orgqr: (m: number, n: number, k: number, a: Reals, lda: number, tau: Reals) => number;
  /** Cholesky factorisation of the named triangle, in its place. */
  readonly potrf: (uplo: Triangle, n: number, a: Reals, lda: number) => number;
  /** A = PLU in its place; row i was exchanged with row ipiv[i] − 1. */
  readonly getrf: (m: number, n: number, a: Reals, lda: number, ipiv: Integers) => number;
  /** Solves A·X = B, or Aᵀ·X = B when `trans` is T, from `getrf`. */
  readonly getrs: (
    trans: "N" | "T",
    n: number,
    columns: number,
    a: Reals,
    lda: number,
    ipiv: Integers,
    b: Reals,
    ldb: number,
  ) => number;
  /** The inverse from `getrf`, in its place. */
  readonly getri: (n: number, a: Reals, lda: number, ipiv: Integers) => number;
  /** Solves A·X = B, or Aᵀ·X = B, with triangular A. */
  readonly trtrs: (
    uplo: Triangle,
    trans: "N" | "T",
    diagonal: "N" | "U",
    n: number,
    columns: number,
    a: Reals,
    lda: number,
    b: Reals,
    ldb: number,
  ) => number;
  /** Eigenvalues of a general matrix, and its right eigenvectors: a complex pair as real and imaginary column. */
  readonly geev: (
    left: "N",
    right: "N" | "V",
    n: number,
    a: Reals,
    lda: number,
    re: Reals,
    im: Reals,
    vl: Reals,
    ldvl: number,
    vr: Reals,
    ldvr: number,
  ) => number;
  /** Eigenvalues `w`, ascending, of a symmetric matrix; its eigenvectors replace it when `job` is V. */
  readonly syevd: (job: "N" | "V", uplo: Triangle, n: number, a: Reals, lda: number, w: Reals) => number;
  /** Singular values by divide and conquer. `job`: N values only, S thin factors, A square ones. */
  readonly gesdd: (
    job: SvdJob,
    m: number,
    n: number,
    a: Reals,
    lda: number,
    s: Reals,
    u: Reals,
    ldu: number,
    vt: Reals,
    ldvt: number,
    /** 8·min(m, n) integers. */
    iwork: Integers,
  ) => number;
  /** The same by QR iteration: slower, and it converges where `gesdd` does not. */
  readonly gesvd: (
    jobu: SvdJob,
    jobvt: SvdJob,
    m: number,
    n: number,
    a: Reals,
    lda: number,
    s: Reals,
    u: Reals,
    ldu: number,
    vt: Reals,
    ldvt: number,
  ) => number;
  /** b [cols, rows] = alpha · a [rows, cols] transposed. An extension of OpenBLAS, which other libraries lack. */
  readonly omatcopy: (
    order: "R",
    transpose: "T",
    rows: number,
    cols: number,
    alpha: number,
    a: Reals,
    lda: number,
    b: Reals,
    ldb: number,
  ) => number;
}

export type RoutineName = keyof Routines;
export type Triangle = "L" | "U";
export type SvdJob = "N" | "S" | "A";

/** The arguments of each, as `bindFortran` reads them. */
export const signatures: Readonly<Record<RoutineName, string>> = {
  geqrf: "nnxnxwo",
  geqp3: "nnxnkxwo",
  orgqr: "nnnxnxwo",
  potrf: "cnxno",
  getrf: "nnxnko",
  getrs: "cnnxnkxno",
  getri: "nxnkwo",
  trtrs: "cccnnxnxno",
  geev: "ccnxnxxxnxnwo",
  syevd: "ccnxnxwvo",
  gesdd: "cnnxnxxnxnwko",
  gesvd: "ccnnxnxxnxnwo",
  omatcopy: "ccnnrxnxn",
};

/** What LAPACK itself declares; the others are extensions, which a library may lack. */
export const standard = (Object.keys(signatures) as RoutineName[]).filter((name) => name !== "omatcopy");
