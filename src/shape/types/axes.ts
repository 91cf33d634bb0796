// Finding an axis: by number from the left (0 …), from the right (-1 …), or by the name of its dim.
import type { Dim, Dyn, ShapeError } from "./dim.js";
import type { IsAny, Same } from "./kind.js";
import type { First, Last } from "./list.js";
import type { Show } from "./show.js";

/** How many dims to skip before the axis: from the left … */
export type FromLeft = {
  "0": [];
  "1": [0];
  "2": [0, 0];
  "3": [0, 0, 0];
  "4": [0, 0, 0, 0];
  "5": [0, 0, 0, 0, 0];
  "6": [0, 0, 0, 0, 0, 0];
  "7": [0, 0, 0, 0, 0, 0, 0];
};
/** … and from the right. */
export type FromRight = {
  "-1": [];
  "-2": [0];
  "-3": [0, 0];
  "-4": [0, 0, 0];
  "-5": [0, 0, 0, 0];
  "-6": [0, 0, 0, 0, 0];
  "-7": [0, 0, 0, 0, 0, 0];
  "-8": [0, 0, 0, 0, 0, 0, 0];
};

// Each of these gives [dims before, the dim, dims after], or why there is none; "open" is an unknown rank.
export type SplitFromLeft<S, Skip, Before extends unknown[], Z> =
  First<S, Z> extends [infer X, infer Rest]
    ? Skip extends [0, ...infer More]
      ? SplitFromLeft<Rest, More, [...Before, X], Z>
      : [Before, X, Rest]
    : S extends readonly []
      ? "outside"
      : "open";
export type SplitFromRight<S, Skip, After extends unknown[], Z> =
  Last<S, Z> extends [infer Rest, infer X]
    ? Skip extends [0, ...infer More]
      ? SplitFromRight<Rest, More, [X, ...After], Z>
      : [Rest, X, After]
    : S extends readonly []
      ? "outside"
      : "open";
type SplitAtName<S, Name, Before extends unknown[], Z> =
  First<S, Z> extends [infer X, infer Rest]
    ? Same<X, Name, Z> extends true
      ? SplitAtName<Rest, Name, [], Z> extends "open" | "unnamed"
        ? [Before, X, Rest]
        : "ambiguous"
      : SplitAtName<Rest, Name, [...Before, X], Z>
    : S extends readonly []
      ? "unnamed"
      : "open";

type SplitAt<S, A, Z> = A extends string
  ? SplitAtName<S, A, [], Z>
  : `${A & number}` extends keyof FromLeft
    ? SplitFromLeft<S, FromLeft[`${A & number}` & keyof FromLeft], [], Z>
    : `${A & number}` extends keyof FromRight
      ? SplitFromRight<S, FromRight[`${A & number}` & keyof FromRight], [], Z>
      : "open";

interface NameProblem {
  unnamed: "has no axis";
  ambiguous: "has more than one axis";
}

/** An axis -> [dims before, the dim, dims after] | "open" | ShapeError */
export type At<S, A, Op extends string, Z> =
  IsAny<S> extends true
    ? "open"
    : number extends A
      ? "open"
      : string extends A
        ? "open"
        : SplitAt<S, A, Z> extends infer R
          ? R extends "outside"
            ? ShapeError<`${Op}: axis ${A & Dim} is out of range for ${Show<S, Z>}`>
            : R extends keyof NameProblem
              ? ShapeError<`${Op}: ${Show<S, Z>} ${NameProblem[R]} named '${A & string}'; use the axis number`>
              : R
          : never;

/** Passes an error on; everything else that is not a shape yet ("open") becomes `Otherwise`. */
export type ErrorOr<R, Otherwise = Dyn> = R extends ShapeError<string> ? R : Otherwise;

/** The shape itself if it has that axis: softmax, cumsum, flip. */
export type HasAxis<S, A, Op extends string, Z> = At<S, A, Op, Z> extends infer R ? ErrorOr<R, S> : never;

/** The same for one axis, several, or all (undefined). */
export type HasAxes<S, A, Op extends string, Z> = A extends undefined
  ? S
  : A extends readonly [infer H, ...infer Rest]
    ? At<S, H, Op, Z> extends infer R
      ? R extends ShapeError<string>
        ? R
        : HasAxes<S, Rest, Op, Z>
      : never
    : A extends readonly unknown[]
      ? S
      : HasAxis<S, A, Op, Z>;

/** The position of an axis counted from the left: AxisIndex<["B", "n"], -1> = 1 */
export type AxisIndex<S, A, Z> =
  At<S, A, "", Z> extends [infer P extends readonly unknown[], unknown, unknown] ? P["length"] : never;
