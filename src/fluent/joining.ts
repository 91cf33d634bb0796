// Signatures of concat, stack and split.
import type { Concat, Shape, SplitShape, Stack, Tuple } from "../shape/types/index.js";
import type { Tensor } from "../tensor/tensor.js";
import type { Arg, Axis, Res, ShapeList, Tensors } from "./plumbing.js";

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

/** Cuts into equal parts along an axis, 0 by default. */
export interface SplitFunction {
  <A extends Shape, const N extends number, const X extends Axis = 0, Z = 0>(
    x: Tensor<A>,
    parts: N,
    axis?: Arg<SplitShape<A, N, X, Z>, X, Z>,
  ): Tuple<Res<SplitShape<A, N, X, Z>, Z>, N>;
}
export interface SplitMethod {
  <A extends Shape, const N extends number, const X extends Axis = 0, Z = 0>(
    this: Tensor<A>,
    parts: N,
    axis?: Arg<SplitShape<A, N, X, Z>, X, Z>,
  ): Tuple<Res<SplitShape<A, N, X, Z>, Z>, N>;
}
