// Every row of one set of points against every row of another.
import type { Dim, Dyn, ShapeError, Unchecked } from "./dim.js";
import type { Align, AnyMisfit } from "./broadcast.js";
import type { Ext, IsAny } from "./kind.js";
import type { MatrixOf } from "./linalg.js";
import type { Show, ShowDim } from "./show.js";
import type { DimEq } from "./symbolic.js";

/** [..., n, d] and [..., m, d] -> [..., n, m]. */
export type Pairwise<X, Y, Op extends string, Z> =
  IsAny<Y> extends true
    ? Unchecked
    : MatrixOf<X, Op, Z> extends infer R
      ? R extends [infer P extends readonly unknown[], infer N, infer D extends Dim]
        ? Pairs<X, Y, P, N, D, MatrixOf<Y, Op, Z>, Op, Z>
        : R extends "any"
          ? Unchecked
          : R extends "open"
            ? Dyn
            : R
      : never;

type Pairs<
  X,
  Y,
  P extends readonly unknown[],
  N,
  D extends Dim,
  Right,
  Op extends string,
  Z,
> = Right extends [infer Q extends readonly unknown[], infer M, infer D2 extends Dim]
  ? DimEq<D, D2, Z> extends true
    ? Ext<Align<P, Q, [N, M], Z>, AnyMisfit, Z> extends true
      ? ShapeError<`${Op}: batch axes of ${Show<X, Z>} and ${Show<Y, Z>} do not broadcast`>
      : Align<P, Q, [N, M], Z>
    : ShapeError<`${Op}: points of ${ShowDim<D, Z>} and ${ShowDim<D2, Z>} coordinates, ${Show<X, Z>} and ${Show<Y, Z>}`>
  : Right extends ShapeError<string>
    ? Right
    : Dyn;
