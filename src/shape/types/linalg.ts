// Shapes of factorisations. `MatrixOf` takes the operand apart once: batch axes P, rows M, columns N.
import type { Dim, Dyn, ShapeError, Unchecked } from "./dim.js";
import type { IsAny } from "./kind.js";
import type { Last } from "./list.js";
import type { Show, ShowDim } from "./show.js";
import type { DimEq, MinDim } from "./symbolic.js";

/** [P, M, N] of [...P, M, N]; "any" and "open" for operands of unknown shape; an error below two axes. */
export type MatrixOf<A, Op extends string, Z> =
  IsAny<A> extends true
    ? "any"
    : Last<A, Z> extends [infer Rest, infer N]
      ? Last<Rest, Z> extends [infer P extends readonly unknown[], infer M]
        ? [P, M, N]
        : Rest extends readonly []
          ? ShapeError<`${Op}: needs at least 2 axes, got ${Show<A, Z>}`>
          : "open"
      : A extends readonly []
        ? ShapeError<`${Op}: needs at least 2 axes, got []`>
        : "open";

/** [P, N] of [...P, N, N]; "any", "open", or an error. */
export type SquareOf<A, Op extends string, Z> =
  MatrixOf<A, Op, Z> extends infer R
    ? R extends [infer P extends readonly unknown[], infer M extends Dim, infer N extends Dim]
      ? DimEq<M, N, Z> extends true
        ? [P, N]
        : ShapeError<`${Op}: ${Show<A, Z>} is not square: ${ShowDim<M, Z>} rows and ${ShowDim<N, Z>} columns`>
      : R
    : never;

interface SvdOf<U, S, Vh> {
  U: U;
  S: S;
  Vh: Vh;
}

/** The reduced factorisation of [..., m, n], k = min(m, n): U [..., m, k], S [..., k], Vh [..., k, n]. */
export type Svd<A, Z> =
  MatrixOf<A, "svd", Z> extends infer R
    ? R extends [infer P extends readonly unknown[], infer M, infer N]
      ? MinDim<M, N, Z> extends [infer K]
        ? SvdOf<[...P, M, K], [...P, K], [...P, K, N]>
        : never
      : SvdOfUnknown<R>
    : never;

/** The full factorisation of [..., m, n]: U [..., m, m], S [..., min(m, n)], Vh [..., n, n]. */
export type FullSvd<A, Z> =
  MatrixOf<A, "svd", Z> extends infer R
    ? R extends [infer P extends readonly unknown[], infer M, infer N]
      ? MinDim<M, N, Z> extends [infer K]
        ? SvdOf<[...P, M, M], [...P, K], [...P, N, N]>
        : never
      : SvdOfUnknown<R>
    : never;

type SvdOfUnknown<R> = R extends "any"
  ? SvdOf<Unchecked, Unchecked, Unchecked>
  : R extends "open"
    ? SvdOf<Dyn, Dyn, Dyn>
    : R;

interface QrOf<Q, R, Permutation> {
  Q: Q;
  R: R;
  permutation: Permutation;
}

/** QR of [..., m, n], k = min(m, n): Q [..., m, k], R [..., k, n], and the order of the columns [..., n]. */
export type Qr<A, Z> =
  MatrixOf<A, "qr", Z> extends infer R
    ? R extends [infer P extends readonly unknown[], infer M, infer N]
      ? MinDim<M, N, Z> extends [infer K]
        ? QrOf<[...P, M, K], [...P, K, N], [...P, N]>
        : never
      : QrOfUnknown<R>
    : never;

/** QR of [..., m, n] with the square factor: Q [..., m, m], R [..., m, n]. */
export type CompleteQr<A, Z> =
  MatrixOf<A, "qr", Z> extends infer R
    ? R extends [infer P extends readonly unknown[], infer M, infer N]
      ? QrOf<[...P, M, M], [...P, M, N], [...P, N]>
      : QrOfUnknown<R>
    : never;

type QrOfUnknown<R> = R extends "any"
  ? QrOf<Unchecked, Unchecked, Unchecked>
  : R extends "open"
    ? QrOf<Dyn, Dyn, Dyn>
    : R;

/** The singular values of [..., m, n]: [..., min(m, n)]. */
export type Svdvals<A, Z> =
  MatrixOf<A, "svdvals", Z> extends infer R
    ? R extends [infer P extends readonly unknown[], infer M, infer N]
      ? MinDim<M, N, Z> extends [infer K]
        ? [...P, K]
        : never
      : R extends "any"
        ? Unchecked
        : R extends "open"
          ? Dyn
          : R
    : never;

interface EigenOf<Values, Vectors> {
  eigenvalues: Values;
  eigenvectors: Vectors;
}

/** Eigenvalues [..., n] and eigenvectors [..., n, n] of [..., n, n]. */
export type Eigen<A, Op extends string, Z> =
  SquareOf<A, Op, Z> extends infer R
    ? R extends [infer P extends readonly unknown[], infer N]
      ? EigenOf<[...P, N], [...P, N, N]>
      : R extends "any"
        ? EigenOf<Unchecked, Unchecked>
        : R extends "open"
          ? EigenOf<Dyn, Dyn>
          : R
    : never;

/** What is left of [..., m, n] when each matrix becomes one number: trace, matrixNorm. */
export type PerMatrix<A, Op extends string, Z> =
  MatrixOf<A, Op, Z> extends infer R
    ? R extends [infer P, unknown, unknown]
      ? P
      : R extends "any"
        ? Unchecked
        : R extends "open"
          ? Dyn
          : R
    : never;
