// Shapes of the direct solvers: square matrices, LU, linear systems, Kronecker products.
import type { Align, AnyMisfit, Misfit, RankHint } from "./broadcast.js";
import type { Dim, Dyn, ShapeError, Unchecked } from "./dim.js";
import type { Ext, IsAny } from "./kind.js";
import type { MatrixOf, SquareOf } from "./linalg.js";
import type { Last } from "./list.js";
import type { Show, ShowDim } from "./show.js";
import type { DimEq, MinDim, ProductOf } from "./symbolic.js";

/** What stays as it is: [..., n, n] -> [..., n, n]. For cholesky, inv and matrixPower. */
export type Square<A, Op extends string, Z> =
  SquareOf<A, Op, Z> extends infer R
    ? R extends [infer P extends readonly unknown[], infer N]
      ? [...P, N, N]
      : R extends "any"
        ? Unchecked
        : R extends "open"
          ? Dyn
          : R
    : never;

/** One number for each square matrix: [..., n, n] -> [...]. */
export type PerSquare<A, Op extends string, Z> =
  SquareOf<A, Op, Z> extends infer R
    ? R extends [infer P, unknown]
      ? P
      : R extends "any"
        ? Unchecked
        : R extends "open"
          ? Dyn
          : R
    : never;

/** Sign and logarithm of each determinant. */
export type Slogdet<A, Z> =
  PerSquare<A, "slogdet", Z> extends infer R
    ? R extends ShapeError<string>
      ? R
      : { sign: R; logabsdet: R }
    : never;

interface LuOf<P, L, U, Permutation> {
  P: P;
  L: L;
  U: U;
  permutation: Permutation;
}

/** LU of [..., m, n], k = min(m, n): P [..., m, m], L [..., m, k], U [..., k, n], and the order of the rows [..., m]. */
export type Lu<A, Z> =
  MatrixOf<A, "lu", Z> extends infer R
    ? R extends [infer P extends readonly unknown[], infer M, infer N]
      ? MinDim<M, N, Z> extends [infer K]
        ? LuOf<[...P, M, M], [...P, M, K], [...P, K, N], [...P, M]>
        : never
      : R extends "any"
        ? LuOf<Unchecked, Unchecked, Unchecked, Unchecked>
        : R extends "open"
          ? LuOf<Dyn, Dyn, Dyn, Dyn>
          : R
    : never;

// ---- systems ----

type Fits<N extends Dim, Z> = `b must be [${ShowDim<N, Z>}] or [..., ${ShowDim<N, Z>}, k]`;

type RowsDiffer<
  A,
  B,
  Op extends string,
  N extends Dim,
  Y extends Dim,
  Hint extends string,
  Z,
> = ShapeError<`${Op}: ${Show<A, Z>} with ${Show<B, Z>}: a has ${ShowDim<N, Z>} rows and b has ${ShowDim<Y, Z>}; ${Fits<N, Z>}${Hint}`>;

type StackHint<N, X, Z> = DimEq<N, X, Z> extends true ? "; for a stack of vectors use .unsqueeze(-1)" : "";

type ExplainBatch<R, A, B, Op extends string, Z> =
  Ext<R, AnyMisfit, Z> extends true
    ? R extends Misfit<infer X extends Dim, infer Y extends Dim, unknown>
      ? ShapeError<`${Op}: ${Show<A, Z>} with ${Show<B, Z>}: batch dims ${ShowDim<X, Z>} and ${ShowDim<Y, Z>} do not broadcast${RankHint<A, B>}`>
      : never
    : R;

/** The right-hand sides of a [...P, N, N]: a vector [N] only when 1-D, otherwise a stack of matrices. */
type SolveFor<A, B, Op extends string, P extends readonly unknown[], N extends Dim, Z> =
  Last<B, Z> extends [infer Rest, infer X extends Dim]
    ? Last<Rest, Z> extends [infer Q extends readonly unknown[], infer Y extends Dim]
      ? DimEq<N, Y, Z> extends true
        ? ExplainBatch<Align<P, Q, [N, X], Z>, A, B, Op, Z>
        : RowsDiffer<A, B, Op, N, Y, StackHint<N, X, Z>, Z>
      : Rest extends readonly []
        ? DimEq<N, X, Z> extends true
          ? [...P, N]
          : RowsDiffer<A, B, Op, N, X, "", Z>
        : Dyn
    : B extends readonly []
      ? ShapeError<`${Op}: ${Show<A, Z>} with []: ${Fits<N, Z>}`>
      : Dyn;

/** X of A·X = B by NumPy 2's rule: A [..., n, n] with B [n] -> [..., n], with [..., n, k] -> [..., n, k]. */
export type Solve<A, B, Op extends string, Z> =
  IsAny<B> extends true
    ? Unchecked
    : SquareOf<A, Op, Z> extends infer R
      ? R extends [infer P extends readonly unknown[], infer N extends Dim]
        ? SolveFor<A, B, Op, P, N, Z>
        : R extends "any"
          ? Unchecked
          : R extends "open"
            ? Dyn
            : R
      : never;

// ---- Kronecker products ----

/** Sizes multiplied axis by axis from the right; the shorter shape is filled up with ones. */
type KronAxes<
  A extends readonly unknown[],
  B extends readonly unknown[],
  Tail extends readonly unknown[],
  Z,
> =
  Last<A, Z> extends [infer RestA extends readonly unknown[], infer X]
    ? Last<B, Z> extends [infer RestB extends readonly unknown[], infer Y]
      ? ProductOf<[X, Y], Z> extends [infer D]
        ? KronAxes<RestA, RestB, [D, ...Tail], Z>
        : never
      : B extends readonly []
        ? [...A, ...Tail]
        : Dyn
    : A extends readonly []
      ? Last<B, Z> extends "open"
        ? Dyn
        : [...B, ...Tail]
      : Dyn;

export type Kron<A extends readonly unknown[], B extends readonly unknown[], Z> =
  IsAny<A> extends true ? Unchecked : IsAny<B> extends true ? Unchecked : KronAxes<A, B, [], Z>;
