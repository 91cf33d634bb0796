// The rules of layers: linear, normalisation, embedding, attention.
import type { Dim, Dyn, ShapeError, Unchecked } from "./dim.js";
import type { Ext, IsAny, Kind } from "./kind.js";
import type { Last } from "./list.js";
import type { Align, AnyMisfit } from "./broadcast.js";
import type { Show, ShowDim } from "./show.js";
import type { DimEq, DivideDim } from "./symbolic.js";

/**
 * A layer size. Plain `number` would switch every later check off without a word, so it is refused;
 * usually it comes from a config object written without `as const`.
 */
export type Known<D, Z> =
  Kind<D, Z> extends "unknown"
    ? "this size has type `number`, so shapes cannot be checked: add `as const` to the config, or name it: dim('d', n)"
    : D;

/** S if its last dim is D: layerNorm, rmsNorm. */
export type LastEq<S, D, Op extends string, Z> =
  IsAny<S> extends true
    ? Unchecked
    : Last<S, Z> extends [unknown, infer L extends Dim]
      ? DimEq<L, D, Z> extends true
        ? S
        : ShapeError<`${Op}: expects last dim ${D & Dim}, got ${Show<S, Z>}`>
      : S extends readonly []
        ? ShapeError<`${Op}: expects last dim ${D & Dim}, got a scalar`>
        : S;

/** [..., In] -> [..., Out] */
export type LinearS<S, In, Out, Z> =
  IsAny<S> extends true
    ? Unchecked
    : Last<S, Z> extends [infer Rest extends readonly unknown[], infer L extends Dim]
      ? DimEq<L, In, Z> extends true
        ? [...Rest, Out]
        : ShapeError<`linear(${In & Dim} -> ${Out & Dim}): input ${Show<S, Z>} has last dim ${ShowDim<L, Z>}`>
      : S extends readonly []
        ? ShapeError<"linear: scalar input">
        : Dyn;

/** [...ids] into a table [V, ...rest] -> [...ids, ...rest] */
export type Gather<Table, Ids, Z> =
  IsAny<Table> extends true
    ? Unchecked
    : Table extends readonly [unknown, ...infer Rest extends readonly unknown[]]
      ? Ids extends readonly unknown[]
        ? [...Ids, ...Rest]
        : never
      : Table extends readonly []
        ? ShapeError<"embedding: the table is a scalar">
        : [Z] extends [never]
          ? never
          : Dyn;

// ---- scaledDotProductAttention: q [..., h, n, d], k [..., g, m, d], v [..., g, m, e] -> [..., h, n, e] ----

type Misuse<
  Q,
  K,
  V,
  Why extends string,
  Z,
> = `scaledDotProductAttention: q ${Show<Q, Z>}, k ${Show<K, Z>}, v ${Show<V, Z>}: ${Why}`;

/** [batch, length, width] | "open" | "low" */
type Sequence<S, Z> =
  Last<S, Z> extends [infer Rest, infer Width]
    ? Last<Rest, Z> extends [infer Batch, infer Length]
      ? [Batch, Length, Width]
      : Rest extends readonly []
        ? "low"
        : "open"
    : S extends readonly []
      ? "low"
      : "open";

/** Grouped-query attention: each key/value head serves a whole number of query heads. */
type Heads<PQ, PK, Z> =
  Last<PQ, Z> extends [infer RestQ extends readonly unknown[], infer HQ]
    ? Last<PK, Z> extends [infer RestK extends readonly unknown[], infer HK]
      ? DivideDim<HQ, HK, Z> extends "no"
        ? false
        : DivideDim<HQ, HK, Z> extends [infer Group]
          ? Kind<Group, Z> extends "unknown"
            ? DimEq<HQ, HK, Z>
            : Fits<Align<RestQ, RestK, [], Z>, Z>
          : false
      : true
    : true;
type Fits<R, Z> = Ext<R, AnyMisfit, Z> extends true ? false : true;

export type Attention<Q, K, V, Z> =
  IsAny<Q> extends true
    ? Unchecked
    : Sequence<Q, Z> extends [infer P extends readonly unknown[], infer N, infer D extends Dim]
      ? Sequence<K, Z> extends [infer PK, infer M extends Dim, infer DK extends Dim]
        ? Sequence<V, Z> extends [infer PV, infer MV extends Dim, infer E]
          ? DimEq<D, DK, Z> extends true
            ? DimEq<M, MV, Z> extends true
              ? Heads<P, PK, Z> extends true
                ? Heads<P, PV, Z> extends true
                  ? [...P, N, E]
                  : ShapeError<Misuse<Q, K, V, "the heads of v must divide those of q", Z>>
                : ShapeError<Misuse<Q, K, V, "the heads of k must divide those of q", Z>>
              : ShapeError<
                  Misuse<Q, K, V, `lengths ${ShowDim<M, Z>} and ${ShowDim<MV, Z>} of k and v differ`, Z>
                >
            : ShapeError<
                Misuse<Q, K, V, `widths ${ShowDim<D, Z>} and ${ShowDim<DK, Z>} of q and k differ`, Z>
              >
          : Sequence<V, Z> extends "low"
            ? ShapeError<Misuse<Q, K, V, "each needs at least 2 axes", Z>>
            : Dyn
        : Sequence<K, Z> extends "low"
          ? ShapeError<Misuse<Q, K, V, "each needs at least 2 axes", Z>>
          : Dyn
      : Sequence<Q, Z> extends "low"
        ? ShapeError<Misuse<Q, K, V, "each needs at least 2 axes", Z>>
        : Dyn;
