// The typed face of the factorisations: shapes of operands and factors, checked by the compiler.
import type {
  CompleteQr,
  Dyn,
  Eigen,
  FullSvd,
  PerMatrix,
  Qr,
  Reduce,
  Shape,
  ShapeError,
  Svd,
  Unchecked,
} from "../shape/types/index.js";
import type { Tensor } from "../tensor/tensor.js";
import type { Arg, Axes, Chk, Res } from "../tensor/typed.js";
import type { ComplexParts } from "./eig/op.js";
import type { Triangle } from "./eigh/reference.js";
import type { MatrixNormOrder } from "./norm/op.js";
import type { QrFactors, QrMode } from "./qr/op.js";

/** Every shape of a record of shapes as a tensor; unchecked tensors after an error. */
export type Factors<R, Names extends string> =
  R extends ShapeError<string>
    ? { [K in Names]: Tensor<Unchecked> }
    : { [K in Names]: K extends keyof R ? Tensor<R[K]> : Tensor<Dyn> };

export interface SvdFunction {
  <A extends Shape, Z = 0>(
    a: Arg<Svd<A, Z>, Tensor<A>, Z>,
    options?: { readonly fullMatrices?: false },
  ): Factors<Svd<A, Z>, "U" | "S" | "Vh">;
  <A extends Shape, Z = 0>(
    a: Arg<Svd<A, Z>, Tensor<A>, Z>,
    options: { readonly fullMatrices: true },
  ): Factors<FullSvd<A, Z>, "U" | "S" | "Vh">;
  (a: Tensor<Unchecked>, options: { readonly fullMatrices: boolean }): Record<"U" | "S" | "Vh", Tensor>;
}

export interface QrFunction {
  <A extends Shape, Z = 0>(
    a: Arg<Qr<A, Z>, Tensor<A>, Z>,
    options?: { readonly mode?: "reduced"; readonly pivoting?: false },
  ): Factors<Qr<A, Z>, "Q" | "R">;
  <A extends Shape, Z = 0>(
    a: Arg<Qr<A, Z>, Tensor<A>, Z>,
    options: { readonly mode?: "reduced"; readonly pivoting: true },
  ): Factors<Qr<A, Z>, "Q" | "R" | "permutation">;
  <A extends Shape, Z = 0>(
    a: Arg<CompleteQr<A, Z>, Tensor<A>, Z>,
    options: { readonly mode: "complete"; readonly pivoting?: false },
  ): Factors<CompleteQr<A, Z>, "Q" | "R">;
  <A extends Shape, Z = 0>(
    a: Arg<CompleteQr<A, Z>, Tensor<A>, Z>,
    options: { readonly mode: "complete"; readonly pivoting: true },
  ): Factors<CompleteQr<A, Z>, "Q" | "R" | "permutation">;
  <A extends Shape, Z = 0>(
    a: Arg<Qr<A, Z>, Tensor<A>, Z>,
    options: { readonly mode: "r"; readonly pivoting?: false },
  ): Factors<Qr<A, Z>, "R">;
  <A extends Shape, Z = 0>(
    a: Arg<Qr<A, Z>, Tensor<A>, Z>,
    options: { readonly mode: "r"; readonly pivoting: true },
  ): Factors<Qr<A, Z>, "R" | "permutation">;
  (a: Tensor<Unchecked>, options: { readonly mode?: QrMode; readonly pivoting?: boolean }): QrFactors;
}

export interface EighFunction {
  <A extends Shape, Z = 0>(
    a: Arg<Eigen<A, "eigh", Z>, Tensor<A>, Z>,
    options?: { readonly uplo?: Triangle },
  ): Factors<Eigen<A, "eigh", Z>, "eigenvalues" | "eigenvectors">;
}

/** The same tensors, each as a real and an imaginary part. */
type InParts<F> = { [K in keyof F]: ComplexParts<F[K]> };

export interface EigFunction {
  <A extends Shape, Z = 0>(
    a: Arg<Eigen<A, "eig", Z>, Tensor<A>, Z>,
  ): InParts<Factors<Eigen<A, "eig", Z>, "eigenvalues" | "eigenvectors">>;
}

export interface EigvalsFunction {
  <A extends Shape, Z = 0>(
    a: Arg<Eigen<A, "eigvals", Z>, Tensor<A>, Z>,
  ): ComplexParts<Factors<Eigen<A, "eigvals", Z>, "eigenvalues">["eigenvalues"]>;
}

export interface EigvalshFunction {
  <A extends Shape, Z = 0>(
    a: Arg<Eigen<A, "eigvalsh", Z>, Tensor<A>, Z>,
    options?: { readonly uplo?: Triangle },
  ): Factors<Eigen<A, "eigvalsh", Z>, "eigenvalues">["eigenvalues"];
}

export interface TraceFunction {
  <A extends Shape, Z = 0>(a: Arg<PerMatrix<A, "trace", Z>, Tensor<A>, Z>): Res<PerMatrix<A, "trace", Z>, Z>;
}

export interface MatrixNormFunction {
  <A extends Shape, Z = 0>(
    a: Arg<PerMatrix<A, "matrixNorm", Z>, Tensor<A>, Z>,
    options?: { readonly ord?: MatrixNormOrder },
  ): Res<PerMatrix<A, "matrixNorm", Z>, Z>;
}

export interface VectorNormFunction {
  <A extends Shape, const X extends Axes = undefined, const K extends boolean = false, Z = 0>(
    x: Tensor<A>,
    options?: {
      readonly ord?: number;
      readonly axis?: X & Chk<Reduce<A, X, K, "vectorNorm", Z>, Z>;
      readonly keepdims?: K;
    },
  ): Res<Reduce<A, X, K, "vectorNorm", Z>, Z>;
}
