// Signatures of the operations that neural networks are made of.
import type { Attention, Dim, Gather, LastEq, LinearS, Shape } from "../../shape/types/index.js";
import type { AttentionOptions, LinearActivation, RotaryOptions } from "../../ops/index.js";
import type { Tensor } from "../../tensor/tensor.js";
import type { Arg, Res } from "../../tensor/typed.js";

/** What a linear layer ends with; a residual has the shape of the result. */
interface LinearOptions<R> {
  readonly activation?: LinearActivation;
  readonly residual?: R;
}

/** activation(x Wᵀ + b) + residual with W [out, in], as layers store it. */
export interface LinearFunction {
  <A extends Shape, const I extends Dim, const O extends Dim, Z = 0>(
    x: Arg<LinearS<A, I, O, Z>, Tensor<A>, Z>,
    weight: Tensor<[O, I]>,
    bias?: Tensor<[O]>,
    options?: LinearOptions<Res<LinearS<A, I, O, Z>, Z>>,
  ): Res<LinearS<A, I, O, Z>, Z>;
}
export interface LinearMethod {
  <A extends Shape, const I extends Dim, const O extends Dim, Z = 0>(
    this: Tensor<A>,
    weight: Arg<LinearS<A, I, O, Z>, Tensor<[O, I]>, Z>,
    bias?: Tensor<[O]>,
    options?: LinearOptions<Res<LinearS<A, I, O, Z>, Z>>,
  ): Res<LinearS<A, I, O, Z>, Z>;
}

/** [...ids] into a table [V, d] -> [...ids, d] */
export interface EmbeddingFunction {
  <I extends Shape, T extends Shape, Z = 0>(
    ids: Tensor<I>,
    table: Arg<Gather<T, I, Z>, Tensor<T>, Z>,
  ): Res<Gather<T, I, Z>, Z>;
}

/** `ids.embedding(table)` */
export interface EmbeddingMethod {
  <I extends Shape, T extends Shape, Z = 0>(
    this: Tensor<I>,
    table: Arg<Gather<T, I, Z>, Tensor<T>, Z>,
  ): Res<Gather<T, I, Z>, Z>;
}

export interface LayerNormFunction {
  <A extends Shape, const D extends Dim, Z = 0>(
    x: Tensor<A>,
    weight?: Arg<LastEq<A, D, "layerNorm", Z>, Tensor<[D]>, Z>,
    bias?: Tensor<[D]>,
    options?: { readonly eps?: number },
  ): Tensor<A>;
}
export interface LayerNormMethod {
  <A extends Shape, const D extends Dim, Z = 0>(
    this: Tensor<A>,
    weight?: Arg<LastEq<A, D, "layerNorm", Z>, Tensor<[D]>, Z>,
    bias?: Tensor<[D]>,
    options?: { readonly eps?: number },
  ): Tensor<A>;
}
export interface RMSNormFunction {
  <A extends Shape, const D extends Dim, Z = 0>(
    x: Tensor<A>,
    weight?: Arg<LastEq<A, D, "rmsNorm", Z>, Tensor<[D]>, Z>,
    options?: { readonly eps?: number },
  ): Tensor<A>;
}
export interface RMSNormMethod {
  <A extends Shape, const D extends Dim, Z = 0>(
    this: Tensor<A>,
    weight?: Arg<LastEq<A, D, "rmsNorm", Z>, Tensor<[D]>, Z>,
    options?: { readonly eps?: number },
  ): Tensor<A>;
}

/** q [..., h, n, d], k [..., g, m, d], v [..., g, m, e] -> [..., h, n, e], where g divides h. */
export interface AttentionFunction {
  <Q extends Shape, K extends Shape, V extends Shape, Z = 0>(
    q: Tensor<Q>,
    k: Arg<Attention<Q, K, V, Z>, Tensor<K>, Z>,
    v: Tensor<V>,
    options?: AttentionOptions,
  ): Res<Attention<Q, K, V, Z>, Z>;
}
export interface AttentionMethod {
  <Q extends Shape, K extends Shape, V extends Shape, Z = 0>(
    this: Tensor<Q>,
    k: Arg<Attention<Q, K, V, Z>, Tensor<K>, Z>,
    v: Tensor<V>,
    options?: AttentionOptions,
  ): Res<Attention<Q, K, V, Z>, Z>;
}

/** x [..., n, d] -> [..., n, d]: pairs of elements turned by an angle that grows with the position. */
export interface RotaryFunction {
  <A extends Shape>(x: Tensor<A>, options?: RotaryOptions): Tensor<A>;
}
export interface RotaryMethod {
  <A extends Shape>(this: Tensor<A>, options?: RotaryOptions): Tensor<A>;
}
