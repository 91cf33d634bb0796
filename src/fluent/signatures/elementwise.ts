// Signatures of the operations that work on every element by itself.
import type { Broadcast, Broadcast3, Shape } from "../../shape/types/index.js";
import type { GeluOptions } from "../../ops/index.js";
import type { DType } from "../../tensor/dtype.js";
import type { Tensor } from "../../tensor/tensor.js";
import type { Arg, Operand, Res } from "../../tensor/typed.js";

/** exp, relu … : the shape stays. */
export interface UnaryFunction {
  <A extends Shape>(x: Tensor<A>): Tensor<A>;
}
export interface UnaryMethod {
  <A extends Shape>(this: Tensor<A>): Tensor<A>;
}

/** add, eq … : the operands broadcast as in NumPy. */
export interface BinaryFunction<Op extends string> {
  <A extends Shape = [], B extends Shape = [], Z = 0>(
    a: Operand<A>,
    b: Arg<Broadcast<A, B, Op, Z>, Operand<B>, Z>,
  ): Res<Broadcast<A, B, Op, Z>, Z>;
}
export interface BinaryMethod<Op extends string> {
  <A extends Shape, B extends Shape = [], Z = 0>(
    this: Tensor<A>,
    other: Arg<Broadcast<A, B, Op, Z>, Operand<B>, Z>,
  ): Res<Broadcast<A, B, Op, Z>, Z>;
}

/** where: x where the condition holds, else y; all three broadcast. */
export interface WhereFunction {
  <C extends Shape, A extends Shape = [], B extends Shape = [], Z = 0>(
    condition: Tensor<C>,
    x: Arg<Broadcast<C, A, "where", Z>, Operand<A>, Z>,
    y: Arg<Broadcast3<C, A, B, "where", Z>, Operand<B>, Z>,
  ): Res<Broadcast3<C, A, B, "where", Z>, Z>;
}
export interface WhereMethod {
  <C extends Shape, A extends Shape = [], B extends Shape = [], Z = 0>(
    this: Tensor<C>,
    x: Arg<Broadcast<C, A, "where", Z>, Operand<A>, Z>,
    y: Arg<Broadcast3<C, A, B, "where", Z>, Operand<B>, Z>,
  ): Res<Broadcast3<C, A, B, "where", Z>, Z>;
}

/** clip: into [low, high]; a missing bound does not bind. */
export interface ClipFunction {
  <A extends Shape>(x: Tensor<A>, low?: number, high?: number): Tensor<A>;
}
export interface ClipMethod {
  <A extends Shape>(this: Tensor<A>, low?: number, high?: number): Tensor<A>;
}

/** cast: to another dtype. */
export interface CastFunction {
  <A extends Shape>(x: Tensor<A>, dtype: DType): Tensor<A>;
}
export interface CastMethod {
  <A extends Shape>(this: Tensor<A>, dtype: DType): Tensor<A>;
}

/** gelu: exact, or by the tanh approximation. */
export interface GeluFunction {
  <A extends Shape>(x: Tensor<A>, options?: GeluOptions): Tensor<A>;
}
export interface GeluMethod {
  <A extends Shape>(this: Tensor<A>, options?: GeluOptions): Tensor<A>;
}
