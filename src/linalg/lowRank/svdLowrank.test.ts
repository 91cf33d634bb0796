import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import "../kernels.js";
import { ConfigError, LinAlgError } from "../../base/errors.js";
import { cast } from "../../ops/cast/op.js";
import { matmul } from "../../ops/matmul/op.js";
import { mul } from "../../ops/mul/op.js";
import { stack } from "../../ops/stack/op.js";
import { sub } from "../../ops/sub/op.js";
import { transpose } from "../../ops/transpose/op.js";
import { abstractTensor, eye, fromElements, ones, randn, tensor, zeros } from "../../tensor/create.js";
import type { DType } from "../../tensor/dtype.js";
import type { Tensor } from "../../tensor/tensor.js";
import { largestDifference, opsOf } from "../../../test/expect.js";
import { matrixNorm } from "../norm/op.js";
import { epsilonOf } from "../common/precision.js";
import { qr } from "../qr/op.js";
import { svd } from "../svd/op.js";
import type { SvdLowrankOptions } from "./options.js";
import { svdLowrank } from "./svdLowrank.js";
import type { LowrankSvd } from "./search.js";

/** m × n with these singular values, and random singular vectors. */
function withSpectrum(m: number, n: number, sigma: readonly number[], seed: number, dtype: DType): Tensor {
  const basis = (size: number, s: number): Tensor =>
    qr(randn([size, sigma.length], { seed: s, dtype: "float64" })).Q!;
  const values = fromElements(Float64Array.from(sigma), [sigma.length], "float64");
  return cast(matmul(mul(basis(m, seed), values), transpose(basis(n, seed + 1))), dtype);
}

const spectrum = (count: number, value: (i: number) => number): number[] =>
  Array.from({ length: count }, (_, i) => value(i));

/** The error of the factors as they are, in float64. */
function trueError(a: Tensor, { U, S, Vh }: LowrankSvd): number {
  const [A, left, values, right] = [a, U, S, Vh].map((x) => cast(x, "float64"));
  const norm = matrixNorm(A).item();
  return norm === 0 ? 0 : matrixNorm(sub(A, matmul(mul(left, values), right))).item() / norm;
}

/** Never smaller than the truth, at most a few per cent larger, or rounding. */
function expectCertified(a: Tensor, result: LowrankSvd): void {
  const real = trueError(a, result);
  expect(result.error).toBeGreaterThanOrEqual(real);
  expect(result.error).toBeLessThanOrEqual(real * 1.02 + 1e-6 * epsilonOf(a.dtype) + 1e-12);
}

function expectFactors(a: Tensor, { U, S, Vh }: LowrankSvd): void {
  const [m, n] = a.sizes.slice(-2);
  const k = S.sizes.at(-1)!;
  const bound = 10 * (m + n) * epsilonOf(a.dtype);
  const identity = eye(k, k, { dtype: a.dtype });
  expect(largestDifference(matmul(transpose(U), U), identity)).toBeLessThan(bound);
  expect(largestDifference(matmul(Vh, transpose(Vh)), identity)).toBeLessThan(bound);
  const values = S.toArray() as number[];
  expect(values).toEqual(values.toSorted((x, y) => y - x));
  for (let j = 0; j < k; j++) {
    const column = (U.toArray() as number[][]).map((row) => row[j]);
    expect(Math.max(...column)).toBeGreaterThanOrEqual(-Math.min(...column));
  }
}

const routes = (run: () => unknown): string[] => opsOf(run).map(({ op }) => op.name);

describe("svdLowrank({ rank })", () => {
  const spectra: [string, (i: number) => number][] = [
    ["exponential", (i) => Math.exp(-0.1 * i)],
    ["steep", (i) => 10 ** (-i / 2)],
    ["flat", () => 1],
    ["1/i", (i) => 1 / (i + 1)],
    ["a step", (i) => (i < 7 ? 1 : 1e-3)],
    ["two levels", (i) => (i < 10 ? 1 : 0.1)], // the Krylov space of one block ends before it holds the ten
    ["rank 5", (i) => (i < 5 ? 1 : 0)],
  ];
  describe.each(spectra)("%s spectrum", (_, value) => {
    test.each([
      [200, 120, "float32"],
      [120, 200, "float64"],
    ] as const)("%d × %d %s from samples: near the best, certified", (m, n, dtype) => {
      const a = withSpectrum(m, n, spectrum(120, value), 1, dtype);
      const run = (): LowrankSvd => svdLowrank(a, { rank: 10, seed: 3 });
      const result = run();
      expect(routes(run)).toContain(dtype === "float64" ? "qr" : "orthonormalRows"); // sampled
      expectFactors(a, result);
      expectCertified(a, result);
      const sigma = spectrum(120, value);
      const squares = (from: number): number => sigma.slice(from).reduce((total, x) => total + x * x, 0);
      const best = Math.sqrt(squares(10) / squares(0));
      expect(result.error).toBeLessThanOrEqual(best * 1.05 + 20 * (m + n) * epsilonOf(dtype));
    });
  });

  test("small matrices go the exact way", () => {
    const a = randn([12, 9], { seed: 5 });
    const result = svdLowrank(a, { rank: 4 });
    const { U, S, Vh } = svd(a);
    expect(largestDifference(result.S, tensor((S.toArray() as number[]).slice(0, 4)))).toBeLessThan(1e-5);
    expectFactors(a, result);
    expectCertified(a, result);
    const full = svdLowrank(a, { rank: 9 });
    expect([full.U.shape, full.Vh.shape]).toEqual([U.shape, Vh.shape]);
    expectCertified(a, full);
  });

  test("any shape, rank and seed: certified", () => {
    const side = fc.integer({ min: 1, max: 60 });
    const dtype = fc.constantFrom("float32" as const, "float64" as const);
    fc.assert(
      fc.property(side, side, fc.nat({ max: 8 }), fc.nat(), dtype, (m, n, k, seed, type) => {
        const rank = Math.min(k, m, n);
        const a = randn([m, n], { seed, dtype: type });
        const result = svdLowrank(a, { rank, seed });
        expectCertified(a, result);
        expectFactors(a, result);
      }),
      { numRuns: 40 },
    );
  });

  test("equal seeds give equal factors, other seeds nearly", () => {
    const a = withSpectrum(
      150,
      100,
      spectrum(100, (i) => 0.8 ** i),
      2,
      "float64",
    );
    const [one, same, other] = [7, 7, 8].map((seed) => svdLowrank(a, { rank: 6, seed }));
    expect(same.U.toArray()).toEqual(one.U.toArray());
    expect(other.U.toArray()).not.toEqual(one.U.toArray());
    expect(largestDifference(other.S, one.S)).toBeLessThan(1e-6);
  });

  test("more iterations and oversampling come closer", () => {
    const a = withSpectrum(
      150,
      120,
      spectrum(120, (i) => 1 / (i + 1) ** 0.5),
      2,
      "float64",
    );
    const error = (iterations: number, oversampling: number): number =>
      svdLowrank(a, { rank: 5, iterations, oversampling }).error;
    expect(error(2, 8)).toBeLessThan(error(0, 8));
    expect(error(2, 8)).toBeLessThan(error(2, 0));
  });

  test.each([
    ["float64", 1e-150],
    ["float64", 1e150],
    ["float64", 1e-300],
    ["float64", 1e300],
    ["float32", 1e-30],
    ["float32", 1e30],
  ] as const)("%s entries of %d", (dtype, scale) => {
    const a = withSpectrum(
      100,
      80,
      spectrum(80, (i) => 0.7 ** i),
      4,
      "float64",
    );
    const scaled = cast(mul(a, scale), dtype);
    const result = svdLowrank(scaled, { rank: 4 });
    const plain = svdLowrank(cast(a, dtype), { rank: 4 });
    expect(result.error / plain.error).toBeCloseTo(1, 5);
    expect((result.S.toArray() as number[])[0] / scale).toBeCloseTo(1, 5);
    expect(svdLowrank(scaled, { tolerance: 0.1 }).S.shape).toEqual(svdLowrank(a, { tolerance: 0.1 }).S.shape);
  });

  test.each(["float16", "bfloat16"] as const)("in %s the error is that of the rounded factors", (dtype) => {
    const a = cast(
      withSpectrum(
        90,
        70,
        spectrum(70, (i) => 0.5 ** i),
        4,
        "float64",
      ),
      dtype,
    );
    const result = svdLowrank(a, { rank: 20 });
    expect(result.U.dtype).toBe(dtype);
    expect(result.error).toBeGreaterThanOrEqual(trueError(a, result));
  });

  test("zero, empty, rank 0, views", () => {
    const zero = svdLowrank(zeros([6, 4]), { rank: 2 });
    expect([zero.error, zero.S.toArray()]).toEqual([0, [0, 0]]);
    expectFactors(zeros([6, 4]), zero);
    const none = svdLowrank(randn([6, 4]), { rank: 0 });
    expect([none.error, none.U.shape, none.Vh.shape]).toEqual([1, [6, 0], [0, 4]]);
    expect(svdLowrank(zeros([0, 4]), { rank: 0 }).error).toBe(0);
    const a = randn([80, 60], { seed: 2 });
    const [plain, view] = [svdLowrank(a, { rank: 3 }), svdLowrank(transpose(a), { rank: 3 })];
    expect(largestDifference(plain.S, view.S)).toBe(0);
    expectFactors(transpose(a), view);
  });

  test("a batch: the error is the largest", () => {
    const sigmas = [0.5, 0.8].map((q) => spectrum(60, (i) => q ** i));
    const matrices = sigmas.map((sigma, i) => withSpectrum(90, 60, sigma, 10 * i, "float64"));
    const result = svdLowrank(stack(matrices), { rank: 4 });
    expect([result.U.shape, result.S.shape, result.Vh.shape]).toEqual([
      [2, 90, 4],
      [2, 4],
      [2, 4, 60],
    ]);
    const each = matrices.map((a) => svdLowrank(a, { rank: 4 }));
    expect(result.error).toBeCloseTo(Math.max(...each.map(({ error }) => error)), 12);
    expect(largestDifference(result.S, stack(each.map(({ S }) => S)))).toBeLessThan(1e-13);
  });
});

describe("svdLowrank({ tolerance })", () => {
  const leastRank = (sigma: readonly number[], tolerance: number): number => {
    const squares = (from: number): number => sigma.slice(from).reduce((total, x) => total + x * x, 0);
    return sigma.findIndex((_, k) => Math.sqrt(squares(k) / squares(0)) <= tolerance);
  };

  test("on the exact way: the least rank of all", () => {
    const sigma = spectrum(24, (i) => 0.7 ** i);
    for (const dtype of ["float32", "float64"] as const) {
      const a = withSpectrum(30, 24, sigma, 6, dtype);
      for (const tolerance of [0.9, 0.5, 0.1, 0.01, 1e-3]) {
        const result = svdLowrank(a, { tolerance });
        expect(result.S.size).toBe(leastRank(sigma, tolerance));
        expect(result.error).toBeLessThanOrEqual(tolerance);
        expectCertified(a, result);
      }
    }
  });

  test.each([0.5, 0.1, 0.01, 1e-4])(
    "from samples, %d: met, and at most two more than the least",
    (tolerance) => {
      const sigma = spectrum(110, (i) => 0.8 ** i);
      for (const dtype of ["float32", "float64"] as const) {
        const a = withSpectrum(200, 110, sigma, 6, dtype);
        const result = svdLowrank(a, { tolerance });
        expect(result.error).toBeLessThanOrEqual(tolerance);
        expectCertified(a, result);
        expectFactors(a, result);
        expect(result.S.size - leastRank(sigma, tolerance)).toBeLessThanOrEqual(2);
      }
    },
  );

  test("energy τ is the error √(1 − τ)", () => {
    const a = withSpectrum(
      40,
      30,
      spectrum(30, (i) => 0.8 ** i),
      6,
      "float64",
    );
    const byEnergy = svdLowrank(a, { energy: 0.99 });
    expect(byEnergy.S.size).toBe(svdLowrank(a, { tolerance: 0.1 }).S.size);
    expect(svdLowrank(a, { energy: 0 }).S.size).toBe(0);
  });

  test("all the energy of a matrix of rank 5 is in 5 triplets", () => {
    for (const dtype of ["float32", "float64"] as const) {
      const a = withSpectrum(80, 50, [5, 4, 3, 2, 1], 6, dtype);
      expect(svdLowrank(a, { energy: 1 }).S.size).toBe(5);
    }
  });

  test("tolerance 1 and the zero matrix need nothing", () => {
    expect(svdLowrank(randn([5, 4]), { tolerance: 1 }).S.size).toBe(0);
    expect(svdLowrank(zeros([5, 4]), { tolerance: 0.1 })).toMatchObject({ error: 0 });
  });

  test("what rounding forbids is said", () => {
    const a = randn([20, 10], { seed: 1 });
    expect(() => svdLowrank(a, { tolerance: 1e-12 })).toThrow(
      /no rank of \[20, 10\] has an error of 1e-12 or less: rounding to float32 leaves .*cast to float64/,
    );
    expect(svdLowrank(cast(a, "float64"), { tolerance: 1e-12 }).S.size).toBe(10);
    expect(() => svdLowrank(cast(a, "float64"), { tolerance: 0 })).toThrow(LinAlgError);
  });
});

describe("svdLowrank on hard matrices", () => {
  const hilbert = Array.from({ length: 90 }, (_, i) =>
    Array.from({ length: 60 }, (_unused, j) => 1 / (i + j + 1)),
  );
  const kahan = Array.from({ length: 60 }, (_, i) =>
    Array.from({ length: 60 }, (_unused, j) => (i === j ? 1 : j > i ? -0.6 : 0) * 0.8 ** i),
  );
  const hollow = Array.from({ length: 90 }, (_, i) =>
    Array.from({ length: 60 }, (_unused, j) => (j % 3 === 0 ? 0 : Math.sin(i * j))),
  );
  const graded = Array.from({ length: 90 }, (_, i) =>
    Array.from({ length: 60 }, (_unused, j) => Math.cos(i + 7 * j) * 2 ** -j),
  );
  const permutation = Array.from({ length: 60 }, (_, i) =>
    Array.from({ length: 60 }, (_unused, j) => Number(j === (i * 7) % 60)),
  );
  test.each([
    ["Hilbert", hilbert],
    ["Kahan", kahan],
    ["zero columns", hollow],
    ["graded", graded],
    ["permutation", permutation],
    ["zero", hilbert.map((row) => row.map(() => 0))],
    ["rank 1", hilbert.map((row, i) => row.map((_, j) => (i + 1) * (j - 20)))],
  ])("%s", (_, rows) => {
    for (const dtype of ["float32", "float64"] as const) {
      const a = tensor(rows, { dtype });
      for (const options of [{ rank: 5 }, { tolerance: 0.2 }, { energy: 0.9 }] as const) {
        const result = svdLowrank(a, options);
        expectFactors(a, result);
        expectCertified(a, result);
      }
    }
  });

  // The space ends at once, and rounding errs alike in every column.
  test("equal entries, and equal rows", () => {
    const row = randn([1, 400], { seed: 4 });
    for (const a of [ones([300, 400]), mul(ones([300, 1]), row), mul(ones([400, 300]), 1 / 3)]) {
      for (const seed of [0, 1, 2, 3]) {
        const result = svdLowrank(a, { rank: 5, seed });
        expectFactors(a, result);
        expectCertified(a, result);
        expect(result.error).toBeLessThan(2 * Math.sqrt(700) * epsilonOf("float32"));
      }
    }
  });

  test.each([31, 32, 33, 63, 64, 65])("a rank at the edges of blocks: %d of 200 × 150", (rank) => {
    const a = randn([200, 150], { seed: rank });
    const result = svdLowrank(a, { rank });
    expectFactors(a, result);
    expectCertified(a, result);
  });
});

describe("svdLowrank on names", () => {
  test("a batch of known matrices is traced through its ops", () => {
    const run = (): LowrankSvd => svdLowrank(abstractTensor(["B", 768, 3072]), { rank: 64 });
    const { U, S, Vh, error } = run();
    expect([U, S, Vh].map((x) => String(x.dims))).toEqual(["B,768,64", "B,64", "B,64,3072"]);
    expect(error).toBeNaN();
    const products = opsOf(run).filter(({ op }) => op.name === "matmul");
    const flops = products.map(({ op, inputs, outputs }) =>
      String(op.cost({ inputs, outputs, attributes: undefined as never }).flops),
    );
    const factors = flops.map((formula) => formula.split("·").toSorted().join("·"));
    expect(factors.filter((product) => product === "2·3072·32·768·B")).toHaveLength(8);
  });

  test("the same ops as on data", () => {
    const names = (a: Tensor): string[] => routes(() => svdLowrank(a, { rank: 5 }));
    expect(names(abstractTensor([200, 150]))).toEqual(names(randn([200, 150])));
  });

  test("sides that are names count as longer than the samples", () => {
    let result: LowrankSvd;
    const products = opsOf(() => {
      result = svdLowrank(abstractTensor(["m", "n"]), { rank: 64 });
    }).filter(({ op }) => op.name === "matmul");
    const flops = products.map(({ op, ...call }) => String(op.cost(call as never).flops));
    const factors = flops.map((formula) => formula.split("·").toSorted().join("·"));
    expect(factors.filter((product) => product === "2·32·m·n")).toHaveLength(8);
    const { U, S, Vh } = result!;
    expect([U, S, Vh].map((x) => String(x.dims))).toEqual(["m,64", "64", "64,n"]);
    const mixed = svdLowrank(abstractTensor(["m", 3072], "float64"), { rank: 8 });
    expect([mixed.U, mixed.Vh].map((x) => String(x.dims))).toEqual(["m,8", "8,3072"]);
    // No matrix has two named sides but what is given.
    const dims = opsOf(() => svdLowrank(abstractTensor([768, "n"]), { rank: 64 })).flatMap(({ outputs }) =>
      outputs.map((x) => String(x.dims)),
    );
    expect(dims).not.toContain("n,n");
  });

  test("a rank that depends on the values is refused", () => {
    expect(() => svdLowrank(abstractTensor([20, 10]), { tolerance: 0.1 })).toThrow(
      "give { rank } to trace it",
    );
  });
});

describe("svdLowrank refuses", () => {
  test.each([
    [{}, "give exactly one of { rank }, { tolerance } and { energy }, got none"],
    [{ rank: 1, energy: 0.5 }, "got rank and energy"],
    [{ rank: 5 }, "the rank of [6, 4] is an integer from 0 to 4, got 5"],
    [{ rank: 1.5 }, "got 1.5"],
    [{ tolerance: -1 }, "tolerance must be a number from 0 to Infinity, got -1"],
    [{ energy: 1.5 }, "energy must be a number from 0 to 1, got 1.5"],
    [{ rank: 1, iterations: -1 }, "iterations must be an integer >= 0, got -1"],
    [{ rank: 1, oversampling: 0.5 }, "oversampling must be an integer >= 0, got 0.5"],
  ])("%o", (options, message) => {
    const run = (): unknown => svdLowrank(randn([6, 4]), options as SvdLowrankOptions);
    expect(run).toThrow(ConfigError);
    expect(run).toThrow(message);
  });

  test("NaN, infinity, vectors", () => {
    expect(() => svdLowrank(tensor([[1, NaN]]), { rank: 1 })).toThrow("svdLowrank: [1, 2] has NaN at [0, 1]");
    expect(() => svdLowrank(tensor([[-Infinity, 0]]), { rank: 1 })).toThrow(LinAlgError);
    expect(() => svdLowrank(tensor([1, 2]), { rank: 1 })).toThrow("needs at least 2 axes");
  });
});
