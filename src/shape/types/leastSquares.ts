// Shapes of least squares: [..., m, n] against [m] or [..., m, k].
import type { Dim, Dyn, ShapeError, Unchecked } from "./dim.js";
import type { Align, AnyMisfit } from "./broadcast.js";
import type { Ext, IsAny } from "./kind.js";
import type { MatrixOf } from "./linalg.js";
import type { Last } from "./list.js";
import type { Show, ShowDim } from "./show.js";
import type { DimEq, MinDim } from "./symbolic.js";

interface LstsqOf<Solution, Residuals, Rank, Values> {
  solution: Solution;
  residuals: Residuals;
  rank: Rank;
  singularValues: Values;
}

/** [Q, M, K] of [...Q, m, k], [M] of a vector, "open" when the rank is unknown. */
type RightSide<B, Z> =
  Last<B, Z> extends [infer Rest, infer X]
    ? Last<Rest, Z> extends [infer Q extends readonly unknown[], infer Y]
      ? [Q, Y, X]
      : Rest extends readonly []
        ? [X]
        : "open"
    : B extends readonly []
      ? "scalar"
      : "open";

type RowsDiffer<
  A,
  B,
  M extends Dim,
  M2 extends Dim,
  Fix extends string,
  Z,
> = ShapeError<`lstsq: a ${Show<A, Z>} has ${ShowDim<M, Z>} rows and b ${Show<B, Z>} has ${ShowDim<M2, Z>}${Fix}`>;

type TransposeFix<M, C, Z> = DimEq<M, C, Z> extends true ? "; did you mean b.transpose()?" : "";

/** x [..., n] or [..., n, k], residuals [...] or [..., k], rank [...], singular values [..., min(m, n)]. */
export type Lstsq<A, B, Z> =
  IsAny<B> extends true
    ? LstsqOf<Unchecked, Unchecked, Unchecked, Unchecked>
    : MatrixOf<A, "lstsq", Z> extends infer R
      ? R extends [infer P extends readonly unknown[], infer M extends Dim, infer N]
        ? MinDim<M, N, Z> extends [infer K]
          ? Solved<A, B, P, M, N, K, RightSide<B, Z>, Z>
          : never
        : R extends "any"
          ? LstsqOf<Unchecked, Unchecked, Unchecked, Unchecked>
          : R extends "open"
            ? LstsqOf<Dyn, Dyn, Dyn, Dyn>
            : R
      : never;

type Solved<A, B, P extends readonly unknown[], M extends Dim, N, K, Right, Z> = Right extends [
  infer Q extends readonly unknown[],
  infer M2 extends Dim,
  infer C,
]
  ? DimEq<M, M2, Z> extends true
    ? Ext<Align<P, Q, [N, C], Z>, AnyMisfit, Z> extends true
      ? ShapeError<`lstsq: batch axes of ${Show<A, Z>} and ${Show<B, Z>} do not broadcast`>
      : LstsqOf<Align<P, Q, [N, C], Z>, Align<P, Q, [C], Z>, P, [...P, K]>
    : RowsDiffer<A, B, M, M2, TransposeFix<M, C, Z>, Z>
  : Right extends [infer M2 extends Dim]
    ? DimEq<M, M2, Z> extends true
      ? LstsqOf<[...P, N], P, P, [...P, K]>
      : RowsDiffer<A, B, M, M2, "", Z>
    : Right extends "scalar"
      ? ShapeError<`lstsq: b is a scalar; it needs the ${ShowDim<M, Z>} rows of ${Show<A, Z>}`>
      : LstsqOf<Dyn, Dyn, P, [...P, K]>;

/** [..., n, m] of [..., m, n]. */
export type Pinv<A, Z> =
  MatrixOf<A, "pinv", Z> extends infer R
    ? R extends [infer P extends readonly unknown[], infer M, infer N]
      ? [...P, N, M]
      : R extends "any"
        ? Unchecked
        : R extends "open"
          ? Dyn
          : R
    : never;
