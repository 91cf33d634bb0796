// Matrix products by the rules of NumPy's `@`: [..., m, k] @ [..., k, n], a vector on either side is promoted and
// the promoted axis dropped again, batch axes broadcast.
import type { Dim, Dyn, ShapeError, Unchecked } from "./dim.js";
import type { Ext, IsAny } from "./kind.js";
import type { Last } from "./list.js";
import type { Align, AnyMisfit, Misfit, RankHint } from "./broadcast.js";
import type { Show, ShowDim } from "./show.js";
import type { DimEq } from "./symbolic.js";

/** A matrix [batch, rows, columns], a vector [length], "scalar", or "open" when the rank is unknown. */
type Operand<S, Z> =
  Last<S, Z> extends [infer Rest, infer X]
    ? Last<Rest, Z> extends [infer Batch, infer Y]
      ? [Batch, Y, X]
      : Rest extends readonly []
        ? [X]
        : "open"
    : S extends readonly []
      ? "scalar"
      : "open";

type TransposeHint<M, K, K2, N, Z> =
  DimEq<K, N, Z> extends true
    ? "; did you mean .matmul(other.transpose(-2, -1))?"
    : DimEq<M, K2, Z> extends true
      ? "; did you mean .transpose(-2, -1).matmul(other)?"
      : "";

type InnerDiffer<
  A,
  B,
  K extends Dim,
  K2 extends Dim,
  Z,
> = `matmul: ${Show<A, Z>} @ ${Show<B, Z>}: inner dims ${ShowDim<K, Z>} and ${ShowDim<K2, Z>} differ`;

type ExplainBatch<R, A, B, Z> =
  Ext<R, AnyMisfit, Z> extends true
    ? R extends Misfit<infer X extends Dim, infer Y extends Dim, unknown>
      ? ShapeError<`matmul: ${Show<A, Z>} @ ${Show<B, Z>}: batch dims ${ShowDim<X, Z>} and ${ShowDim<Y, Z>} do not broadcast${RankHint<A, B>}`>
      : never
    : R;

type MatrixTimes<A, B, P extends readonly unknown[], M, K extends Dim, Right, Z> = Right extends [
  infer Q extends readonly unknown[],
  infer K2 extends Dim,
  infer N,
]
  ? DimEq<K, K2, Z> extends true
    ? ExplainBatch<Align<P, Q, [M, N], Z>, A, B, Z>
    : ShapeError<`${InnerDiffer<A, B, K, K2, Z>}${TransposeHint<M, K, K2, N, Z>}`>
  : Right extends [infer K2 extends Dim]
    ? DimEq<K, K2, Z> extends true
      ? [...P, M]
      : ShapeError<InnerDiffer<A, B, K, K2, Z>>
    : Right extends "scalar"
      ? ShapeError<"matmul: right operand is a scalar, use .mul">
      : Dyn;

type VectorTimes<A, B, K extends Dim, Right, Z> = Right extends [
  infer Q extends readonly unknown[],
  infer K2 extends Dim,
  infer N,
]
  ? DimEq<K, K2, Z> extends true
    ? [...Q, N]
    : ShapeError<InnerDiffer<A, B, K, K2, Z>>
  : Right extends [infer K2 extends Dim]
    ? DimEq<K, K2, Z> extends true
      ? []
      : ShapeError<`matmul: ${Show<A, Z>} @ ${Show<B, Z>}: lengths ${ShowDim<K, Z>} and ${ShowDim<K2, Z>} differ`>
    : Right extends "scalar"
      ? ShapeError<"matmul: right operand is a scalar, use .mul">
      : Dyn;

export type MatMul<A, B, Z> =
  IsAny<A> extends true
    ? Unchecked
    : IsAny<B> extends true
      ? Unchecked
      : Operand<A, Z> extends [infer P extends readonly unknown[], infer M, infer K extends Dim]
        ? MatrixTimes<A, B, P, M, K, Operand<B, Z>, Z>
        : Operand<A, Z> extends [infer K extends Dim]
          ? VectorTimes<A, B, K, Operand<B, Z>, Z>
          : A extends readonly []
            ? ShapeError<"matmul: left operand is a scalar, use .mul">
            : Dyn;
