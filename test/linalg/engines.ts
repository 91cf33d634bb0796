// What the tests of decompositions share about engines.
import { native } from "../../src/backends/native.js";
import { afterEach, beforeEach } from "vitest";
import type { DType } from "../../src/tensor/dtype.js";
import type { Tensor } from "../../src/tensor/tensor.js";

const { reason, lapack } = native.status();
const why = reason ?? lapack?.reason ?? null;

/** Why tests that need LAPACK are skipped; empty where they run. */
export const noLapack = why === null ? "" : ` (${why})`;

/** The engines that have kernels of their own. */
export const fasterEngines = ["wasm", "native"] as const;

/** Lets every test of this block run on one engine. Without LAPACK those for `native` are skipped, and say why. */
export function useEngine(engine: (typeof fasterEngines)[number]): void {
  let before = native.choice();
  beforeEach((context) => {
    if (engine === "native" && why !== null) context.skip(why);
    before = native.select(engine === "native" ? "always" : "off");
  });
  afterEach(() => {
    native.select(before);
  });
}

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
