// The typed face of the factorisations: shapes of operands and factors, checked by the compiler.
import type {
  CompleteQr,
  Dyn,
  Eigen,
  FullSvd,
  Lowrank,
  LowRank,
  Lstsq,
  Pairwise,
  PerMatrix,
  Pinv,
  Qr,
  Reduce,
  Shape,
  ShapeError,
  Svd,
  Svdvals,
  Unchecked,
} from "../shape/types/index.js";
import type { Tensor } from "../tensor/tensor.js";
import type { Arg, Axes, Chk, Res } from "../tensor/typed.js";
import type { ComplexParts } from "./eig/op.js";
import type { Triangle } from "./eigh/reference.js";
import type { Metric } from "./distances/metric.js";
import type { EigshOptions, SymmetricOperator } from "./eigsh/eigsh.js";
import type { LstsqOptions } from "./leastSquares/lstsq.js";
import type { MatrixRankOptions } from "./leastSquares/matrixRank.js";
import type { PinvOptions } from "./leastSquares/pinv.js";
import type { LowRankOptions } from "./lowRank/lowRank.js";
import type { SvdLowrankOptions } from "./lowRank/options.js";
import type { MatrixNormOrder } from "./norm/op.js";
import type { SvdAlgorithm } from "./svd/reference.js";
import type { QrFactors, QrMode } from "./qr/op.js";

/** Every shape of a record of shapes as a tensor; unchecked tensors after an error. */
export type Factors<R, Names extends string> =
  R extends ShapeError<string>
    ? { [K in Names]: Tensor<Unchecked> }
    : { [K in Names]: K extends keyof R ? Tensor<R[K]> : Tensor<Dyn> };

export interface SvdFunction {
  <A extends Shape, Z = 0>(
    a: Arg<Svd<A, Z>, Tensor<A>, Z>,
    options?: { readonly fullMatrices?: false; readonly algorithm?: SvdAlgorithm },
  ): Factors<Svd<A, Z>, "U" | "S" | "Vh">;
  <A extends Shape, Z = 0>(
    a: Arg<Svd<A, Z>, Tensor<A>, Z>,
    options: { readonly fullMatrices: true; readonly algorithm?: SvdAlgorithm },
  ): Factors<FullSvd<A, Z>, "U" | "S" | "Vh">;
  <A extends Shape, Z = 0>(
    a: Arg<FullSvd<A, Z>, Tensor<A>, Z>,
    options: { readonly fullMatrices: boolean; readonly algorithm?: SvdAlgorithm },
  ): Record<"U" | "S" | "Vh", Tensor>;
}

export interface SvdvalsFunction {
  <A extends Shape, Z = 0>(a: Arg<Svdvals<A, Z>, Tensor<A>, Z>): Res<Svdvals<A, Z>, Z>;
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
  <A extends Shape, Z = 0>(
    a: Arg<CompleteQr<A, Z>, Tensor<A>, Z>,
    options: { readonly mode?: QrMode; readonly pivoting?: boolean },
  ): QrFactors;
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

export interface LstsqFunction {
  <A extends Shape, B extends Shape, Z = 0>(
    a: Tensor<A>,
    b: Arg<Lstsq<A, B, Z>, Tensor<B>, Z>,
    options?: LstsqOptions,
  ): Factors<Lstsq<A, B, Z>, "solution" | "residuals" | "rank" | "singularValues">;
}

export interface PinvFunction {
  <A extends Shape, Z = 0>(a: Arg<Pinv<A, Z>, Tensor<A>, Z>, options?: PinvOptions): Res<Pinv<A, Z>, Z>;
}

export interface MatrixRankFunction {
  <A extends Shape, Z = 0>(
    a: Arg<PerMatrix<A, "matrixRank", Z>, Tensor<A>, Z>,
    options?: MatrixRankOptions,
  ): Res<PerMatrix<A, "matrixRank", Z>, Z>;
}

export interface CondFunction {
  <A extends Shape, Z = 0>(
    a: Arg<PerMatrix<A, "cond", Z>, Tensor<A>, Z>,
    options?: { readonly ord?: MatrixNormOrder },
  ): Res<PerMatrix<A, "cond", Z>, Z>;
}

/** ‖A − A_k‖_F / ‖A‖_F. A type, not an interface: a program's declarations can spell it out. */
type WithError = { readonly error: number };

export interface SvdLowrankFunction {
  <A extends Shape, const K extends number = number, Z = 0>(
    a: Arg<Lowrank<A, K, Z>, Tensor<A>, Z>,
    options: SvdLowrankOptions<K>,
  ): Factors<Lowrank<A, K, Z>, "U" | "S" | "Vh"> & WithError;
}

export interface LowRankFunction {
  <A extends Shape, const K extends number, Z = 0>(
    a: Arg<LowRank<A, K, Z>, Tensor<A>, Z>,
    k: K,
    options?: LowRankOptions,
  ): Factors<LowRank<A, K, Z>, "W1" | "W2"> & WithError & { readonly spectralError: number };
}

/** Eigenpairs of an operator on [n], where n and k may be known. */
type EigenpairsOf<N extends number, K extends number> = {
  readonly eigenvalues: Tensor<[K]>;
  readonly eigenvectors: Tensor<[N, K]>;
  readonly residuals: Tensor<[K]>;
};

export interface EigshFunction {
  <const N extends number, const K extends number>(
    operator: SymmetricOperator,
    options: EigshOptions & { readonly n: N; readonly k: K },
  ): EigenpairsOf<N, K>;
  <const N extends number, const K extends number>(
    matrix: Tensor<readonly [N, N]>,
    options: EigshOptions & { readonly k: K },
  ): EigenpairsOf<N, K>;
  <const K extends number>(
    matrix: Tensor,
    options: EigshOptions & { readonly k: K },
  ): EigenpairsOf<number, K>;
}

export interface PairwiseDistancesFunction {
  <X extends Shape, Y extends Shape, Z = 0>(
    x: Tensor<X>,
    y: Arg<Pairwise<X, Y, "pairwiseDistances", Z>, Tensor<Y>, Z>,
    options?: { readonly metric?: Metric },
  ): Res<Pairwise<X, Y, "pairwiseDistances", Z>, Z>;
}

export interface PairwiseCosineSimilarityFunction {
  <X extends Shape, Y extends Shape, Z = 0>(
    x: Tensor<X>,
    y: Arg<Pairwise<X, Y, "pairwiseCosineSimilarity", Z>, Tensor<Y>, Z>,
  ): Res<Pairwise<X, Y, "pairwiseCosineSimilarity", Z>, Z>;
}
