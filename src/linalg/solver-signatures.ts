// The typed face of the direct solvers.
import type { Kron, Lu, PerSquare, Shape, Slogdet, Solve, Square } from "../shape/types/index.js";
import type { Tensor } from "../tensor/tensor.js";
import type { Arg, Res } from "../tensor/typed.js";
import type { Factors } from "./signatures.js";
import type { SolveTriangularAttributes } from "./solveTriangular/reference.js";

export interface CholeskyFunction {
  <A extends Shape, Z = 0>(
    a: Arg<Square<A, "cholesky", Z>, Tensor<A>, Z>,
    options?: { readonly upper?: boolean },
  ): Res<Square<A, "cholesky", Z>, Z>;
}

export interface LuFunction {
  <A extends Shape, Z = 0>(
    a: Arg<Lu<A, Z>, Tensor<A>, Z>,
  ): Factors<Lu<A, Z>, "P" | "L" | "U" | "permutation">;
}

export interface SolveFunction {
  <A extends Shape, B extends Shape, Z = 0>(
    a: Arg<Square<A, "solve", Z>, Tensor<A>, Z>,
    b: Arg<Solve<A, B, "solve", Z>, Tensor<B>, Z>,
  ): Res<Solve<A, B, "solve", Z>, Z>;
}

export interface SolveTriangularFunction {
  <A extends Shape, B extends Shape, Z = 0>(
    a: Arg<Square<A, "solveTriangular", Z>, Tensor<A>, Z>,
    b: Arg<Solve<A, B, "solveTriangular", Z>, Tensor<B>, Z>,
    options?: Partial<SolveTriangularAttributes>,
  ): Res<Solve<A, B, "solveTriangular", Z>, Z>;
}

export interface InvFunction {
  <A extends Shape, Z = 0>(a: Arg<Square<A, "inv", Z>, Tensor<A>, Z>): Res<Square<A, "inv", Z>, Z>;
}

export interface DetFunction {
  <A extends Shape, Z = 0>(a: Arg<PerSquare<A, "det", Z>, Tensor<A>, Z>): Res<PerSquare<A, "det", Z>, Z>;
}

export interface SlogdetFunction {
  <A extends Shape, Z = 0>(a: Arg<Slogdet<A, Z>, Tensor<A>, Z>): Factors<Slogdet<A, Z>, "sign" | "logabsdet">;
}

export interface KronFunction {
  <A extends Shape, B extends Shape, Z = 0>(a: Tensor<A>, b: Tensor<B>): Res<Kron<A, B, Z>, Z>;
}

export interface MatrixPowerFunction {
  <A extends Shape, Z = 0>(
    a: Arg<Square<A, "matrixPower", Z>, Tensor<A>, Z>,
    exponent: number,
  ): Res<Square<A, "matrixPower", Z>, Z>;
}
