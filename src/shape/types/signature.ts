// fn("B n d, B m d -> B n m", body): the names of a signature are local to it, bound anew by every call.
import type { Dim, Dyn, ShapeError } from "./dim.js";
import type { First } from "./list.js";
import type { Refine } from "./einsum.js";
import type { Show } from "./show.js";
import type { DimEq } from "./symbolic.js";
import type { ParseShape, ParseShapes } from "./words.js";

/** The shapes on the left of the arrow. */
export type Inputs<Signature> = Signature extends `${infer I}->${string}` ? ParseShapes<I> : never;
/** The shape on the right of it. */
export type Output<Signature> = Signature extends `${string}->${infer O}` ? ParseShape<O> : never;

type Expected<
  Place,
  W,
  S,
  Why extends string,
  Z,
> = `argument ${Place & number}: expected ${Show<W, Z>}${Why}, got ${Show<S, Z>}`;

// `Bound` is { name: [dim] }; `W` (wanted) and `S` (given) shrink together, `W0` and `S0` stay for the message.
type BindArgument<W, S, Bound, Place, W0, S0, Z> = W extends readonly [infer N extends Dim, ...infer Rest]
  ? First<S, Z> extends [infer D extends Dim, infer More]
    ? N extends number
      ? DimEq<N, D, Z> extends true
        ? BindArgument<Rest, More, Bound, Place, W0, S0, Z>
        : ShapeError<Expected<Place, W0, S0, "", Z>>
      : N extends keyof Bound
        ? Bound[N] extends [infer Known extends Dim]
          ? DimEq<Known, D, Z> extends true
            ? BindArgument<Rest, More, Refine<Bound, N, Known, D, Z>, Place, W0, S0, Z>
            : ShapeError<Expected<Place, W0, S0, ` with ${N} = ${Known}`, Z>>
          : never
        : BindArgument<Rest, More, Bound & { [K in N]: [D] }, Place, W0, S0, Z>
    : S extends readonly []
      ? ShapeError<Expected<Place, W0, S0, "", Z>>
      : "open"
  : S extends readonly [unknown, ...unknown[]]
    ? ShapeError<Expected<Place, W0, S0, "", Z>>
    : Bound;

type BindArguments<Wanted, Given, Bound, Place extends 0[], Z> = Wanted extends readonly [
  infer W,
  ...infer Rest,
]
  ? Given extends readonly [infer S, ...infer More]
    ? BindArgument<W, S, Bound, Place["length"], W, S, Z> extends infer Q
      ? Q extends ShapeError<string> | "open"
        ? Q
        : BindArguments<Rest, More, Q, [...Place, 0], Z>
      : never
    : ShapeError<`missing argument ${Place["length"]}`>
  : Bound;

type ReadOutput<O, Bound, Out extends unknown[] = []> = O extends readonly [infer N, ...infer Rest]
  ? N extends keyof Bound
    ? Bound[N] extends [infer D]
      ? ReadOutput<Rest, Bound, [...Out, D]>
      : never
    : ReadOutput<Rest, Bound, [...Out, N]>
  : Out;

/** The shape that a call with these argument shapes returns. */
export type Call<Signature, Shapes, Z> =
  BindArguments<Inputs<Signature>, Shapes, {}, [], Z> extends infer Bound
    ? Bound extends ShapeError<string>
      ? Bound
      : Bound extends "open"
        ? Dyn
        : ReadOutput<Output<Signature>, Bound>
    : never;
