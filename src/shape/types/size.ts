// Dims as values: how a run-time `number` remembers at compile time which dim it is.
import type { Dim, Unchecked } from "./dim.js";
import type { Box } from "./kind.js";

/**
 * One property per member of a dim: `{ "B": 0 }`, `{ 768: 0 }`, and `{ 768: 0; 512: 0 }` for the union 768 | 512.
 * A union therefore demands more than either member, so 768 is not assignable to 768 | 512. Without that,
 * `f<D>(a: Tensor<[D]>, b: Tensor<[D]>)` would infer D = 768 | 512 and accept two different sizes.
 * `number` and `string` give an index signature, which every tag satisfies: they stand for "any size".
 */
export type Tag<D> = { readonly [K in D & Dim]: 0 };

interface SizeTag<D> {
  readonly "~dim": Tag<D>;
}

/** A run-time size that remembers its dim: `const B = dim("B", 32)`, `const [b, n] = x.shape`. */
export type Size<D> = number & SizeTag<D>;

/** The phantom `"~dims"` property of `Tensor<S>`, which alone decides what is assignable to what. */
export type DimsOf<S> = { readonly [K in keyof S]: Tag<S[K]> };

/** The type of `x.shape`: a tuple of sizes that remember their dims. */
export type ShapeView<S> = { readonly [K in keyof S]: Size<S[K]> };

// Eager even when D is a type parameter of the caller: see kind.ts for the mapped-type key.
type SizeOrDim<D> = { [K in "k" as D extends SizeTag<Unchecked> ? "size" : "dim"]: 0 };
type DimOf<D, Z> = [Z, Box<SizeOrDim<D>>] extends [unknown, Box<{ size: 0 }>]
  ? D extends SizeTag<infer Name>
    ? Name
    : never
  : D;

/** Shape argument -> shape: sizes become the dims they remember, `[Size<"B">, 12, 64]` -> `["B", 12, 64]`. */
export type Dims<N extends readonly unknown[], Z> = { -readonly [K in keyof N]: DimOf<N[K], Z> };
