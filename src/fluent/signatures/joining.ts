// Signatures of concat, stack and split.
import type {
  Concat,
  Dims,
  Ext,
  Shape,
  ShapeError,
  SplitShape,
  SplitSizes,
  Stack,
  Tuple,
  Unchecked,
} from "../../shape/types/index.js";
import type { Tensor } from "../../tensor/tensor.js";
import type { Arg, Axis, Res, ShapeArg, ShapeList, Tensors } from "../../tensor/typed.js";

/** Joins along an axis that all have, 0 by default. */
export interface ConcatFunction {
  <L extends ShapeList, const X extends Axis = 0, Z = 0>(
    tensors: Arg<Concat<L, X, Z>, Tensors<L>, Z>,
    axis?: X,
  ): Res<Concat<L, X, Z>, Z>;
}
/** Lays equal shapes side by side along a new axis, 0 by default. */
export interface StackFunction {
  <L extends ShapeList, const X extends number = 0, Z = 0>(
    tensors: Arg<Stack<L, X, Z>, Tensors<L>, Z>,
    axis?: X,
  ): Res<Stack<L, X, Z>, Z>;
}

/** The checked parts: how many equal ones, or how long each is. */
type Split<A, N, X, Z> = N extends ShapeArg ? SplitSizes<A, Dims<N, Z>, X, Z> : SplitShape<A, N, X, Z>;
type Pieces<R, N, Z> = N extends ShapeArg
  ? Ext<R, ShapeError<string>, Z> extends true
    ? Tensor<Unchecked>[]
    : { [K in keyof R]: Tensor<R[K]> }
  : Tuple<Res<R, Z>, N>;

/** Cuts an axis, 0 by default, into equal parts or into pieces of the given lengths. */
export interface SplitFunction {
  <A extends Shape, const N extends number | ShapeArg, const X extends Axis = 0, Z = 0>(
    x: Tensor<A>,
    parts: Arg<Split<A, N, X, Z>, N, Z>,
    axis?: X,
  ): Pieces<Split<A, N, X, Z>, N, Z>;
}
export interface SplitMethod {
  <A extends Shape, const N extends number | ShapeArg, const X extends Axis = 0, Z = 0>(
    this: Tensor<A>,
    parts: Arg<Split<A, N, X, Z>, N, Z>,
    axis?: X,
  ): Pieces<Split<A, N, X, Z>, N, Z>;
}
