// Contractions beside matmul: dot, outer, tensordot, cosineSimilarity, and the three-operand `where`.
import type { Dim, Dyn, ShapeError, Unchecked } from "./dim.js";
import type { IsAny } from "./kind.js";
import type { First, Last, Only } from "./list.js";
import type { Broadcast } from "./broadcast.js";
import type { At, ErrorOr } from "./axes.js";
import type { Show, ShowDim } from "./show.js";
import type { DimEq } from "./symbolic.js";

/** [length] | "open" | "other" */
type Vector<S, Z> = S extends Dyn ? (Dyn extends S ? "open" : OnlyOr<S, Z>) : OnlyOr<S, Z>;
type OnlyOr<S, Z> = Only<S, Z> extends [infer X] ? [X] : "other";

/** Two vectors of one length -> a scalar. */
export type Dot<A, B, Z> =
  IsAny<A> extends true
    ? Unchecked
    : IsAny<B> extends true
      ? Unchecked
      : Vector<A, Z> extends [infer X extends Dim]
        ? Vector<B, Z> extends [infer Y extends Dim]
          ? DimEq<X, Y, Z> extends true
            ? []
            : ShapeError<`dot: ${Show<A, Z>} . ${Show<B, Z>}: lengths ${ShowDim<X, Z>} and ${ShowDim<Y, Z>} differ`>
          : Vector<B, Z> extends "open"
            ? []
            : ShapeError<`dot: needs two vectors, got ${Show<A, Z>} and ${Show<B, Z>}; use .matmul`>
        : Vector<A, Z> extends "open"
          ? []
          : ShapeError<`dot: needs two vectors, got ${Show<A, Z>} and ${Show<B, Z>}; use .matmul`>;

/** Two vectors [n], [m] -> [n, m]. */
export type Outer<A, B, Z> =
  IsAny<A> extends true
    ? Unchecked
    : IsAny<B> extends true
      ? Unchecked
      : Vector<A, Z> extends [infer X]
        ? Vector<B, Z> extends [infer Y]
          ? [X, Y]
          : Vector<B, Z> extends "open"
            ? [X, number]
            : ShapeError<`outer: needs two vectors, got ${Show<A, Z>} and ${Show<B, Z>}`>
        : Vector<A, Z> extends "open"
          ? Dyn
          : ShapeError<`outer: needs two vectors, got ${Show<A, Z>} and ${Show<B, Z>}`>;

// ---- tensordot: the last N axes of A against the first N of B ----

/** Moves N dims from the end of S into a list of their own -> [the rest, the moved] */
type CutLast<S, N, Moved extends unknown[], Z> = Moved["length"] extends N
  ? [S, Moved]
  : Last<S, Z> extends [infer Rest, infer X]
    ? CutLast<Rest, N, [X, ...Moved], Z>
    : Last<S, Z>;
/** Strikes the moved dims off the front of B -> the rest of B | [two dims that differ] | "empty" | "open" */
type StrikeFirst<B, Moved, Z> = Moved extends readonly [infer X, ...infer More]
  ? First<B, Z> extends [infer Y, infer Rest]
    ? DimEq<X, Y, Z> extends true
      ? StrikeFirst<Rest, More, Z>
      : { differ: [X, Y] }
    : First<B, Z>
  : { rest: B };

export type TensorDot<A, B, Axes, Z> =
  IsAny<A> extends true
    ? Unchecked
    : IsAny<B> extends true
      ? Unchecked
      : number extends Axes
        ? Dyn
        : Axes extends number
          ? CutLast<A, Axes, [], Z> extends infer R
            ? R extends [infer P extends readonly unknown[], infer Moved]
              ? StrikeFirst<B, Moved, Z> extends infer Q
                ? Q extends { rest: infer Rest extends readonly unknown[] }
                  ? [...P, ...Rest]
                  : Q extends { differ: [infer X extends Dim, infer Y extends Dim] }
                    ? ShapeError<`tensordot: ${Show<A, Z>} and ${Show<B, Z>} over ${Axes} axes: ${ShowDim<X, Z>} and ${ShowDim<Y, Z>} differ`>
                    : Q extends "empty"
                      ? ShapeError<`tensordot: ${Show<B, Z>} has fewer than ${Axes} axes`>
                      : Dyn
                : never
              : R extends "empty"
                ? ShapeError<`tensordot: ${Show<A, Z>} has fewer than ${Axes} axes`>
                : Dyn
            : never
          : Dyn;

// ---- pairs and triples that broadcast ----

/** Operands broadcast, then the compared axis goes. */
export type CosineSimilarity<A extends readonly unknown[], B extends readonly unknown[], Ax, Z> =
  Broadcast<A, B, "cosineSimilarity", Z> extends infer S
    ? S extends ShapeError<string>
      ? S
      : At<S, Ax, "cosineSimilarity", Z> extends infer R
        ? R extends [infer P extends readonly unknown[], unknown, infer Q extends readonly unknown[]]
          ? [...P, ...Q]
          : ErrorOr<R, IsAny<S> extends true ? Unchecked : Dyn>
        : never
    : never;

/** where(condition, x, y), clip(x, low, high): three operands broadcast from left to right. */
export type Broadcast3<
  A extends readonly unknown[],
  B extends readonly unknown[],
  C extends readonly unknown[],
  Op extends string,
  Z,
> =
  Broadcast<A, B, Op, Z> extends infer R
    ? R extends ShapeError<string>
      ? R
      : R extends readonly unknown[]
        ? Broadcast<R, C, Op, Z>
        : never
    : never;
