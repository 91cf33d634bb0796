// Joining and cutting: concat, stack, split.
import type { Dim, Dyn, ShapeError, Unchecked } from "./dim.js";
import type { IsAny } from "./kind.js";
import type { First } from "./list.js";
import type { At, ErrorOr } from "./axes.js";
import type { Unsqueeze } from "./layout.js";
import type { Show, ShowDim } from "./show.js";
import type { AddDim, DimEq, DivideDim } from "./symbolic.js";

type SameDims<A, B, Z> =
  First<A, Z> extends [infer X, infer RestA]
    ? First<B, Z> extends [infer Y, infer RestB]
      ? DimEq<X, Y, Z> extends true
        ? SameDims<RestA, RestB, Z>
        : false
      : B extends readonly []
        ? false
        : true
    : A extends readonly []
      ? B extends readonly [unknown, ...unknown[]]
        ? false
        : true
      : true;

type ConcatTwo<A, B, Ax, Z> =
  At<A, Ax, "concat", Z> extends infer RA
    ? RA extends [infer P extends readonly unknown[], infer X, infer Q extends readonly unknown[]]
      ? At<B, Ax, "concat", Z> extends infer RB
        ? RB extends [infer P2 extends readonly unknown[], infer Y, infer Q2 extends readonly unknown[]]
          ? SameDims<[...P, ...Q], [...P2, ...Q2], Z> extends true
            ? AddDim<X, Y, Z> extends [infer D]
              ? [...P, D, ...Q]
              : never
            : ShapeError<`concat: ${Show<A, Z>} and ${Show<B, Z>} differ outside axis ${Ax & Dim}`>
          : ErrorOr<RB>
        : never
      : ErrorOr<RA>
    : never;
type ConcatOnto<Joined, Rest, Ax, Z> = Rest extends readonly [infer H, ...infer More]
  ? ConcatTwo<Joined, H, Ax, Z> extends infer R
    ? R extends ShapeError<string>
      ? R
      : ConcatOnto<R, More, Ax, Z>
    : never
  : Rest extends readonly []
    ? Joined
    : Dyn;

/** A list of shapes joined along an axis they all have. */
export type Concat<List, Ax, Z> = List extends readonly [infer H, ...infer Rest]
  ? ConcatOnto<H, Rest, Ax, Z>
  : List extends readonly []
    ? ShapeError<"concat: empty list">
    : Dyn;

type AllLike<H, Rest, Z> = Rest extends readonly [infer X, ...infer More]
  ? SameDims<H, X, Z> extends true
    ? AllLike<H, More, Z>
    : ShapeError<`stack: ${Show<H, Z>} and ${Show<X, Z>} differ`>
  : H;

/** A list of equal shapes laid side by side along a new axis. */
export type Stack<List, Ax, Z> = List extends readonly [infer H, ...infer Rest]
  ? AllLike<H, Rest, Z> extends infer R
    ? R extends ShapeError<string>
      ? R
      : Unsqueeze<R, Ax, Z, List["length"]>
    : never
  : Dyn;

/** The shape of one of `Parts` equal pieces along an axis. */
export type SplitShape<S, Parts, Ax, Z> =
  At<S, Ax, "split", Z> extends infer R
    ? R extends [infer P extends readonly unknown[], infer X extends Dim, infer Q extends readonly unknown[]]
      ? DivideDim<X, Parts, Z> extends [infer D]
        ? [...P, D, ...Q]
        : ShapeError<`split: axis ${Ax & Dim} of ${Show<S, Z>} is ${ShowDim<X, Z>}, not divisible by ${Parts & Dim}`>
      : ErrorOr<R, IsAny<S> extends true ? Unchecked : Dyn>
    : never;

/** The shapes of pieces of given lengths, which must fill the axis. */
export type SplitSizes<S, Lengths, Ax, Z> =
  At<S, Ax, "split", Z> extends infer R
    ? R extends [infer P extends readonly unknown[], infer X extends Dim, infer Q extends readonly unknown[]]
      ? SumOf<Lengths, 0, Z> extends infer Total extends Dim
        ? DimEq<Total, X, Z> extends true
          ? { [K in keyof Lengths]: [...P, Lengths[K], ...Q] }
          : ShapeError<`split: parts ${Show<Lengths, Z>} add up to ${Total}, but axis ${Ax & Dim} of ${Show<S, Z>} is ${ShowDim<X, Z>}`>
        : never
      : ErrorOr<R, { [K in keyof Lengths]: Dyn }>
    : never;
type SumOf<Lengths, Total, Z> = Lengths extends readonly [infer H, ...infer Rest]
  ? AddDim<Total, H, Z> extends [infer D]
    ? SumOf<Rest, D, Z>
    : never
  : Lengths extends readonly []
    ? Total
    : number;
