// NumPy broadcasting: shapes align on the right, an axis of size 1 stretches, two different names never do.
import type { Dim, Dyn, ShapeError, Unchecked } from "./dim.js";
import type { Ext, IsAny, Kind, Same } from "./kind.js";
import type { Last, Only } from "./list.js";
import type { Show, ShowDim } from "./show.js";
import type { Evaluated } from "./symbolic.js";

/** Two dims -> [the common one] | "no" */
type BroadcastDim<X, Y, Z> =
  Same<X, Y, Z> extends true
    ? [X]
    : Kind<X, Z> extends "one"
      ? [Y]
      : Kind<Y, Z> extends "one"
        ? [X]
        : Kind<X, Z> extends "unknown"
          ? [Y]
          : Kind<Y, Z> extends "unknown"
            ? [X]
            : Same<Evaluated<X, Z>, Evaluated<Y, Z>, Z> extends true
              ? [X]
              : "no";

/** The two dims that do not fit, and their place counted from the right. */
export interface Misfit<X, Y, Place> {
  x: X;
  y: Y;
  place: Place;
}
export type AnyMisfit = Misfit<Unchecked, Unchecked, Unchecked>;

/** Walks both shapes from the right; `Tail` is the part already decided -> shape | Misfit */
export type Align<
  A extends readonly unknown[],
  B extends readonly unknown[],
  Tail extends readonly unknown[],
  Z,
  Place extends 0[] = [0],
> =
  Same<A, B, Z> extends true
    ? [...A, ...Tail]
    : Last<A, Z> extends [infer RestA extends readonly unknown[], infer X]
      ? Last<B, Z> extends [infer RestB extends readonly unknown[], infer Y]
        ? BroadcastDim<X, Y, Z> extends [infer D]
          ? Align<RestA, RestB, [D, ...Tail], Z, [...Place, 0]>
          : Misfit<X, Y, Place["length"]>
        : B extends readonly []
          ? [...A, ...Tail]
          : Dyn
      : A extends readonly []
        ? [...B, ...Tail]
        : Dyn;

/** Worth saying only when the ranks differ. */
export type RankHint<A, B> = A extends { length: infer NA }
  ? B extends { length: infer NB }
    ? [NA] extends [NB]
      ? ""
      : "; shapes align on the right, use .unsqueeze(axis) to add size-1 axes"
    : ""
  : "";

// [n, 1] - [n] -> [n, n] is legal in NumPy and nearly always an accident. It is refused when the rank is extended
// implicitly and the dim is a name; [n, 1] - [1, n] says that it is meant.
type AccidentalOuter<A, B, Z> = IsColumnOf<A, B, Z> extends true ? true : IsColumnOf<B, A, Z>;
type IsColumnOf<A, B, Z> =
  Only<B, Z> extends [infer Y]
    ? Last<A, Z> extends [infer Rest, infer One]
      ? Kind<One, Z> extends "one"
        ? Last<Rest, Z> extends [unknown, infer X]
          ? Kind<Y, Z> extends "symbol" | "generic"
            ? Same<X, Y, Z>
            : false
          : false
        : false
      : false
    : false;

type Explain<R, A, B, Op extends string, Z> =
  Ext<R, AnyMisfit, Z> extends true
    ? R extends Misfit<infer X extends Dim, infer Y extends Dim, infer Place extends number>
      ? ShapeError<`${Op}: cannot broadcast ${Show<A, Z>} with ${Show<B, Z>}: axis -${Place} is ${ShowDim<X, Z>} vs ${ShowDim<Y, Z>}${RankHint<A, B>}`>
      : never
    : R;

/** The common shape of two operands, or what does not fit. */
export type Broadcast<A extends readonly unknown[], B extends readonly unknown[], Op extends string, Z> =
  Same<A, B, Z> extends true
    ? A
    : IsAny<A> extends true
      ? Unchecked
      : IsAny<B> extends true
        ? Unchecked
        : Ext<B, readonly [], Z> extends true // a scalar, decided here so that it works for a generic shape A too
          ? A
          : Ext<A, readonly [], Z> extends true
            ? B
            : AccidentalOuter<A, B, Z> extends true
              ? ShapeError<`${Op}: ${Show<A, Z>} with ${Show<B, Z>} would silently broadcast to an outer product; use .squeeze(-1) or .unsqueeze(-1) to say which you mean`>
              : Explain<Align<A, B, [], Z>, A, B, Op, Z>;
