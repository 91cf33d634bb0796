// x.bind({ n: 128 }): names are replaced, ["B", "n+1", "12*n"] -> ["B", 129, 1536].
import type { Dyn, Unchecked } from "./dim.js";
import type { IsAny } from "./kind.js";
import type { Dims } from "./size.js";
import type { AddDim, Factors, IsSum, Product, ProductOf } from "./symbolic.js";
import type { ToNumber } from "./decimal.js";

/** One dim -> [its replacement]; what the algebra cannot take apart (n/2, min(n,768)) becomes unknown. */
type BindDim<X, Values, Z> = X extends keyof Values
  ? Dims<[Values[X]], Z>
  : X extends `${string}/${string}` | `${string}(${string},${string}`
    ? [number]
    : IsSum<X> extends true
      ? BindSum<X, Values, Z>
      : X extends `${string}*${string}`
        ? BindProduct<Factors<[X], "1", [], Z>, Values, Z>
        : X extends `${infer N extends number}`
          ? [N]
          : [X];

type BindSum<X, Values, Z> = X extends `${infer H}+${infer Rest}`
  ? BindDim<H, Values, Z> extends [infer A]
    ? BindSum<Rest, Values, Z> extends [infer B]
      ? AddDim<A, B, Z>
      : never
    : never
  : BindDim<X, Values, Z>;

type BindProduct<P, Values, Z> =
  P extends Product<infer C, infer L> ? ProductOf<[ToNumber<C>, ...BindEach<L, Values, Z, []>], Z> : [number];

type BindEach<S, Values, Z, Out extends unknown[]> = S extends readonly [infer H, ...infer Rest]
  ? BindDim<H, Values, Z> extends [infer D]
    ? BindEach<Rest, Values, Z, [...Out, D]>
    : never
  : Out;

export type Subst<S, Values, Z> =
  IsAny<S> extends true
    ? Unchecked
    : S extends readonly [] | readonly [unknown, ...unknown[]]
      ? BindEach<S, Values, Z, []>
      : Dyn;
