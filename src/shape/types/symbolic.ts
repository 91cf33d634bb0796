// Arithmetic on dims that may be names: products are written `768*B*n`, sums `past+n+1`, quotients `n/2`.
//
// The algebra is textual with constants folded. A product is taken apart into a coefficient and a list of symbols,
// which is what reshape needs: two shapes hold equally many elements when coefficients and symbol lists agree.
// Results come wrapped, as [D]: a tuple literal that contains a call of an alias would become a postponed type.
import type { Dim } from "./dim.js";
import type { Kind, Same } from "./kind.js";
import type { First } from "./list.js";
import type { AddDecimal, Compare, DivideDecimal, MultiplyDecimal, ToNumber } from "./decimal.js";

// ---- products ----

/** coefficient × symbols */
export interface Product<Coefficient extends string, Symbols extends readonly unknown[]> {
  coefficient: Coefficient;
  symbols: Symbols;
}

/** Multiplies one dim into a product; "unknown" when its size is. */
type MultiplyIn<X, C extends string, L extends readonly unknown[], Z, K = Kind<X, Z>> = K extends "one"
  ? Product<C, L>
  : K extends "number"
    ? X extends number
      ? Product<MultiplyDecimal<C, `${X}`>, L>
      : never
    : K extends "symbol"
      ? MultiplySymbol<X, C, L>
      : K extends "generic"
        ? Product<C, [...L, X]>
        : "unknown";

// A sum is one factor, written in parentheses inside a product; so is a call such as min(n,768).
type MultiplySymbol<
  X,
  C extends string,
  L extends readonly unknown[],
> = X extends `(${infer Inner})${infer Rest}`
  ? Rest extends ""
    ? Product<C, [...L, Inner]>
    : Rest extends `*${infer R}`
      ? MultiplySymbol<R, C, [...L, Inner]>
      : Product<C, [...L, X]>
  : IsSum<X> extends true
    ? Product<C, [...L, X]>
    : X extends `${infer H}*${infer R}`
      ? H extends `${number}`
        ? MultiplySymbol<R, MultiplyDecimal<C, H>, L>
        : H extends `${string}(${infer Inside}`
          ? Inside extends `${string})`
            ? MultiplySymbol<R, C, [...L, H]>
            : Product<C, [...L, X]>
          : MultiplySymbol<R, C, [...L, H]>
      : Product<C, [...L, X]>;
export type IsSum<X> = X extends `${infer H}+${string}`
  ? H extends `${string}(${string}`
    ? false
    : true
  : false;

/** All dims of a shape multiplied out, or "unknown". */
export type Factors<S, C extends string, L extends readonly unknown[], Z> =
  First<S, Z> extends [infer X, infer Rest]
    ? MultiplyIn<X, C, L, Z> extends Product<infer C2, infer L2>
      ? Factors<Rest, C2, L2, Z>
      : "unknown"
    : S extends readonly []
      ? Product<C, L>
      : "unknown";

type InProduct<X extends Dim, Z> = Kind<X, Z> extends "symbol" ? (IsSum<X> extends true ? `(${X})` : X) : X;
type JoinProduct<L, Out extends string, Z> = L extends readonly [infer X extends Dim, ...infer Rest]
  ? JoinProduct<Rest, `${Out}*${InProduct<X, Z>}`, Z>
  : [Out];
type Literal<C> = C extends `${infer N extends number}` ? [N] : [number];
// 2 × n/2 is n again
type Scaled<C extends string, X extends Dim, K, Z> = K extends "symbol"
  ? X extends `${infer Q}/${C}`
    ? [Q]
    : [`${C}*${InProduct<X, Z>}`]
  : [`${C}*${X}`];

/** A product as one dim: Multiplied<"768", ["B", "n"]> = ["768*B*n"]. */
export type Multiplied<C extends string, L, Z> = L extends readonly []
  ? Literal<C>
  : L extends readonly [infer X extends Dim, ...infer Rest]
    ? C extends "1"
      ? Rest extends readonly []
        ? [X]
        : JoinProduct<Rest, `${InProduct<X, Z>}`, Z>
      : Rest extends readonly []
        ? Scaled<C, X, Kind<X, Z>, Z>
        : JoinProduct<L, C, Z>
    : never;

/** The number of elements of a shape -> [D] */
export type ProductOf<S, Z> =
  Factors<S, "1", [], Z> extends Product<infer C, infer L> ? Multiplied<C, L, Z> : [number];

// ---- exact division ----

type Remove<L, X, Before extends unknown[], Z> = L extends readonly [infer H, ...infer Rest]
  ? Same<H, X, Z> extends true
    ? [[...Before, ...Rest]]
    : Remove<Rest, X, [...Before, H], Z>
  : "absent";

/** Strikes out the symbols that two products share -> [left over in L, left over in R] */
export type Cancel<L, R, Extra extends unknown[], Z> = R extends readonly [infer H, ...infer Rest]
  ? Remove<L, H, [], Z> extends [infer Left]
    ? Cancel<Left, Rest, Extra, Z>
    : Cancel<L, Rest, [...Extra, H], Z>
  : [L, Extra];

/** (C × L) / (D × R) -> [quotient], "no" when it is not whole, [number] when that depends on the symbols */
export type DivideProducts<C extends string, L, D extends string, R, Z> =
  Cancel<L, R, [], Z> extends [infer Left extends readonly unknown[], infer Extra]
    ? Extra extends readonly []
      ? DivideDecimal<C, D> extends [infer Q extends string, infer Remainder]
        ? Remainder extends "0"
          ? Multiplied<Q, Left, Z>
          : Left extends readonly []
            ? "no"
            : Left extends readonly [infer X extends Dim]
              ? C extends "1"
                ? [`${InProduct<X, Z>}/${D}`]
                : [number]
              : [number]
        : never
      : [number]
    : never;

/** X / Y -> [D] | "no" */
export type DivideDim<X, Y, Z> =
  Same<X, Y, Z> extends true
    ? [1]
    : Kind<Y, Z> extends "one"
      ? [X]
      : MultiplyIn<X, "1", [], Z> extends Product<infer C, infer L>
        ? MultiplyIn<Y, "1", [], Z> extends Product<infer D, infer R>
          ? DivideProducts<C, L, D, R, Z>
          : [number]
        : [number];

// ---- sums ----

type IsNumeric<K> = K extends "number" | "one" ? true : false;

/** X + Y -> [D], the constant last: n + 1, past + n, (n + 1) + m = n+m+1. */
export type AddDim<X, Y, Z, KX = Kind<X, Z>, KY = Kind<Y, Z>> = KX extends "unknown"
  ? [number]
  : KY extends "unknown"
    ? [number]
    : IsNumeric<KX> extends true
      ? IsNumeric<KY> extends true
        ? [ToNumber<AddDecimal<`${X & number}`, `${Y & number}`>>]
        : X extends 0
          ? [Y]
          : AddConstant<Y, X, KY>
      : Y extends 0
        ? [X]
        : IsNumeric<KY> extends true
          ? AddConstant<X, Y, KX>
          : Same<X, Y, Z> extends true
            ? ProductOf<[2, X], Z>
            : AddSymbols<X, Y, KX, KY>;

type Sum<Symbols, Constant> = Constant extends "0" ? [Symbols] : [`${Symbols & string}+${Constant & string}`];
type AddConstant<X, N, KX> =
  Terms<X, KX> extends [infer T, infer C] ? Sum<T, AddDecimal<C, `${N & number}`>> : never;
type AddSymbols<X, Y, KX, KY> =
  Terms<X, KX> extends [infer T, infer C]
    ? Terms<Y, KY> extends [infer U, infer D]
      ? Sum<`${T & Dim}+${U & Dim}`, AddDecimal<C, D>>
      : never
    : never;

/** A sum -> [its symbolic terms, its constant]; `n+m+3` -> ["n+m", "3"]. */
type Terms<X, K> = K extends "symbol" ? (IsSum<X> extends true ? SplitConstant<X, X> : [X, "0"]) : [X, "0"];
type SplitConstant<X, Rest, Out extends string = ""> = Rest extends `${infer H}+${infer R}`
  ? SplitConstant<X, R, Out extends "" ? H : `${Out}+${H}`>
  : Rest extends `${number}`
    ? [Out, Rest]
    : [X, "0"];

// ---- minimum (the number of singular values) ----

export type MinDim<X, Y, Z> =
  Same<X, Y, Z> extends true
    ? [X]
    : Kind<X, Z> extends "unknown"
      ? [number]
      : Kind<Y, Z> extends "unknown"
        ? [number]
        : IsNumeric<Kind<X, Z>> extends true
          ? IsNumeric<Kind<Y, Z>> extends true
            ? [Compare<`${X & number}`, `${Y & number}`> extends "greater" ? Y : X]
            : [`min(${X & Dim},${Y & Dim})`]
          : [`min(${X & Dim},${Y & Dim})`];

// ---- equality ----

// A generic signature that mentions `${N}+1` becomes the string "5+1" when it is called with N = 5.
export type Evaluated<X, Z> =
  Kind<X, Z> extends "symbol"
    ? X extends `${infer A extends number}+${infer B extends number}`
      ? ToNumber<AddDecimal<`${A}`, `${B}`>>
      : X extends `${infer A extends number}*${infer B extends number}`
        ? ToNumber<MultiplyDecimal<`${A}`, `${B}`>>
        : X
    : X;

/** Equal for the purposes of a contraction: an unknown size matches anything, two names only if they are one. */
export type DimEq<X, Y, Z> =
  Same<X, Y, Z> extends true
    ? true
    : Kind<X, Z> extends "unknown"
      ? true
      : Kind<Y, Z> extends "unknown"
        ? true
        : Same<Evaluated<X, Z>, Evaluated<Y, Z>, Z>;
