// What the tests of native kernels share.
import { engines } from "../backends/engines.js";
import type { DType } from "../tensor/dtype.js";
import type { Tensor } from "../tensor/tensor.js";

const [{ native }] = engines();
const why = native?.reason ?? native?.lapack?.reason ?? null;

/** Why tests that need LAPACK are skipped; empty where they run. */
export const noLapack = why === null ? "" : ` (${why})`;

/** The precisions of LAPACK, each with the powers of ten to which graded matrices go. */
export const precisions = [
  ["float64", 150],
  ["float32", 30],
] as const;

/** The distance from 1 to the next number of the type. */
export const epsilonOf = ({ dtype }: Tensor): number => {
  const epsilons: Partial<Record<DType, number>> = { float64: 2 ** -52, float32: 2 ** -23 };
  return epsilons[dtype]!;
};
