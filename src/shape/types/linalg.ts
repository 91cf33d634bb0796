// Shapes of factorisations, with k = min(m, n).
import type { Dyn, ShapeError, Unchecked } from "./dim.js";
import type { IsAny } from "./kind.js";
import type { Last } from "./list.js";
import type { Show } from "./show.js";
import type { MinDim } from "./symbolic.js";

/** The reduced factorisation of [..., m, n]: U [..., m, k], S [..., k], Vh [..., k, n]. */
export type Svd<A, Z> =
  IsAny<A> extends true
    ? { U: Unchecked; S: Unchecked; Vh: Unchecked }
    : Last<A, Z> extends [infer Rest, infer N]
      ? Last<Rest, Z> extends [infer P extends readonly unknown[], infer M]
        ? MinDim<M, N, Z> extends [infer K]
          ? { U: [...P, M, K]; S: [...P, K]; Vh: [...P, K, N] }
          : never
        : Rest extends readonly []
          ? ShapeError<`svd: needs at least 2 axes, got ${Show<A, Z>}`>
          : { U: Dyn; S: Dyn; Vh: Dyn }
      : A extends readonly []
        ? ShapeError<"svd: needs at least 2 axes, got []">
        : { U: Dyn; S: Dyn; Vh: Dyn };
