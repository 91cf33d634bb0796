// Moving axes about: transpose, permute, squeeze, unsqueeze.
import type { Dim, Dyn, Mutable, ShapeError, Unchecked } from "./dim.js";
import type { IsAny, Kind } from "./kind.js";
import type { First, Last } from "./list.js";
import type { At, AxisIndex, ErrorOr, FromLeft, FromRight, SplitFromLeft, SplitFromRight } from "./axes.js";
import type { Reduce } from "./reduce.js";
import type { Show, ShowDim } from "./show.js";

// ---- transpose ----

type SwapLastTwo<S, Z> =
  IsAny<S> extends true
    ? Unchecked
    : Last<S, Z> extends [infer Rest, infer Y]
      ? Last<Rest, Z> extends [infer P extends readonly unknown[], infer X]
        ? [...P, Y, X]
        : Rest extends readonly []
          ? ShapeError<`transpose: ${Show<S, Z>} has fewer than 2 axes`>
          : Dyn
      : S extends readonly []
        ? ShapeError<`transpose: ${Show<S, Z>} has fewer than 2 axes`>
        : Dyn;
type Replace<S, Index, X> = { [K in keyof S]: K extends `${Index & number}` ? X : S[K] };

/** Swaps two axes; the last two also under a generic rank. */
export type Transpose<S, A, B, Z> = [A, B] extends [-2, -1] | [-1, -2]
  ? SwapLastTwo<S, Z>
  : At<S, A, "transpose", Z> extends infer RA
    ? RA extends [unknown, infer X, unknown]
      ? At<S, B, "transpose", Z> extends infer RB
        ? RB extends [unknown, infer Y, unknown]
          ? S extends readonly unknown[]
            ? Mutable<Replace<Replace<S, AxisIndex<S, A, Z>, Y>, AxisIndex<S, B, Z>, X>>
            : never
          : ErrorOr<RB>
        : never
      : ErrorOr<RA>
    : never;

// ---- permute: every axis exactly once ----

type PermuteBy<S extends readonly unknown[], Axes, Out extends unknown[], Seen, Z> = Axes extends readonly [
  infer H,
  ...infer Rest,
]
  ? At<S, H, "permute", Z> extends infer R
    ? R extends [infer P extends readonly unknown[], infer X, unknown]
      ? P["length"] extends Seen
        ? ShapeError<`permute: axis ${H & Dim} is repeated`>
        : PermuteBy<S, Rest, [...Out, X], Seen | P["length"], Z>
      : ErrorOr<R>
    : never
  : Axes extends readonly []
    ? Out["length"] extends S["length"]
      ? Out
      : ShapeError<`permute: ${Show<S, Z>} needs ${S["length"]} axes, got ${Out["length"]}`>
    : Dyn;
export type Permute<S, Axes, Z> =
  IsAny<S> extends true
    ? Unchecked
    : S extends readonly unknown[]
      ? number extends S["length"]
        ? Dyn
        : PermuteBy<S, Axes, [], never, Z>
      : never;

// ---- squeeze ----

/** Drops axes that must have size 1; with undefined every axis of that size. */
export type Squeeze<S, A, Z> = A extends undefined
  ? SqueezeAll<S, [], Z>
  : A extends readonly unknown[]
    ? SqueezeSeveral<S, A, A, Z>
    : SqueezeOne<S, A, Z> extends infer R
      ? R extends [infer P extends readonly unknown[], infer Q extends readonly unknown[]]
        ? [...P, ...Q]
        : ErrorOr<R>
      : never;

/** -> [before, after] */
type SqueezeOne<S, A, Z> =
  At<S, A, "squeeze", Z> extends infer R
    ? R extends [infer P, infer X extends Dim, infer Q]
      ? Kind<X, Z> extends "one" | "unknown"
        ? [P, Q]
        : ShapeError<`squeeze: axis ${A & Dim} of ${Show<S, Z>} is ${ShowDim<X, Z>}, not 1`>
      : R
    : never;
type SqueezeSeveral<S, Axes, Left, Z> = Left extends readonly [infer H, ...infer Rest]
  ? SqueezeOne<S, H, Z> extends infer R
    ? R extends ShapeError<string>
      ? R
      : SqueezeSeveral<S, Axes, Rest, Z>
    : never
  : Reduce<S, Axes, false, "squeeze", Z>;
type SqueezeAll<S, Out extends unknown[], Z> =
  First<S, Z> extends [infer X, infer Rest]
    ? Kind<X, Z> extends "one"
      ? SqueezeAll<Rest, Out, Z>
      : Kind<X, Z> extends "number" | "symbol"
        ? SqueezeAll<Rest, [...Out, X], Z>
        : Dyn // an unknown size may turn out to be 1
    : S extends readonly []
      ? Out
      : Dyn;

// ---- unsqueeze: axis k >= 0 goes before axis k (or last), axis -k after axis -k of the old shape ----

type Skip<Table, A> = `${A & number}` extends keyof Table
  ? Table[`${A & number}`] extends [0, ...infer Fewer]
    ? Fewer
    : "none"
  : "none";
type OutsideUnsqueeze<S, A, Z> = `unsqueeze: axis ${A & number} is out of range for ${Show<S, Z>}`;

/** Inserts an axis of size `Count` (1; stack inserts the number of tensors). */
export type Unsqueeze<S, A, Z, Count = 1> =
  IsAny<S> extends true
    ? Unchecked
    : number extends A
      ? Dyn
      : A extends -1
        ? S extends readonly unknown[]
          ? [...S, Count]
          : never
        : A extends 0
          ? S extends readonly unknown[]
            ? [Count, ...S]
            : never
          : Skip<FromRight, A> extends infer Fewer extends 0[]
            ? SplitFromRight<S, Fewer, [], Z> extends infer R
              ? R extends [infer P extends readonly unknown[], infer X, infer Q extends readonly unknown[]]
                ? [...P, Count, X, ...Q]
                : R extends "outside"
                  ? ShapeError<OutsideUnsqueeze<S, A, Z>>
                  : Dyn
              : never
            : Skip<FromLeft, A> extends infer Fewer extends 0[]
              ? SplitFromLeft<S, Fewer, [], Z> extends infer R
                ? R extends [infer P extends readonly unknown[], infer X, infer Q extends readonly unknown[]]
                  ? [...P, X, Count, ...Q]
                  : R extends "outside"
                    ? ShapeError<OutsideUnsqueeze<S, A, Z>>
                    : Dyn
                : never
              : Dyn;
