// Taking a shape apart, one dim at a time.
//
// The shapes sit in a Box so that `[...S, 768]` with a generic S comes apart too: a bare conditional on it would be
// postponed, and `infer Rest extends readonly unknown[]` lets the generic part be spread again afterwards.
import type { Box } from "./kind.js";

/** [first, rest], or "empty", or "open" when the rank is unknown. */
export type First<S, Z> = [Z, Box<S>] extends [
  unknown,
  Box<readonly [infer X, ...infer Rest extends readonly unknown[]]>,
]
  ? [X, Rest]
  : S extends readonly []
    ? "empty"
    : "open";

/** [all but the last, last], or "empty", or "open" when the rank is unknown. */
export type Last<S, Z> = [Z, Box<S>] extends [
  unknown,
  Box<readonly [...infer Rest extends readonly unknown[], infer X]>,
]
  ? [Rest, X]
  : S extends readonly []
    ? "empty"
    : "open";

/** [the dim] of a vector, else false. Not `First` and a look at the rest: that would be postponed for `[...S, D]`. */
export type Only<S, Z> = [Z, Box<S>] extends [unknown, Box<readonly [infer X]>] ? [X] : false;

/** `T` repeated: Tuple<Tensor, 3> = [Tensor, Tensor, Tensor]; `T[]` when the count is not a literal. */
export type Tuple<T, Count, Out extends T[] = []> = number extends Count
  ? T[]
  : Out["length"] extends Count
    ? Out
    : Tuple<T, Count, [...Out, T]>;
