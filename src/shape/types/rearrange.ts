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
    ? ReadRight<
        Rest,
        Bound,
        Sizes,
        [...Out, ...(Bound extends { "...": infer Middle extends readonly unknown[] } ? Middle : [])],
        Pattern,
        Z
      >
    : H extends string
      ? LookUp<H, Bound, Sizes> extends [infer D]
        ? ReadRight<Rest, Bound, Sizes, [...Out, D], Pattern, Z>
        : ShapeError<`${In<Pattern>}: unknown name '${H}' on the right`>
      : SplitGroup<H, Bound, Sizes, [], []> extends [infer Known, infer Unknown]
        ? Unknown extends readonly []
          ? ProductOf<Known, Z> extends [infer P]
            ? ReadRight<Rest, Bound, Sizes, [...Out, P], Pattern, Z>
            : never
          : Unknown extends readonly [infer Name, ...unknown[]]
            ? ShapeError<`${In<Pattern>}: unknown name '${Name & string}' on the right`>
            : never
        : never
  : Out;

// ---- every name exactly once on each side; axes of size 1, written "1", come and go ----

type NamesOf<Items, Out extends string[] = []> = Items extends readonly [infer H, ...infer Rest]
  ? H extends "1"
    ? NamesOf<Rest, Out>
    : H extends string
      ? NamesOf<Rest, [...Out, H]>
      : NamesOf<Rest, H extends readonly unknown[] ? NamesOf<H, Out> : Out>
  : Out;
type Repeated<Names, Seen = never> = Names extends readonly [infer H, ...infer Rest]
  ? H extends Seen
    ? H
    : Repeated<Rest, Seen | H>
  : never;
type Missing<Names, Present> = Names extends readonly [infer H, ...infer Rest]
  ? H extends Present
    ? Missing<Rest, Present>
    : H
  : never;

/** What is wrong with the names of a pattern, or "". */
type Complaint<Left extends string[], Right extends string[]> = [Repeated<Left>] extends [never]
  ? [Repeated<Right>] extends [never]
    ? Missing<Left, Right[number]> extends infer Lost
      ? [Lost] extends [never]
        ? ""
        : Lost extends "..."
          ? "'...' must appear on both sides"
          : `'${Lost & string}' is missing on the right; use a reduction to drop it`
      : never
    : `'${Repeated<Right> & string}' appears twice on the right`
  : `'${Repeated<Left> & string}' appears twice on the left`;

type Checked<Left, Right, Result, Pattern> =
  Result extends ShapeError<string>
    ? Result
    : Complaint<NamesOf<Left>, NamesOf<Right>> extends infer Why
      ? Why extends ""
        ? Result
        : ShapeError<`${In<Pattern>}: ${Why & string}`>
      : never;

type Run<Left, Right, S, Sizes, Pattern, Z> =
  BindLeft<Left, S, {}, Sizes, Pattern, S, Z> extends infer Bound
    ? Bound extends ShapeError<string>
      ? Bound
      : Bound extends "open"
        ? Dyn
        : Checked<Left, Right, ReadRight<Right, Bound, Sizes, [], Pattern, Z>, Pattern>
    : never;

export type Rearrange<S, Pattern, Sizes, Z> = string extends Pattern
  ? Dyn
  : IsAny<S> extends true
    ? Unchecked
    : Pattern extends `${infer Left}->${infer Right}`
      ? Run<WordsAndGroups<Left>, WordsAndGroups<Right>, S, Sizes, Pattern, Z>
      : ShapeError<"rearrange: pattern needs '->'">;
