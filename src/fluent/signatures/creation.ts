// Signatures of the functions that make tensors, and of the two escape hatches: bind and as.
import type { Dim, Dims, Shape, Size, Subst, Subtract } from "../../shape/types/index.js";
import type { CreateOptions, EyeOptions, RandomOptions } from "../../tensor/create.js";
import type { Elements } from "../../tensor/dtype.js";
import type { NestedInput } from "../../tensor/nested.js";
import type { Tensor } from "../../tensor/tensor.js";
import type { ShapeArg } from "../../tensor/typed.js";

/** A named size: without a value symbolic, with one also usable as that number. */
export interface DimFunction {
  <N extends string>(name: N, size?: number): Size<N>;
}

/** zeros, ones, randn, rand, input: a shape in, a tensor of that shape out. */
export interface CreateFunction<Options> {
  <const N extends ShapeArg, Z = 0>(shape: N, options?: Options): Tensor<Dims<N, Z>>;
}
export interface FullFunction {
  <const N extends ShapeArg, Z = 0>(shape: N, value: number, options?: CreateOptions): Tensor<Dims<N, Z>>;
}
export interface RandIntFunction {
  <const N extends ShapeArg, Z = 0>(
    low: number,
    high: number,
    shape: N,
    options?: RandomOptions,
  ): Tensor<Dims<N, Z>>;
}
export interface LikeFunction {
  <A extends Shape>(x: Tensor<A>, options?: CreateOptions): Tensor<A>;
}
export interface ScalarFunction {
  (value: number, options?: CreateOptions): Tensor<[]>;
}

export interface EyeFunction {
  <const R extends Dim, Z = 0>(rows: R, options: EyeOptions): Tensor<Dims<[R, R], Z>>;
  <const R extends Dim, const C extends Dim = R, Z = 0>(
    rows: R,
    columns?: C,
    options?: EyeOptions,
  ): Tensor<Dims<[R, C], Z>>;
}

/** How many integers there are from `From` up to `To`, where literals tell. */
type CountUp<From extends number, To extends number> = number extends From | To
  ? number
  : `${From}${To}` extends `${string}${"-" | "." | "e"}${string}`
    ? number
    : Subtract<To, From>;
export interface ArangeFunction {
  <const N extends number>(count: N, options?: CreateOptions): Tensor<[CountUp<0, N>]>;
  <const From extends number, const To extends number>(
    start: From,
    end: To,
    options?: CreateOptions,
  ): Tensor<[CountUp<From, To>]>;
  (start: number, end?: number, step?: number, options?: CreateOptions): Tensor<[number]>;
}
export interface LinspaceFunction {
  (start: number, end: number, options: CreateOptions): Tensor<[50]>;
  <const N extends number = 50>(start: number, end: number, count?: N, options?: CreateOptions): Tensor<[N]>;
}

/** `[[1, 2], [3, 4]]` -> [2, 2]; arrays whose length is not in their type give `number`. */
type ShapeOfNested<T, Out extends Dim[] = []> = T extends readonly (infer E)[]
  ? ShapeOfNested<T extends readonly [infer First, ...unknown[]] ? First : E, [...Out, T["length"]]>
  : NestedInput extends T
    ? Dim[]
    : Out;
export interface TensorFunction {
  <const N extends ShapeArg, Z = 0>(
    data: NestedInput | Elements,
    options: CreateOptions & { readonly shape: N },
  ): Tensor<Dims<N, Z>>;
  (data: Elements, options?: CreateOptions): Tensor<[number]>;
  <const T extends NestedInput>(data: T, options?: CreateOptions): Tensor<ShapeOfNested<T>>;
}

// ---- escape hatches ----

/** Replaces names by sizes (or other names). */
export interface BindMethod {
  <A extends Shape, const M extends Record<string, Dim>, Z = 0>(
    this: Tensor<A>,
    sizes: M,
  ): Tensor<Subst<A, M, Z>>;
}
export interface BindFunction {
  <A extends Shape, const M extends Record<string, Dim>, Z = 0>(
    x: Tensor<A>,
    sizes: M,
  ): Tensor<Subst<A, M, Z>>;
}

/** Claims a shape that the types could not work out; checked when it runs. */
export interface AsMethod {
  <const N extends ShapeArg, Z = 0>(shape: N): Tensor<Dims<N, Z>>;
}
