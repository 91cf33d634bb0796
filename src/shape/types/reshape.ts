// reshape, expand, flatten. Two shapes hold the same elements when their coefficients and their symbols agree.
import type { Dim, Unchecked, ShapeError } from "./dim.js";
import type { IsAny, Kind, Same } from "./kind.js";
import type { First } from "./list.js";
import type { Broadcast } from "./broadcast.js";
import type { Show } from "./show.js";
import type { Cancel, DivideProducts, Factors, Product, ProductOf } from "./symbolic.js";

/** The dims around a -1 -> [before, after] | "none" */
type AroundInferred<T, Before extends unknown[], Z> =
  First<T, Z> extends [infer X, infer Rest]
    ? Kind<X, Z> extends "infer"
      ? [Before, Rest]
      : AroundInferred<Rest, [...Before, X], Z>
    : "none";

type Count<S, Z> = ProductOf<S, Z> extends [infer D extends Dim] ? `${Show<S, Z>} has ${D} elements` : never;
type CannotInfer<
  S,
  T,
  Why extends string,
  Z,
> = `reshape: cannot infer -1 in ${Show<T, Z>}: ${Count<S, Z>}${Why}`;
type NotDivisible<Known, Z> =
  ProductOf<Known, Z> extends [infer D extends Dim] ? `, not divisible by ${D}` : ", not divisible by ?";

type InferOne<
  S,
  T,
  C extends string,
  L,
  Before extends readonly unknown[],
  After extends readonly unknown[],
  Z,
> =
  AroundInferred<After, [], Z> extends readonly unknown[]
    ? ShapeError<`reshape: only one size may be -1, got ${Show<T, Z>}`>
    : InferFrom<S, T, C, L, Before, After, Z>;
type InferFrom<
  S,
  T,
  C extends string,
  L,
  Before extends readonly unknown[],
  After extends readonly unknown[],
  Z,
> =
  Factors<[...Before, ...After], "1", [], Z> extends Product<infer D, infer R>
    ? DivideProducts<C, L, D, R, Z> extends [infer Q]
      ? Cancel<L, R, [], Z> extends [unknown, readonly []]
        ? [...Before, Q, ...After]
        : ShapeError<CannotInfer<S, T, "", Z>>
      : ShapeError<CannotInfer<S, T, NotDivisible<[...Before, ...After], Z>, Z>>
    : [...Before, number, ...After];

type SameCount<S, T, C, L, Z> =
  Factors<T, "1", [], Z> extends Product<infer D, infer R>
    ? Cancel<L, R, [], Z> extends [infer Left, infer Extra]
      ? [C, Left, Extra] extends [D, [], []]
        ? T
        : ShapeError<`reshape: ${Count<S, Z>} but ${Count<T, Z>}`>
      : never
    : T;

/** S reshaped to T, where one dim of T may be -1. Unknown sizes are trusted. */
export type Reshape<S, T, Z> =
  IsAny<S> extends true
    ? AroundInferred<T, [], Z> extends [
        infer Before extends readonly unknown[],
        infer After extends readonly unknown[],
      ]
      ? [...Before, number, ...After]
      : T
    : Factors<S, "1", [], Z> extends Product<infer C, infer L>
      ? AroundInferred<T, [], Z> extends [
          infer Before extends readonly unknown[],
          infer After extends readonly unknown[],
        ]
        ? InferOne<S, T, C, L, Before, After, Z>
        : SameCount<S, T, C, L, Z>
      : AroundInferred<T, [], Z> extends [
            infer Before extends readonly unknown[],
            infer After extends readonly unknown[],
          ]
        ? [...Before, number, ...After]
        : T;

/** S broadcast to exactly T. */
export type Expand<S extends readonly unknown[], T extends readonly unknown[], Z> =
  Broadcast<S, T, "expand", Z> extends infer R
    ? R extends ShapeError<string>
      ? R
      : Same<R, T, Z> extends true
        ? T
        : ShapeError<`expand: ${Show<S, Z>} does not expand to ${Show<T, Z>}`>
    : never;

/** Every axis merged into one. */
export type Flatten<S, Z> = IsAny<S> extends true ? Unchecked : ProductOf<S, Z>;
