import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import "../kernels.js";
import { fasterEngines, useEngine } from "../../../test/linalg/engines.js";
import { withEngine } from "../../backends/engines.js";
import { selectWasmBuild } from "../../kernels/index.js";
import { linalgKernels } from "../../kernels/linalg.js";
import { LinAlgError } from "../../base/errors.js";
import { cast } from "../../ops/cast/op.js";
import { select } from "../../ops/select/op.js";
import { transpose } from "../../ops/transpose/op.js";
import { abstractTensor, full, randn, tensor, zeros } from "../../tensor/create.js";
import type { Tensor } from "../../tensor/tensor.js";
import { eig, eigOp, eigvals, eigvalsOp } from "./op.js";
import {
  eigenvalueError,
  expectEig,
  frobenius,
  normOf,
  numbers,
  residualOf,
  spectralDistance,
  square,
} from "../../../test/linalg/eig-laws.js";

/** A bounded number that looks random and depends on i and j alone. */
const noise = (i: number, j: number): number => Math.sin(i * 12.9898 + j * 78.233 + i * j * 0.7131);

const hard: readonly (readonly [string, number, (i: number, j: number, n: number) => number])[] = [
  ["all zero", 9, () => 0],
  ["identity", 9, (i, j) => Number(i === j)],
  ["all ones", 9, () => 1],
  ["rank one", 12, (i, j) => (i + 1) / (j + 2)],
  ["nilpotent", 10, (i, j) => Number(j === i + 1)],
  ["Jordan block", 16, (i, j) => (i === j ? 3 : Number(j === i + 1))],
  ["Jordan block, transposed", 16, (i, j) => (i === j ? 3 : Number(i === j + 1))],
  ["upper triangular", 20, (i, j) => (j < i ? 0 : noise(i, j))],
  ["lower triangular", 20, (i, j) => (j > i ? 0 : noise(i, j))],
  ["Hessenberg", 25, (i, j) => (j < i - 1 ? 0 : noise(i, j))],
  ["block triangular", 24, (i, j) => (i >= 10 && j < 10 ? 0 : noise(i, j))],
  ["zero rows and columns", 20, (i, j) => (i % 5 === 1 || j % 4 === 2 ? 0 : noise(i, j))],
  ["symmetric", 30, (i, j) => noise(Math.min(i, j), Math.max(i, j))],
  ["skew", 31, (i, j) => noise(Math.min(i, j), Math.max(i, j)) * Math.sign(i - j)],
  ["Frank", 20, (i, j, n) => (j < i - 1 ? 0 : n - Math.max(i, j))],
  ["Grcar", 60, (i, j) => (i === j + 1 ? -1 : j >= i && j <= i + 3 ? 1 : 0)],
  ["Hilbert", 14, (i, j) => 1 / (i + j + 1)],
  ["Wilkinson", 21, (i, j) => (i === j ? Math.abs(i - 10) : Number(Math.abs(i - j) === 1))],
  ["companion of random coefficients", 40, (i, j) => (i === 0 ? noise(0, j) : Number(i === j + 1))],
  ["repeated complex pairs", 20, (i, j) => (i >> 1 === j >> 1 ? [1, 2, -2, 1][(i & 1) * 2 + (j & 1)] : 0)],
  [
    "coupled repeated pairs",
    12,
    (i, j) => (j === i + 2 ? 1 : i >> 1 === j >> 1 ? [1, 2, -2, 1][(i & 1) * 2 + (j & 1)] : 0),
  ],
  ["clustered", 30, (i, j) => Number(i === j) + 1e-12 * noise(i, j)],
  ["graded rows", 20, (i, j, n) => noise(i, j) * 10 ** (-20 * (i / n))],
  ["graded rows, small first", 21, (i, j, n) => noise(i, j) * 10 ** (15 * (i / n - 1))],
  ["graded rows, small first, over 10^300", 21, (i, j, n) => noise(i, j) * 10 ** (300 * (i / n - 1))],
  ["graded rows in no order", 33, (i, j, n) => noise(i, j) * 10 ** (-60 * (((i * 7) % n) / n))],
  ["graded rows, sparse", 24, (i, j, n) => ((i * j) % 3 === 1 ? 0 : noise(i, j) * 10 ** (30 * (i / n - 1)))],
  ["graded columns over 10^150", 8, (i, j, n) => noise(i, j) * 10 ** (-150 * (j / n))],
  ["graded both ways", 20, (i, j) => noise(i, j) * 10 ** (-8 * (i + j))],
  ["large", 20, (i, j) => noise(i, j) * 1e150],
  ["largest", 6, (i, j) => noise(i, j) * 1e307],
  ["small", 20, (i, j) => noise(i, j) * 1e-150],
  ["denormal", 8, (i, j) => noise(i, j) * 1e-312],
];

const anEngine = fc.constantFrom<"wasm" | "reference">("wasm", "reference");

describe.each(fasterEngines)("eig, %s", (faster) => {
  useEngine(faster);

  test("laws on random matrices, both engines and types", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 24 }),
        fc.integer(),
        fc.boolean(),
        anEngine,
        (n, seed, double, engine) => {
          withEngine(engine, () => expectEig(randn([n, n], { seed, dtype: double ? "float64" : "float32" })));
        },
      ),
      { numRuns: 60 },
    );
  });

  test("laws on sparse matrices of small integers: isolated, repeated and defective eigenvalues", () => {
    const entry = fc.constantFrom(0, 0, 0, 1, -1, 2);
    const matrix = fc
      .integer({ min: 1, max: 9 })
      .chain((n) => fc.tuple(fc.constant(n), fc.array(entry, { minLength: n * n, maxLength: n * n })));
    fc.assert(
      fc.property(matrix, anEngine, ([n, entries], engine) => {
        withEngine(engine, () => expectEig(square(n, (i, j) => entries[i * n + j])));
      }),
      { numRuns: 300 },
    );
  });

  test("laws where a block of two is singular but for rounding", () => {
    // prettier-ignore
    const entries = [
      2, 0, 0, 0, 0, 0,   0, 2, 2, 0, 0, -1,   2, 0, 0, 1, 1, 1,
      -1, 0, 0, 0, 0, 0,   0, -1, -1, 2, 2, 0,   1, -1, -1, 0, 0, 0,
    ];
    for (const engine of ["wasm", "reference"] as const) {
      withEngine(engine, () => expectEig(square(6, (i, j) => entries[6 * i + j])));
    }
  });

  test("laws on matrices whose rows and columns are of any size", () => {
    const exponents = (n: number) =>
      fc.array(fc.integer({ min: -60, max: 60 }), { minLength: n, maxLength: n });
    const matrix = fc
      .integer({ min: 2, max: 20 })
      .chain((n) => fc.tuple(fc.constant(n), exponents(n), exponents(n), fc.integer()));
    fc.assert(
      fc.property(matrix, anEngine, ([n, rows, columns, seed], engine) => {
        const entries = numbers(randn([n, n], { seed, dtype: "float64" }));
        const a = square(n, (i, j) => entries[i * n + j] * 10 ** (rows[i] + columns[j]));
        withEngine(engine, () => expectEig(a));
      }),
      { numRuns: 100 },
    );
  });

  test.each([0, 1, 2, 3, 31, 32, 33, 63, 64, 65, 255, 256, 257])("laws at n = %i", (n) => {
    expectEig(randn([n, n], { seed: n, dtype: "float64" }));
    if (n < 200) expectEig(randn([n, n], { seed: n, dtype: "float32" }));
  });

  // From 150 rows on the iteration sweeps many bulges at once and looks for converged eigenvalues in windows.
  const large: readonly (readonly [string, number, (i: number, j: number, n: number) => number])[] = [
    ["symmetric", 170, (i, j) => noise(Math.min(i, j), Math.max(i, j))],
    ["skew", 171, (i, j) => noise(Math.min(i, j), Math.max(i, j)) * Math.sign(i - j)],
    ["cyclic permutation", 200, (i, j, n) => Number((i + 1) % n === j)],
    ["companion of random coefficients", 180, (i, j) => (i === 0 ? noise(0, j) : Number(i === j + 1))],
    ["Grcar", 160, (i, j) => (i === j + 1 ? -1 : j >= i && j <= i + 3 ? 1 : 0)],
    ["Frank", 160, (i, j, n) => (j < i - 1 ? 0 : n - Math.max(i, j))],
    ["rank one", 160, (i, j) => (i + 1) / (j + 2)],
    ["repeated blocks", 192, (i, j) => (i >> 4 === j >> 4 ? noise(i & 15, j & 15) : 0)],
    ["coupled blocks", 192, (i, j) => (i >> 4 === j >> 4 ? noise(i & 15, j & 15) : j > i ? 1e-3 : 0)],
    ["clustered", 170, (i, j) => Number(i === j) + 1e-10 * noise(i, j)],
    ["graded both ways", 170, (i, j) => noise(i, j) * 10 ** (-(i + j) / 4)],
    ["graded rows, small first", 170, (i, j, n) => noise(i, j) * 10 ** (100 * (i / n - 1))],
    ["zero rows and columns", 230, (i, j) => (i % 5 === 1 || j % 4 === 2 ? 0 : noise(i, j))],
    ["large", 170, (i, j) => noise(i, j) * 1e200],
    ["small", 170, (i, j) => noise(i, j) * 1e-200],
  ];
  test.each(large)("laws, many rows: %s", (_, n, entry) => {
    const a = square(n, (i, j) => entry(i, j, n));
    const { re, im } = expectEig(a);
    const values = eigvals(a);
    expect(values.re.shape).toEqual([n]);
    // The traces of A and A² bind the eigenvalues that come without vectors.
    const norm = normOf(a);
    const moments = (x: Float64Array, y: Float64Array): number[] => [
      x.reduce((sum, value) => sum + value / norm, 0),
      x.reduce((sum, value, j) => sum + (value / norm) ** 2 - (y[j] / norm) ** 2, 0),
    ];
    const [wanted, found] = [moments(re, im), moments(numbers(values.re), numbers(values.im))];
    wanted.forEach((value, k) => {
      expect(Math.abs(value - found[k])).toBeLessThanOrEqual(20 * n * 2 ** -52);
    });
  });

  test("laws with the plain build", () => {
    selectWasmBuild("plain");
    try {
      for (const n of [5, 66, 160]) expectEig(randn([n, n], { seed: n, dtype: "float64" }));
    } finally {
      selectWasmBuild("auto");
    }
  });

  test.each(hard)("laws: %s", (_, n, entry) => {
    const a = square(n, (i, j) => entry(i, j, n));
    expectEig(a);
    withEngine("reference", () => expectEig(a));
  });

  test.each(hard)("eigvals obeys the laws without vectors: %s", (_, n, entry) => {
    const a = square(n, (i, j) => entry(i, j, n));
    const norm = normOf(a);
    // Denormal eigenvalues are rounded to multiples of the smallest one.
    const tolerance = 10 * n * 2 ** -52 + (n * 2 ** -1074) / (norm || 1);
    const diagonal = numbers(a).filter((_x, at) => at % (n + 1) === 0);
    for (const engine of [faster, "reference"] as const) {
      const { re, im } = withEngine(engine, () => eigvals(a));
      const values = { re: numbers(re), im: numbers(im) };
      expect(eigenvalueError(a, values)).toBeLessThanOrEqual(tolerance);
      const traces = [diagonal, values.re].map((x) => x.reduce((sum, y) => sum + y / (norm || 1), 0));
      expect(Math.abs(traces[0] - traces[1])).toBeLessThanOrEqual(tolerance);
    }
  });

  test.each([80, 150, 300])("graded rows over 10^%i: as accurate as the balanced matrix", (grade) => {
    const n = 20;
    const d = Array.from({ length: n }, (_, i) => 2 ** Math.round((-grade * Math.log2(10) * i) / n / 2));
    const a = Float64Array.from(
      { length: n * n },
      (_, at) => noise(Math.floor(at / n), at % n) * d[Math.floor(at / n)] ** 2,
    );
    const balanced = a.map((x, at) => (x / d[Math.floor(at / n)]) * d[at % n]);
    for (const engine of ["wasm", "reference"] as const) {
      const { eigenvalues, eigenvectors } = withEngine(engine, () => eig(tensor(a, { shape: [n, n] })));
      const [re, im] = [eigenvectors.re, eigenvectors.im].map((x) =>
        numbers(x).map((value, at) => value / d[Math.floor(at / n)]),
      );
      for (let j = 0; j < n; j++) {
        let length = 0;
        for (let at = j; at < n * n; at += n) length = Math.hypot(length, re[at], im[at]);
        for (let at = j; at < n * n; at += n) {
          re[at] /= length;
          im[at] /= length;
        }
      }
      const values = { re: numbers(eigenvalues.re), im: numbers(eigenvalues.im) };
      expect(residualOf(n, balanced, values, { re, im })).toBeLessThanOrEqual(
        10 * n * 2 ** -52 * frobenius(balanced),
      );
      const alone = withEngine(engine, () => eigvals(tensor(a, { shape: [n, n] })));
      const found = { re: numbers(alone.re), im: numbers(alone.im) };
      expect(eigenvalueError(tensor(balanced, { shape: [n, n] }), found)).toBeLessThanOrEqual(
        10 * n * 2 ** -52,
      );
    }
  });

  test("eigvals gives the eigenvalues of eig", () => {
    for (const n of [4, 30, 200]) {
      const a = randn([n, n], { seed: n, dtype: "float64" });
      const { re, im } = eig(a).eigenvalues;
      const values = eigvals(a);
      const distance = spectralDistance(
        { re: numbers(values.re), im: numbers(values.im) },
        { re: numbers(re), im: numbers(im) },
      );
      expect(distance).toBeLessThan(1e-11 * normOf(a));
    }
  });

  test("the product of the eigenvalues is the determinant", () => {
    // Entries from −5 to 5: Bareiss' elimination is exact in float64.
    const determinant = (n: number, entries: readonly number[]): number => {
      const m = Array.from({ length: n }, (_, i) => entries.slice(i * n, (i + 1) * n));
      let [sign, previous] = [1, 1];
      for (let k = 0; k < n - 1; k++) {
        const pivot = m.findIndex((row, i) => i >= k && row[k] !== 0);
        if (pivot === -1) return 0;
        if (pivot !== k) [m[k], m[pivot], sign] = [m[pivot], m[k], -sign];
        for (let i = k + 1; i < n; i++) {
          for (let j = k + 1; j < n; j++) m[i][j] = (m[i][j] * m[k][k] - m[i][k] * m[k][j]) / previous;
        }
        previous = m[k][k];
      }
      return sign * m[n - 1][n - 1];
    };
    const matrix = fc
      .integer({ min: 1, max: 6 })
      .chain((n) =>
        fc.tuple(
          fc.constant(n),
          fc.array(fc.integer({ min: -5, max: 5 }), { minLength: n * n, maxLength: n * n }),
        ),
      );
    fc.assert(
      fc.property(matrix, anEngine, ([n, entries], engine) => {
        const a = square(n, (i, j) => entries[i * n + j]);
        const values = withEngine(engine, () => eigvals(a));
        const [re, im] = [numbers(values.re), numbers(values.im)];
        let [x, y] = [1, 0];
        re.forEach((value, j) => ([x, y] = [x * value - y * im[j], x * im[j] + y * value]));
        const bound = 10 * n * n * 2 ** -52 * normOf(a) ** n;
        expect(Math.hypot(x - determinant(n, entries), y)).toBeLessThanOrEqual(bound);
      }),
    );
  });

  test("batches, views and half types", () => {
    const a = randn([2, 3, 7, 7], { seed: 1, dtype: "float64" });
    const { eigenvalues, eigenvectors } = eig(a);
    expect(eigenvalues.re.shape).toEqual([2, 3, 7]);
    expect(eigenvectors.im.shape).toEqual([2, 3, 7, 7]);
    const part = (x: Tensor): Tensor => select(select(x, 0, 1), 0, 2);
    const one = eig(part(a));
    expect(part(eigenvalues.im).toArray()).toEqual(one.eigenvalues.im.toArray());
    expect(part(eigenvectors.re).toArray()).toEqual(one.eigenvectors.re.toArray());
    expectEig(transpose(part(a)));
    expectEig(cast(part(a), "float16"));
    expectEig(cast(part(a), "bfloat16"));
    expect(eig(zeros([0, 3, 3])).eigenvectors.re.shape).toEqual([0, 3, 3]);
    expect(eigvals(zeros([2, 0, 0])).re.shape).toEqual([2, 0]);
  });

  test("shape and cost on names", () => {
    const a = abstractTensor(["B", "n", "n"]);
    expect(String(eig(a).eigenvectors.im.dims)).toBe("B,n,n");
    expect(String(eigvals(a).im.dims)).toBe("B,n");
    const flops = (op: typeof eigOp) =>
      String(op.cost({ inputs: [a], outputs: op.infer([a], undefined), attributes: undefined }).flops);
    expect([flops(eigOp), flops(eigvalsOp)]).toEqual(["25·B·n³", "10·B·n³"]);
    const b = abstractTensor([256, 256]);
    const call = { inputs: [b], outputs: eigOp.infer([b], undefined), attributes: undefined };
    expect(eigOp.cost(call).flops.value()).toBe(BigInt(25 * 256 ** 3));
  });

  test("errors", () => {
    expect(() => eig(randn([2, 3]))).toThrow("eig: [2, 3] is not square: 2 rows and 3 columns");
    expect(() => eigvals(randn([2, 3]))).toThrow("eigvals: [2, 3] is not square");
    expect(() => eig(tensor([1, 2]))).toThrow("eig: needs at least 2 axes, got [2]");
    expect(() => eig(full([3, 3], 1, { dtype: "int32" }))).toThrow("eig");
    for (const engine of ["wasm", "reference"] as const) {
      for (const bad of [NaN, Infinity, -Infinity]) {
        const a = square(3, (i, j) => (i === 1 && j === 2 ? bad : 1));
        expect(() => withEngine(engine, () => eig(a))).toThrow(LinAlgError);
        expect(() => withEngine(engine, () => eigvals(a))).toThrow(`eigvals: [3, 3] has ${bad} at [1, 2]`);
      }
    }
  });

  test("no convergence names the matrix and counts the eigenvalues that were found", () => {
    const kernels = linalgKernels()!;
    const { exports } = kernels;
    // No matrix is known on which the iteration stalls.
    let call = 0;
    Object.assign(kernels, { exports: { ...exports, eigF64: () => (++call === 3 ? 2 : 0) } });
    try {
      expect(() => withEngine("wasm", () => eigvals(zeros([4, 5, 5])))).toThrow(
        expect.objectContaining({
          name: "LinAlgError",
          message: expect.stringContaining(
            "eigvals: the QR iteration on [4, 5, 5] (matrix 2 of the batch) stopped after 3 of 5 eigenvalues",
          ),
          details: { op: "eigvals", shape: [4, 5, 5], matrix: 2, converged: 3 },
        }),
      );
    } finally {
      Object.assign(kernels, { exports });
    }
  });
});
