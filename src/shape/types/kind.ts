// Questions about one dim, answered at once even when the dim is a type parameter of the user's own function.
//
// TypeScript postpones `T extends 768 ? … : …` while T is generic, so the body of
// `f<N extends Dim>(x: Tensor<[N, 768]>)` could not be checked. Three tricks force an answer now:
//
//  1. Mapped-type keys. `{ [K in "k" as F<X>]: 0 }` is compared with `{ name: 0 }` by assignability, and a
//     deferred F<X> is assignable to no literal name, so every test fails and the kind is "generic".
//  2. Overload deduplication. `() => Invariant<X>` and `() => Invariant<Y>` collapse into one signature exactly
//     when X and Y are identical, type parameters included.
//  3. The key `Z`. It is always 0 at use sites and a bare parameter inside aliases, where it stops the compiler
//     from deciding a conditional on the alias's own parameters too early (it would answer "generic" for good).

export interface Box<T> {
  t: T;
}
interface Invariant<in out T> {
  f(x: T): T;
}
interface Mark {
  "~mark": 1;
}

type KindName<X> = number extends X
  ? "unknown"
  : string extends X
    ? "unknown"
    : X extends 1
      ? "one"
      : X extends -1
        ? "infer"
        : X extends number
          ? "number"
          : "symbol";
type KindKey<X> = { [K in "k" as KindName<X>]: 0 };

/**
 * What a dim is: "number" (a literal), "one" (it broadcasts), "symbol" (a name or expression), "unknown" (plain
 * `number`), "infer" (the -1 of reshape), or "generic" (a type parameter, equal only to itself).
 */
export type Kind<X, Z> = [Z, Box<KindKey<X>>] extends [unknown, Box<{ number: 0 }>]
  ? "number"
  : [Z, Box<KindKey<X>>] extends [unknown, Box<{ symbol: 0 }>]
    ? "symbol"
    : [Z, Box<KindKey<X>>] extends [unknown, Box<{ one: 0 }>]
      ? "one"
      : [Z, Box<KindKey<X>>] extends [unknown, Box<{ unknown: 0 }>]
        ? "unknown"
        : [Z, Box<KindKey<X>>] extends [unknown, Box<{ infer: 0 }>]
          ? "infer"
          : "generic";

// Overloads are matched from the last one back. Different X and Y leave three of them and B is Y's thunk result;
// identical ones collapse, two are left, and B falls on the first: Mark.
type Thunk<X> = () => Invariant<X>;

/** X and Y are the same type: the same literal, the same name, the same type parameter. */
export type Same<X, Y, Z> = [Z, (() => Mark) & Thunk<X> & Thunk<Y>] extends [
  unknown,
  { (): infer _A; (): infer B; (): infer _C },
]
  ? B extends Mark
    ? true
    : false
  : false;

type ExtendsKey<R, M> = { [K in "k" as R extends M ? "yes" : "no"]: 0 };

/** R extends M; `any`, type parameters and unresolved types give false. */
export type Ext<R, M, Z> = [Z, Box<ExtendsKey<R, M>>] extends [unknown, Box<{ yes: 0; no?: never }>]
  ? true
  : false;

/** T is `any`, the shape of a tensor that opts out of checking. */
export type IsAny<T> = Box<0> extends Box<1 & T> ? true : false;
