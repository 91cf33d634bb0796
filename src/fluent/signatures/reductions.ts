// Signatures of the operations that fold axes, or run along one.
import type { HasAxis, Reduce, Shape } from "../../shape/types/index.js";
import type { VarianceOptions } from "../../ops/index.js";
import type { Tensor } from "../../tensor/tensor.js";
import type { Arg, Axes, Axis, Chk, Res } from "../../tensor/typed.js";

/** sum, mean, max, argmax … over an axis, several, or all; `keepdims` leaves them with size 1. */
export interface ReductionFunction<Op extends string> {
  <A extends Shape, const X extends Axes = undefined, const K extends boolean = false, Z = 0>(
    x: Tensor<A>,
    axis?: X & Chk<Reduce<A, X, K, Op, Z>, Z>,
    keepdims?: K,
  ): Res<Reduce<A, X, K, Op, Z>, Z>;
}
export interface ReductionMethod<Op extends string> {
  <A extends Shape, const X extends Axes = undefined, const K extends boolean = false, Z = 0>(
    this: Tensor<A>,
    axis?: X & Chk<Reduce<A, X, K, Op, Z>, Z>,
    keepdims?: K,
  ): Res<Reduce<A, X, K, Op, Z>, Z>;
}

/** var, std: `correction` 1 divides by n − 1. */
export interface VarianceFunction<Op extends string> {
  <A extends Shape, const X extends Axes = undefined, const K extends boolean = false, Z = 0>(
    x: Tensor<A>,
    axis?: X & Chk<Reduce<A, X, K, Op, Z>, Z>,
    keepdims?: K,
    options?: VarianceOptions,
  ): Res<Reduce<A, X, K, Op, Z>, Z>;
}
export interface VarianceMethod<Op extends string> {
  <A extends Shape, const X extends Axes = undefined, const K extends boolean = false, Z = 0>(
    this: Tensor<A>,
    axis?: X & Chk<Reduce<A, X, K, Op, Z>, Z>,
    keepdims?: K,
    options?: VarianceOptions,
  ): Res<Reduce<A, X, K, Op, Z>, Z>;
}

/** softmax, logSoftmax, cumsum: along one axis, the last by default; the shape stays. */
export interface AlongFunction<Op extends string> {
  <A extends Shape, const X extends Axis = -1, Z = 0>(
    x: Tensor<A>,
    axis?: Arg<HasAxis<A, X, Op, Z>, X, Z>,
  ): Tensor<A>;
}
export interface AlongMethod<Op extends string> {
  <A extends Shape, const X extends Axis = -1, Z = 0>(
    this: Tensor<A>,
    axis?: Arg<HasAxis<A, X, Op, Z>, X, Z>,
  ): Tensor<A>;
}
