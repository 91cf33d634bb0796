import type { Reals } from "../operand.js";
import type { Integers } from "./fortran.js";

/**
 * The routines that decompositions use, named and declared as in LAPACK without the letter of the precision, the
 * workspaces and INFO, which is what they return. Matrices are column-major.
 */
export interface Routines {
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
  syevd: "ccnxnxwvo",
  gesdd: "cnnxnxxnxnwko",
  gesvd: "ccnnxnxxnxnwo",
  omatcopy: "ccnnrxnxn",
};

/** What LAPACK itself declares; the others are extensions, which a library may lack. */
export const standard = (Object.keys(signatures) as RoutineName[]).filter((name) => name !== "omatcopy");
