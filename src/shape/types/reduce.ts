// Reductions: sum, mean, max, argmax … over one axis, several, or all of them.
import type { Dim, Dyn, ShapeError, Unchecked } from "./dim.js";
import type { Ext, IsAny } from "./kind.js";
import type { At, ErrorOr } from "./axes.js";
import type { Show } from "./show.js";

/** `Axes` is an axis, a list of axes, or undefined for all; with `Keep` a reduced axis stays with size 1. */
export type Reduce<S, Axes, Keep, Op extends string, Z> = Axes extends undefined
  ? ReduceAll<S, Keep>
  : Axes extends readonly unknown[]
    ? ReduceSeveral<S, S, Axes, Keep, Op, Z>
    : ReduceOne<S, Axes, Keep, Op, Z>;

type ReduceAll<S, Keep> = boolean extends Keep
  ? Dyn
  : Keep extends true
    ? IsAny<S> extends true
      ? Unchecked
      : S extends readonly unknown[]
        ? number extends S["length"]
          ? Dyn
          : { -readonly [K in keyof S]: 1 }
        : never
    : [];

type ReduceOne<S, A, Keep, Op extends string, Z> =
  At<S, A, Op, Z> extends infer R
    ? R extends [infer P extends readonly unknown[], unknown, infer Q extends readonly unknown[]]
      ? boolean extends Keep
        ? Dyn
        : Keep extends true
          ? [...P, 1, ...Q]
          : [...P, ...Q]
      : ErrorOr<R, IsAny<S> extends true ? Unchecked : Dyn>
    : never;

// Several axes: each is marked first, so that the numbers of the others stay valid, and dropped at the end.
interface Reduced {
  "~reduced": 1;
}
type Twice<S, A, Op extends string, Z> = `${Op}: axis ${A & Dim} of ${Show<S, Z>} is given twice`;
type ReduceSeveral<S, Original, Axes, Keep, Op extends string, Z> = Axes extends readonly [
  infer H,
  ...infer Rest,
]
  ? At<Original, H, Op, Z> extends infer R
    ? R extends ShapeError<string>
      ? R
      : At<S, H, Op, Z> extends [
            infer P extends readonly unknown[],
            infer X,
            infer Q extends readonly unknown[],
          ]
        ? Ext<X, Reduced, Z> extends true
          ? ShapeError<Twice<Original, H, Op, Z>>
          : ReduceSeveral<[...P, Reduced, ...Q], Original, Rest, Keep, Op, Z>
        : At<S, H, Op, Z> extends ShapeError<string>
          ? ShapeError<Twice<Original, H, Op, Z>>
          : Dyn
    : never
  : Axes extends readonly []
    ? boolean extends Keep
      ? Dyn
      : DropReduced<S, Keep, [], Z>
    : Dyn;
type DropReduced<S, Keep, Out extends unknown[], Z> = S extends readonly [infer H, ...infer Rest]
  ? Ext<H, Reduced, Z> extends true
    ? DropReduced<Rest, Keep, Keep extends true ? [...Out, 1] : Out, Z>
    : DropReduced<Rest, Keep, [...Out, H], Z>
  : Out;
