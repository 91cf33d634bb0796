// einsum("bhqd,bhkd->bhqk", q, k): every letter is bound to a dim once and must agree everywhere else.
import type { Dim, Dyn, ShapeError } from "./dim.js";
import type { Kind } from "./kind.js";
import type { First } from "./list.js";
import type { Show } from "./show.js";
import type { DimEq } from "./symbolic.js";

type WithoutSpaces<S> = S extends `${infer A} ${infer B}` ? WithoutSpaces<`${A}${B}`> : S;
type Subscripts<S, Out extends unknown[] = []> = S extends `${infer H},${infer Rest}`
  ? Subscripts<Rest, [...Out, H]>
  : [...Out, S];

type Letters<S, Out extends 0[] = []> = S extends `${string}${infer Rest}` ? Letters<Rest, [...Out, 0]> : Out;
type RankOf<S> = S extends { length: infer N extends number } ? N : 0;
type WrongRank<Place, S, Spec, Z> =
  `einsum: operand ${Place & number} ${Show<S, Z>} has rank ${RankOf<S>}, but its subscript is '${Spec & string}'`;

// `Bound` is { letter: [dim] }. `Spec` and `S` shrink letter by letter; `Spec0` and `S0` stay for the message.
type BindOperand<Spec, S, Bound, Place, Spec0, S0, Z> = Spec extends `${infer L}${infer Rest}`
  ? First<S, Z> extends [infer D extends Dim, infer More]
    ? L extends keyof Bound
      ? Bound[L] extends [infer Known extends Dim]
        ? DimEq<Known, D, Z> extends true
          ? BindOperand<Rest, More, Refine<Bound, L, Known, D, Z>, Place, Spec0, S0, Z>
          : Letters<Spec0>["length"] extends RankOf<S0>
            ? ShapeError<`einsum: '${L}' is ${Known} but operand ${Place & number} ('${Spec0 & string}' ~ ${Show<S0, Z>}) has ${D}`>
            : ShapeError<WrongRank<Place, S0, Spec0, Z>>
        : never
      : BindOperand<Rest, More, Bound & { [K in L & string]: [D] }, Place, Spec0, S0, Z>
    : S extends readonly []
      ? ShapeError<WrongRank<Place, S0, Spec0, Z>>
      : "open"
  : S extends readonly [unknown, ...unknown[]]
    ? ShapeError<WrongRank<Place, S0, Spec0, Z>>
    : Bound;

/** A letter first bound to an unknown size takes the better-known one. */
export type Refine<Bound, L extends PropertyKey, Known, D, Z> =
  Kind<Known, Z> extends "unknown" ? Omit<Bound, L> & { [K in L]: [D] } : Bound;

type BindAll<Specs, Shapes, Bound, Place extends 0[], Z> = Specs extends readonly [infer H, ...infer Rest]
  ? Shapes extends readonly [infer S, ...infer More]
    ? BindOperand<H, S, Bound, Place["length"], H, S, Z> extends infer Q
      ? Q extends ShapeError<string> | "open"
        ? Q
        : BindAll<Rest, More, Q, [...Place, 0], Z>
      : never
    : ShapeError<`einsum: missing operand ${Place["length"]}`>
  : Shapes extends readonly []
    ? Bound
    : ShapeError<`einsum: ${Place["length"]} subscripts but more operands were given`>;

type Output<Spec, Bound, Out extends unknown[]> = Spec extends `${infer L}${infer Rest}`
  ? L extends keyof Bound
    ? Bound[L] extends [infer D]
      ? Output<Rest, Bound, [...Out, D]>
      : never
    : ShapeError<`einsum: output index '${L}' does not appear in the inputs`>
  : Out;

type Explicit<Spec, Shapes, Z> = Spec extends `${string}...${string}`
  ? Dyn
  : Spec extends `${infer Inputs}->${infer Result}`
    ? BindAll<Subscripts<Inputs>, Shapes, {}, [], Z> extends infer Bound
      ? Bound extends ShapeError<string>
        ? Bound
        : Bound extends "open"
          ? Dyn
          : Output<Result, Bound, []>
      : never
    : ShapeError<"einsum: write the output explicitly, e.g. 'ij,jk->ik'">;

/** A pattern that is not a literal, or that contains `...`, gives an unknown rank. */
export type Einsum<Spec, Shapes, Z> = string extends Spec ? Dyn : Explicit<WithoutSpaces<Spec>, Shapes, Z>;
