// Shapes of low-rank factors: the rank K comes from the options, `number` where the values decide it.
import type { Dyn, Unchecked } from "./dim.js";
import type { MatrixOf } from "./linalg.js";

interface LowrankOf<U, S, Vh> {
  U: U;
  S: S;
  Vh: Vh;
}

/** U [..., m, k], S [..., k], Vh [..., k, n] of [..., m, n]. */
export type Lowrank<A, K, Z> =
  MatrixOf<A, "svdLowrank", Z> extends infer R
    ? R extends [infer P extends readonly unknown[], infer M, infer N]
      ? LowrankOf<[...P, M, K], [...P, K], [...P, K, N]>
      : R extends "any"
        ? LowrankOf<Unchecked, Unchecked, Unchecked>
        : R extends "open"
          ? LowrankOf<Dyn, Dyn, Dyn>
          : R
    : never;

interface ProductOfTwo<W1, W2> {
  W1: W1;
  W2: W2;
}

/** W1 [..., m, k], W2 [..., k, n] of [..., m, n]. */
export type LowRank<A, K, Z> =
  MatrixOf<A, "lowRank", Z> extends infer R
    ? R extends [infer P extends readonly unknown[], infer M, infer N]
      ? ProductOfTwo<[...P, M, K], [...P, K, N]>
      : R extends "any"
        ? ProductOfTwo<Unchecked, Unchecked>
        : R extends "open"
          ? ProductOfTwo<Dyn, Dyn>
          : R
    : never;
