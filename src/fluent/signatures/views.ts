// Signatures of the operations that show the same elements under another shape.
import type {
  AtLeastMatrix,
  Dims,
  Expand,
  Flatten,
  Permute,
  Reshape,
  Shape,
  Squeeze,
  Transpose,
  Unsqueeze,
} from "../../shape/types/index.js";
import type { Tensor } from "../../tensor/tensor.js";
import type { Arg, Axes, Axis, AxisList, Chk, Res, ShapeArg } from "../../tensor/typed.js";

export interface ReshapeFunction {
  <A extends Shape, const N extends ShapeArg, Z = 0>(
    x: Tensor<A>,
    shape: N & Chk<Reshape<A, Dims<N, Z>, Z>, Z>,
  ): Res<Reshape<A, Dims<N, Z>, Z>, Z>;
}
export interface ReshapeMethod {
  <A extends Shape, const N extends ShapeArg, Z = 0>(
    this: Tensor<A>,
    shape: N & Chk<Reshape<A, Dims<N, Z>, Z>, Z>,
  ): Res<Reshape<A, Dims<N, Z>, Z>, Z>;
}

export interface ExpandFunction {
  <A extends Shape, const N extends ShapeArg, Z = 0>(
    x: Tensor<A>,
    shape: N & Chk<Expand<A, Dims<N, Z>, Z>, Z>,
  ): Res<Expand<A, Dims<N, Z>, Z>, Z>;
}
export interface ExpandMethod {
  <A extends Shape, const N extends ShapeArg, Z = 0>(
    this: Tensor<A>,
    shape: N & Chk<Expand<A, Dims<N, Z>, Z>, Z>,
  ): Res<Expand<A, Dims<N, Z>, Z>, Z>;
}

export interface FlattenFunction {
  <A extends Shape, Z = 0>(x: Tensor<A>): Res<Flatten<A, Z>, Z>;
}
export interface FlattenMethod {
  <A extends Shape, Z = 0>(this: Tensor<A>): Res<Flatten<A, Z>, Z>;
}

/** Swaps two axes, the last two by default. */
export interface TransposeFunction {
  <A extends Shape, const I extends Axis = -2, const J extends Axis = -1, Z = 0>(
    x: Tensor<A>,
    i?: Arg<Transpose<A, I, J, Z>, I, Z>,
    j?: J,
  ): Res<Transpose<A, I, J, Z>, Z>;
}
export interface TransposeMethod {
  <A extends Shape, const I extends Axis = -2, const J extends Axis = -1, Z = 0>(
    this: Arg<AtLeastMatrix<A, "transpose", Z>, Tensor<A>, Z>,
    i?: Arg<Transpose<A, I, J, Z>, I, Z>,
    j?: J,
  ): Res<Transpose<A, I, J, Z>, Z>;
}

export interface PermuteFunction {
  <A extends Shape, const P extends AxisList, Z = 0>(
    x: Tensor<A>,
    order: P & Chk<Permute<A, P, Z>, Z>,
  ): Res<Permute<A, P, Z>, Z>;
}
export interface PermuteMethod {
  <A extends Shape, const P extends AxisList, Z = 0>(
    this: Tensor<A>,
    order: P & Chk<Permute<A, P, Z>, Z>,
  ): Res<Permute<A, P, Z>, Z>;
}

export interface SqueezeFunction {
  <A extends Shape, const X extends Axes = undefined, Z = 0>(
    x: Tensor<A>,
    axis?: Arg<Squeeze<A, X, Z>, X, Z>,
  ): Res<Squeeze<A, X, Z>, Z>;
}
export interface SqueezeMethod {
  <A extends Shape, const X extends Axes = undefined, Z = 0>(
    this: Tensor<A>,
    axis?: Arg<Squeeze<A, X, Z>, X, Z>,
  ): Res<Squeeze<A, X, Z>, Z>;
}

export interface UnsqueezeFunction {
  <A extends Shape, const X extends number, Z = 0>(
    x: Tensor<A>,
    axis: Arg<Unsqueeze<A, X, Z>, X, Z>,
  ): Res<Unsqueeze<A, X, Z>, Z>;
}
export interface UnsqueezeMethod {
  <A extends Shape, const X extends number, Z = 0>(
    this: Tensor<A>,
    axis: Arg<Unsqueeze<A, X, Z>, X, Z>,
  ): Res<Unsqueeze<A, X, Z>, Z>;
}
