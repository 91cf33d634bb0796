// Signatures of contractions, and of the two operations that are told what to do by a pattern.
import type {
  CosineSimilarity,
  Dim,
  Dot,
  Einsum,
  MatMul,
  Outer,
  Rearrange,
  Shape,
  TensorDot,
} from "../../shape/types/index.js";
import type { TensordotAxes } from "../../shape/contract.js";
import type { Tensor } from "../../tensor/tensor.js";
import type { Arg, Axis, Res, ShapeList } from "../../tensor/typed.js";

export interface MatMulFunction {
  <A extends Shape, B extends Shape, Z = 0>(
    a: Tensor<A>,
    b: Arg<MatMul<A, B, Z>, Tensor<B>, Z>,
  ): Res<MatMul<A, B, Z>, Z>;
}
export interface MatMulMethod {
  <A extends Shape, B extends Shape, Z = 0>(
    this: Tensor<A>,
    other: Arg<MatMul<A, B, Z>, Tensor<B>, Z>,
  ): Res<MatMul<A, B, Z>, Z>;
}

export interface DotFunction {
  <A extends Shape, B extends Shape, Z = 0>(
    a: Tensor<A>,
    b: Arg<Dot<A, B, Z>, Tensor<B>, Z>,
  ): Res<Dot<A, B, Z>, Z>;
}
export interface DotMethod {
  <A extends Shape, B extends Shape, Z = 0>(
    this: Tensor<A>,
    other: Arg<Dot<A, B, Z>, Tensor<B>, Z>,
  ): Res<Dot<A, B, Z>, Z>;
}

export interface OuterFunction {
  <A extends Shape, B extends Shape, Z = 0>(
    a: Tensor<A>,
    b: Arg<Outer<A, B, Z>, Tensor<B>, Z>,
  ): Res<Outer<A, B, Z>, Z>;
}
export interface OuterMethod {
  <A extends Shape, B extends Shape, Z = 0>(
    this: Tensor<A>,
    other: Arg<Outer<A, B, Z>, Tensor<B>, Z>,
  ): Res<Outer<A, B, Z>, Z>;
}

/** The last `axes` axes of a against the first of b, or the given pairs of axes. */
export interface TensorDotFunction {
  <A extends Shape, B extends Shape, const N extends TensordotAxes = 2, Z = 0>(
    a: Tensor<A>,
    b: Arg<TensorDot<A, B, N, Z>, Tensor<B>, Z>,
    axes?: N,
  ): Res<TensorDot<A, B, N, Z>, Z>;
}
export interface TensorDotMethod {
  <A extends Shape, B extends Shape, const N extends TensordotAxes = 2, Z = 0>(
    this: Tensor<A>,
    other: Arg<TensorDot<A, B, N, Z>, Tensor<B>, Z>,
    axes?: N,
  ): Res<TensorDot<A, B, N, Z>, Z>;
}

export interface CosineSimilarityFunction {
  <A extends Shape, B extends Shape, const X extends Axis = -1, Z = 0>(
    a: Tensor<A>,
    b: Arg<CosineSimilarity<A, B, X, Z>, Tensor<B>, Z>,
    axis?: X,
    eps?: number,
  ): Res<CosineSimilarity<A, B, X, Z>, Z>;
}
export interface CosineSimilarityMethod {
  <A extends Shape, B extends Shape, const X extends Axis = -1, Z = 0>(
    this: Tensor<A>,
    other: Arg<CosineSimilarity<A, B, X, Z>, Tensor<B>, Z>,
    axis?: X,
    eps?: number,
  ): Res<CosineSimilarity<A, B, X, Z>, Z>;
}

/** einsum("bhqd,bhkd->bhqk", q, k) */
export interface EinsumFunction {
  <const P extends string, L extends ShapeList, Z = 0>(
    pattern: Arg<Einsum<P, L, Z>, P, Z>,
    ...tensors: { [K in keyof L]: Tensor<L[K]> }
  ): Res<Einsum<P, L, Z>, Z>;
}

/** rearrange(x, "B n (h d) -> B h n d", { h: 12 }) */
export interface RearrangeFunction {
  <A extends Shape, const P extends string, const N extends Record<string, Dim> = {}, Z = 0>(
    x: Tensor<A>,
    pattern: Arg<Rearrange<A, P, N, Z>, P, Z>,
    sizes?: N,
  ): Res<Rearrange<A, P, N, Z>, Z>;
}
export interface RearrangeMethod {
  <A extends Shape, const P extends string, const N extends Record<string, Dim> = {}, Z = 0>(
    this: Tensor<A>,
    pattern: Arg<Rearrange<A, P, N, Z>, P, Z>,
    sizes?: N,
  ): Res<Rearrange<A, P, N, Z>, Z>;
}
