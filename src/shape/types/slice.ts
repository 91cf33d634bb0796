// Parts of a tensor: select, slice, take, gather; and the reverse, growing it: pad, tile, repeat.
import type { Dim, Dyn, ShapeError, Unchecked } from "./dim.js";
import type { IsAny, Kind } from "./kind.js";
import type { Last } from "./list.js";
import type { Compare, SubtractDecimal, ToNumber } from "./decimal.js";
import type { At, ErrorOr } from "./axes.js";
import type { Show, ShowDim } from "./show.js";
import type { AddDim, ProductOf } from "./symbolic.js";

/** One index along an axis, which disappears. */
export type Select<S, A, Z> =
  At<S, A, "select", Z> extends infer R
    ? R extends [infer P extends readonly unknown[], unknown, infer Q extends readonly unknown[]]
      ? [...P, ...Q]
      : ErrorOr<R>
    : never;

// ---- x.slice(axis, start, end): bounds past the end are an error, as at run time ----

type Digits<N> = `${N & number}`;
type Difference<End extends string, Start extends string> =
  Compare<End, Start> extends "less" ? 0 : ToNumber<SubtractDecimal<End, Start>>;
/** A bound as a non-negative decimal: -2 of 10 is "8"; "unknown" when that depends on a name; "outside". */
type Bound<N, X, K> =
  Digits<N> extends `-${infer FromEnd}`
    ? K extends "number" | "one"
      ? Compare<FromEnd, Digits<X>> extends "greater"
        ? "outside"
        : SubtractDecimal<Digits<X>, FromEnd>
      : "unknown"
    : K extends "number" | "one"
      ? Compare<Digits<N>, Digits<X>> extends "greater"
        ? "outside"
        : Digits<N>
      : Digits<N>;
type LengthBetween<Start, End> = "outside" extends Start | End
  ? "outside"
  : "unknown" extends Start | End
    ? number
    : Difference<End & string, Start & string>;
type SliceLength<X, Start, End, K> = K extends "unknown"
  ? number
  : number extends Start
    ? number
    : End extends undefined
      ? Start extends 0
        ? X
        : K extends "number" | "one"
          ? LengthBetween<Bound<Start, X, K>, Digits<X>>
          : number
      : number extends End
        ? number
        : LengthBetween<Bound<Start, X, K>, Bound<End, X, K>>;

type ShowEnd<End> = End extends number ? `${End}` : "";

/** start:end along an axis; `End` undefined means to the end of the axis. */
export type Slice<S, A, Start, End, Z> =
  At<S, A, "slice", Z> extends infer R
    ? R extends [infer P extends readonly unknown[], infer X extends Dim, infer Q extends readonly unknown[]]
      ? SliceLength<X, Start, End, Kind<X, Z>> extends infer Length
        ? Length extends "outside"
          ? ShapeError<`slice: ${Start & number}:${ShowEnd<End>} exceeds axis ${A & Dim} of ${Show<S, Z>} (${ShowDim<X, Z>})`>
          : [...P, Length, ...Q]
        : never
      : ErrorOr<R>
    : never;

/** Whole slices picked by an integer tensor: the axis is replaced by the shape of the indices. */
export type Take<S, Indices, A, Z> =
  IsAny<S> extends true
    ? Unchecked
    : At<S, A, "take", Z> extends infer R
      ? R extends [infer P extends readonly unknown[], unknown, infer Q extends readonly unknown[]]
        ? Indices extends readonly unknown[]
          ? [...P, ...Indices, ...Q]
          : never
        : ErrorOr<R>
      : never;

/** One element per index along an axis: the indices have the rank of S and give the shape. */
export type GatherAlong<S, Indices, A, Z> =
  IsAny<S> extends true
    ? Indices
    : At<S, A, "gather", Z> extends infer R
      ? R extends ShapeError<string>
        ? R
        : [S, Indices] extends [{ length: infer NS }, { length: infer NI }]
          ? [NS, NI] extends [NI, NS]
            ? Indices
            : number extends NS | NI
              ? Indices
              : ShapeError<`gather: indices ${Show<Indices, Z>} need the rank of ${Show<S, Z>}; use .take for whole slices`>
          : never
      : never;

// ---- growing ----

type PadAll<S, Widths, Out extends unknown[], Original, Z> = Widths extends readonly [
  ...infer More,
  readonly [infer Before, infer After],
]
  ? Last<S, Z> extends [infer Rest, infer X]
    ? AddDim<X, Before, Z> extends [infer D]
      ? AddDim<D, After, Z> extends [infer E]
        ? PadAll<Rest, More, [E, ...Out], Original, Z>
        : never
      : never
    : S extends readonly []
      ? "outside"
      : "open"
  : Widths extends readonly []
    ? S extends readonly []
      ? Out
      : "outside"
    : "open";
/** `Widths` holds [before, after] for every axis. */
export type Pad<S, Widths, Z> =
  IsAny<S> extends true
    ? Unchecked
    : PadAll<S, Widths, [], S, Z> extends infer R
      ? R extends "outside"
        ? ShapeError<`pad: ${Show<S, Z>} needs one [before, after] per axis, got ${Widths extends { length: infer N extends number } ? N : "?"}`>
        : R extends "open"
          ? Dyn
          : R
      : never;

/** S repeated along every axis; the shorter list is filled up with ones on the left. */
export type Tile<S, Counts, Z, Out extends unknown[] = []> =
  IsAny<S> extends true
    ? Unchecked
    : Last<Counts, Z> extends [infer MoreCounts, infer N]
      ? Last<S, Z> extends [infer Rest, infer X]
        ? ProductOf<[N, X], Z> extends [infer D]
          ? Tile<Rest, MoreCounts, Z, [D, ...Out]>
          : never
        : S extends readonly []
          ? Tile<[], MoreCounts, Z, [N, ...Out]>
          : Dyn
      : Counts extends readonly []
        ? S extends readonly unknown[]
          ? [...S, ...Out]
          : never
        : Dyn;

/** Every element repeated `Count` times along an axis. */
export type Repeat<S, Count, A, Z> =
  At<S, A, "repeat", Z> extends infer R
    ? R extends [infer P extends readonly unknown[], infer X, infer Q extends readonly unknown[]]
      ? ProductOf<[Count, X], Z> extends [infer D]
        ? [...P, D, ...Q]
        : never
      : ErrorOr<R, IsAny<S> extends true ? Unchecked : Dyn>
    : never;

/** The shape itself if it has rows and columns: tril, triu, transpose. */
export type AtLeastMatrix<S, Op extends string, Z> =
  IsAny<S> extends true
    ? Unchecked
    : Last<S, Z> extends [infer Rest, unknown]
      ? Rest extends readonly []
        ? ShapeError<`${Op}: ${Show<S, Z>} has fewer than 2 axes`>
        : S
      : S extends readonly []
        ? ShapeError<`${Op}: [] has fewer than 2 axes`>
        : S;
