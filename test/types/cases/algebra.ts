// Rules of the algebra that no method shows directly.
import type { AddDim, DimEq, DivideDim, ProductOf, Svd } from "../../../src/shape/types/index.js";
import { holds, type Equal } from "./expect.js";

// ---- products: one coefficient, then names ----
holds<Equal<ProductOf<[], 0>, [1]>>();
holds<Equal<ProductOf<[12, 64], 0>, [768]>>();
holds<Equal<ProductOf<["B", 12, "n", 64], 0>, ["768*B*n"]>>();
holds<Equal<ProductOf<["2*n", "3*m"], 0>, ["6*n*m"]>>();
holds<Equal<ProductOf<[2, "n/2"], 0>, ["n"]>>();
holds<Equal<ProductOf<["n", number], 0>, [number]>>();

// ---- a sum is one factor ----
holds<Equal<ProductOf<["B", "n+1"], 0>, ["B*(n+1)"]>>();
holds<Equal<ProductOf<[768, "n+1"], 0>, ["768*(n+1)"]>>();
holds<Equal<ProductOf<["768*(n+1)", "B"], 0>, ["768*(n+1)*B"]>>();
holds<Equal<DivideDim<"768*(n+1)", 768, 0>, ["n+1"]>>();
holds<Equal<DivideDim<"768*(n+1)", "n+1", 0>, [768]>>();
holds<Equal<DivideDim<"2*n+1", 2, 0>, ["(2*n+1)/2"]>>();

// ---- sums: names, then one constant ----
holds<Equal<AddDim<2, 3, 0>, [5]>>();
holds<Equal<AddDim<"n", 1, 0>, ["n+1"]>>();
holds<Equal<AddDim<1, "n", 0>, ["n+1"]>>();
holds<Equal<AddDim<"past+n+1", 2, 0>, ["past+n+3"]>>();
holds<Equal<AddDim<"n+1", "m+2", 0>, ["n+m+3"]>>();
holds<Equal<AddDim<"n", "n", 0>, ["2*n"]>>();
holds<Equal<AddDim<"n", 0, 0>, ["n"]>>();
holds<Equal<AddDim<"n", number, 0>, [number]>>();

// ---- division ----
holds<Equal<DivideDim<768, 12, 0>, [64]>>();
holds<Equal<DivideDim<768, 7, 0>, "no">>();
holds<Equal<DivideDim<"768*n", "n", 0>, [768]>>();
holds<Equal<DivideDim<"n", 2, 0>, ["n/2"]>>();
holds<Equal<DivideDim<"n", "m", 0>, [number]>>();

// ---- equality: an unknown size matches anything, a name only itself ----
holds<DimEq<"n", "n", 0>>();
holds<DimEq<"n", number, 0>>();
holds<DimEq<"5+1", 6, 0>>();
holds<Equal<DimEq<"n", "m", 0>, false>>();
holds<Equal<DimEq<"n", 5, 0>, false>>();

// ---- factorisations: k = min(m, n) ----
holds<Equal<Svd<[100, 20], 0>, { U: [100, 20]; S: [20]; Vh: [20, 20] }>>();
holds<Equal<Svd<["B", "n", 768], 0>["S"], ["B", "min(n,768)"]>>();
holds<Equal<Svd<["m", "m"], 0>["U"], ["m", "m"]>>();
holds<Svd<[5], 0> extends { readonly "~shapeError": "svd: needs at least 2 axes, got [5]" } ? true : false>();
