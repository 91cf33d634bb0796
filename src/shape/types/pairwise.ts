// Every row of one set of points against every row of another.
import type { Dyn, ShapeError, Unchecked } from "./dim.js";
import type { Align, AnyMisfit } from "./broadcast.js";
import type { Ext, IsAny } from "./kind.js";
import type { MatrixOf } from "./linalg.js";
import type { Show } from "./show.js";
import type { DimEq } from "./symbolic.js";

/** [..., n, d] and [..., m, d] -> [..., n, m]. */
export type Pairwise<X, Y, Op extends string, Z> =
  IsAny<Y> extends true
    ? Unchecked
    : MatrixOf<X, Op, Z> extends infer R
      ? R extends [infer P extends readonly unknown[], infer N, infer D]
        ? Pairs<X, Y, P, N, D, MatrixOf<Y, Op, Z>, Op, Z>
        : R extends "any"
          ? Unchecked
          : R extends "open"
            ? Dyn
            : R
      : never;

type Pairs<X, Y, P extends readonly unknown[], N, D, Right, Op extends string, Z> = Right extends [
  infer Q extends readonly unknown[],
  infer M,
  infer D2,
]
  ? DimEq<D, D2, Z> extends true
    ? Ext<Align<P, Q, [N, M], Z>, AnyMisfit, Z> extends true
      ? ShapeError<`${Op}: batch axes of ${Show<X, Z>} and ${Show<Y, Z>} do not broadcast`>
      : Align<P, Q, [N, M], Z>
    : ShapeError<`${Op}: points of ${Show<X, Z>} and ${Show<Y, Z>} differ in coordinates`>
  : Right extends ShapeError<string>
    ? Right
    : Dyn;
