// x.rearrange("B n (h d) -> B h n d", { h: 12 }): names and groups on the left are bound to dims, the right side
// is read off. In a group all sizes but one must be known; the last is the quotient.
import type { Dim, Dyn, ShapeError, Unchecked } from "./dim.js";
import type { IsAny } from "./kind.js";
import type { First, Last } from "./list.js";
import type { Show } from "./show.js";
import type { DimEq, DivideDim, ProductOf } from "./symbolic.js";
import type { WordsAndGroups } from "./words.js";

type In<Pattern> = `rearrange '${Pattern & string}'`;

/** The dim of a name: given, bound before, or a number that stands for itself -> [dim] | "none" */
type LookUp<Name, Bound, Sizes> = Name extends keyof Sizes
  ? [Sizes[Name]]
  : Name extends keyof Bound
    ? Bound[Name]
    : Name extends `${infer N extends number}`
      ? [N]
      : "none";

/** A group -> [dims of the known names, unknown names] */
type SplitGroup<
  Group,
  Bound,
  Sizes,
  Known extends unknown[],
  Unknown extends unknown[],
> = Group extends readonly [infer Name, ...infer Rest]
  ? LookUp<Name, Bound, Sizes> extends [infer D]
    ? SplitGroup<Rest, Bound, Sizes, [...Known, D], Unknown>
    : SplitGroup<Rest, Bound, Sizes, Known, [...Unknown, Name]>
  : [Known, Unknown];

// ---- left side: bind names ----

type BindLeft<Left, S, Bound, Sizes, Pattern, S0, Z> = Left extends readonly [infer H, ...infer Rest]
  ? H extends "..."
    ? CutMiddle<Rest, S, [], Z> extends [infer Middle, infer End]
      ? BindLeft<Rest, End, Bound & { "...": Middle }, Sizes, Pattern, S0, Z>
      : ShapeError<`${In<Pattern>}: ${Show<S0, Z>} has too few axes`>
    : First<S, Z> extends [infer D extends Dim, infer More]
      ? (
          H extends string
            ? BindName<H, D, Bound, Sizes, Pattern, S0, Z>
            : BindGroup<H, D, Bound, Sizes, Pattern, Z>
        ) extends infer Next
        ? Next extends ShapeError<string>
          ? Next
          : BindLeft<Rest, More, Next, Sizes, Pattern, S0, Z>
        : never
      : S extends readonly []
        ? ShapeError<`${In<Pattern>}: ${Show<S0, Z>} has too few axes`>
        : "open"
  : S extends readonly [unknown, ...unknown[]]
    ? ShapeError<`${In<Pattern>}: ${Show<S0, Z>} has too many axes`>
    : S extends readonly []
      ? Bound
      : "open";

/** "..." takes what the items after it leave -> [middle, end] | "no" */
type CutMiddle<After, S, End extends unknown[], Z> = After extends readonly [unknown, ...infer More]
  ? Last<S, Z> extends [infer Rest, infer X]
    ? CutMiddle<More, Rest, [X, ...End], Z>
    : "no"
  : [S, End];

type BindName<Name extends string, D extends Dim, Bound, Sizes, Pattern, S0, Z> =
  LookUp<Name, Bound, Sizes> extends [infer Known extends Dim]
    ? DimEq<Known, D, Z> extends true
      ? Name extends keyof Bound
        ? Bound
        : Bound & { [K in Name]: [D] }
      : ShapeError<`${In<Pattern>}: ${Name} is ${Known} but ${Show<S0, Z>} has ${D}`>
    : Bound & { [K in Name]: [D] };

type BindGroup<Group, D extends Dim, Bound, Sizes, Pattern, Z> =
  SplitGroup<Group, Bound, Sizes, [], []> extends [infer Known, infer Unknown]
    ? ProductOf<Known, Z> extends [infer P extends Dim]
      ? Unknown extends readonly []
        ? DimEq<P, D, Z> extends true
          ? Bound
          : ShapeError<`${In<Pattern>}: group has ${P} elements but axis is ${D}`>
        : Unknown extends readonly [infer Name extends string]
          ? DivideDim<D, P, Z> extends [infer Q]
            ? Bound & { [K in Name]: [Q] }
            : ShapeError<`${In<Pattern>}: ${D} is not divisible by ${P}`>
          : ShapeError<`${In<Pattern>}: give the size of all but one name in each group`>
      : never
    : never;

// ---- right side: read off ----

type ReadRight<Right, Bound, Sizes, Out extends unknown[], Pattern, Z> = Right extends readonly [
  infer H,
  ...infer Rest,
]
  ? H extends "..."
    ? Bound extends { "...": infer Middle extends readonly unknown[] }
      ? ReadRight<Rest, Bound, Sizes, [...Out, ...Middle], Pattern, Z>
      : ShapeError<`${In<Pattern>}: '...' must appear on both sides`>
    : H extends string
      ? LookUp<H, Bound, Sizes> extends [infer D]
        ? ReadRight<Rest, Bound, Sizes, [...Out, D], Pattern, Z>
        : ShapeError<`${In<Pattern>}: unknown name '${H}' on the right`>
      : SplitGroup<H, Bound, Sizes, [], []> extends [infer Known, infer Unknown]
        ? Unknown extends readonly []
          ? ProductOf<Known, Z> extends [infer P]
            ? ReadRight<Rest, Bound, Sizes, [...Out, P], Pattern, Z>
            : never
          : ShapeError<`${In<Pattern>}: unknown name in a group on the right`>
        : never
  : Out;

export type Rearrange<S, Pattern, Sizes, Z> = string extends Pattern
  ? Dyn
  : IsAny<S> extends true
    ? Unchecked
    : Pattern extends `${infer Left}->${infer Right}`
      ? BindLeft<WordsAndGroups<Left>, S, {}, Sizes, Pattern, S, Z> extends infer Bound
        ? Bound extends ShapeError<string>
          ? Bound
          : Bound extends "open"
            ? Dyn
            : ReadRight<WordsAndGroups<Right>, Bound, Sizes, [], Pattern, Z>
        : never
      : ShapeError<"rearrange: pattern needs '->'">;
