// Every maker of BLAS libraries whose library is on this machine, from the search to a decomposition.
import { afterEach, describe, expect, test, vi, type TestContext } from "vitest";
import { largestDifference } from "../../test/expect.js";
import { freshEngine } from "../../test/linalg/fresh-engine.js";
import type { DType } from "../tensor/dtype.js";

afterEach(() => {
  vi.unstubAllEnvs();
  vi.resetModules();
});

async function load(library: string, context: TestContext) {
  const loaded = await freshEngine({ LINTEL_BLAS: library, LINTEL_THREADS: "2" });
  const [{ available, native, summary }] = loaded.engines();
  if (!available) context.skip(summary);
  return { ...loaded, native: native! };
}

/** The distance from 1 to the next number. */
const epsilons: Partial<Record<DType, number>> = { float32: 2 ** -23, float64: 2 ** -52 };

describe.each([
  ["openblas", "openblas", 32],
  ["libopenblas64.so.0", "openblas", 64],
  ["blis", "blis", 32],
  ["libblis64.so.4", "blis", 64],
  ["mkl", "mkl", 32],
] as const)("LINTEL_BLAS=%s", (library, family, integerBits) => {
  test("is known for what it is", async (context) => {
    const { native } = await load(library, context);
    expect(native).toMatchObject({ available: true, library: family, integerBits, threads: 2 });
    expect(native.path).toContain(family);
  });

  // The last is large enough for two threads; a row and a column are products of their own.
  const shapes = [
    [3, 5, 4],
    [1, 90, 100],
    [100, 90, 1],
    [130, 129, 131],
  ] as const;
  test.for(["float32", "float64"] as const)("products, %s", async (dtype, context) => {
    const { withEngine, randn, matmul, transpose } = await load(library, context);
    for (const [m, k, n] of shapes) {
      const [a, b] = [randn([2, m, k], { seed: 1, dtype }), randn([2, k, n], { seed: 2, dtype })];
      const [turnedA, turnedB] = [randn([2, k, m], { seed: 3, dtype }), randn([2, n, k], { seed: 4, dtype })];
      const results = () => [
        matmul(a, b),
        matmul(transpose(turnedA, -2, -1), b),
        matmul(a, transpose(turnedB, -2, -1)),
        matmul(transpose(turnedA, -2, -1), transpose(turnedB, -2, -1)),
      ];
      const theirs = withEngine("reference", results);
      withEngine("native", results).forEach((ours, i) => {
        expect(largestDifference(ours, theirs[i])).toBeLessThan(4 * k * epsilons[dtype]!);
      });
    }
  });

  test("decompositions, by its LAPACK or without", async (context) => {
    const { withEngine, linalg, randn } = await load(library, context);
    const a = randn([40, 30], { seed: 5, dtype: "float64" });
    const results = () => [linalg.qr(a).R, linalg.svdvals(a), linalg.svd(a).S];
    const theirs = withEngine("reference", results);
    withEngine("native", results).forEach((ours, i) => {
      expect(largestDifference(ours, theirs[i])).toBeLessThan(1e-13);
    });
  });
});

test("BLIS with the LAPACK of another library", async (context) => {
  const { engines, withEngine, linalg, randn } = await freshEngine({
    LINTEL_BLAS: "blis",
    LINTEL_LAPACK: "libopenblas.so.0",
  });
  const [{ available, native, summary }] = engines();
  if (!available) context.skip(summary);
  if (native?.lapack?.available !== true) context.skip(native?.lapack?.reason ?? "no LAPACK");
  expect(native).toMatchObject({ library: "blis", lapack: { file: "libopenblas.so.0" } });
  const a = randn([40, 30], { seed: 6, dtype: "float64" });
  const theirs = withEngine("reference", () => linalg.svd(a).S);
  expect(
    largestDifference(
      withEngine("native", () => linalg.svd(a).S),
      theirs,
    ),
  ).toBeLessThan(1e-13);
});
