import * as fc from "fast-check";
import { afterEach, describe, expect, test, vi } from "vitest";
import { ConfigError, LinAlgError } from "../../base/errors.js";
import { engines, withEngine, type Engine } from "../../backends/engines.js";
import { selectWasmBuild } from "../../kernels/index.js";
import { cast } from "../../ops/cast/op.js";
import { matmul } from "../../ops/matmul/op.js";
import { transpose } from "../../ops/transpose/op.js";
import { abstractTensor, randn, tensor } from "../../tensor/create.js";
import type { Tensor } from "../../tensor/tensor.js";
import { expectValues, largestDifference } from "../../../test/expect.js";
import goldens from "../../../test/goldens/eigh.json" with { type: "json" };
import {
  extremeMatrices,
  gluedWilkinson,
  hardMatrices,
  symmetric,
  type Matrices,
} from "../../../test/symmetric.js";
import { eigh, eigvalsh } from "../index.js";
import { eighOp } from "./op.js";

type Float = "float32" | "float64";
const epsilonOf = { float32: 2 ** -23, float64: 2 ** -52 };
const smallest = { float32: 2 ** -149, float64: 2 ** -1074 };

const square = (values: Float64Array, dtype: Float): Tensor => {
  const n = Math.sqrt(values.length);
  return tensor(values, { shape: [n, n], dtype });
};

const values64 = (x: Tensor): Float64Array => Float64Array.from(x.dataSync() as ArrayLike<number>);

const frobenius = (x: Float64Array): number =>
  Math.sqrt(x.reduce((total, value) => total + value * value, 0));

const isAscending = (x: Float64Array): boolean => x.every((value, i) => i === 0 || value >= x[i - 1]);

/** ‖A − VΛVᵀ‖ ≤ 10nε‖A‖ and ‖VᵀV − I‖ ≤ 10nε (Frobenius), ascending values, signs; the same values from eigvalsh. */
function expectLaws(a: Tensor, engine: Engine = "wasm"): void {
  const n = a.sizes[0];
  const dtype = a.dtype as Float;
  const { eigenvalues, eigenvectors } = withEngine(engine, () => eigh(a));
  const exact = values64(a);
  // Everything is compared near 1: in two exact steps, for denormals.
  const exponent = Math.floor(
    Math.log2(exact.reduce((max, x) => Math.max(max, Math.abs(x)), smallest[dtype])),
  );
  const near = (x: number): number => x * 2 ** -Math.ceil(exponent / 2) * 2 ** -Math.floor(exponent / 2);
  const lambda = values64(eigenvalues).map(near);
  const scaled = exact.map(near);
  const vectors = values64(eigenvectors);
  const v = tensor(vectors, { shape: [n, n], dtype: "float64" });
  const weighted = tensor(
    vectors.map((x, i) => x * lambda[i % n]),
    { shape: [n, n], dtype: "float64" },
  );
  const rebuilt = values64(matmul(weighted, transpose(v)));
  const gram = values64(matmul(transpose(v), v));
  const bound = 10 * n * epsilonOf[dtype];
  // Eigenvalues among the denormals are rounded to whole multiples of the smallest one.
  const rounding = n * near(smallest[dtype]);
  const norm = frobenius(scaled);
  expect(frobenius(scaled.map((x, i) => x - rebuilt[i]))).toBeLessThanOrEqual(bound * norm + rounding);
  expect(frobenius(gram.map((x, i) => x - (i % (n + 1) === 0 ? 1 : 0)))).toBeLessThanOrEqual(bound);
  expect(isAscending(lambda)).toBe(true);
  for (let j = 0; j < n; j++) {
    const column = Array.from({ length: n }, (_, i) => vectors[i * n + j]);
    const most = Math.max(...column.map(Math.abs));
    expect(Math.max(...column)).toBeGreaterThanOrEqual(most * (1 - 1e-4));
  }
  const alone = values64(withEngine(engine, () => eigvalsh(a))).map(near);
  expect(isAscending(alone)).toBe(true);
  const apart = alone.map((x, i) => Math.abs(x - lambda[i])).reduce((x, y) => Math.max(x, y), 0);
  expect(apart).toBeLessThanOrEqual(bound * norm + rounding);
}

/** Those of this machine. */
const available = engines().flatMap(({ name, available: here }) => (here ? [name] : []));
const others = available.filter((name) => name !== "wasm");

afterEach(() => selectWasmBuild("auto"));

describe.each(["float32", "float64"] as const)("laws in %s", (dtype) => {
  const [power, denormal] = dtype === "float64" ? [150, 2 ** -1074] : [30, 2 ** -149];
  const matrices: Matrices = { ...hardMatrices, ...extremeMatrices(power, denormal) };

  test.each(Object.keys(matrices))("%s", (name) => {
    for (const n of [1, 2, 3, 5, 31, 32, 33, 63, 64, 65, 130]) expectLaws(square(matrices[name](n), dtype));
  });

  test.each([255, 256, 257])("size %i", (n) => {
    for (const name of ["random", "glued wilkinson", "identity + rank one", "graded down"]) {
      expectLaws(square(matrices[name](n), dtype));
    }
  });

  test("size 513", () => expectLaws(square(hardMatrices.random(513), dtype)));

  test("without fused multiply-add", () => {
    selectWasmBuild("plain");
    for (const n of [3, 33, 130]) {
      for (const name of ["random", "wilkinson", "rank one"]) expectLaws(square(matrices[name](n), dtype));
    }
  });

  test.each(others)("%s", (engine) => {
    for (const name of Object.keys(matrices)) expectLaws(square(matrices[name](9), dtype), engine);
  });
});

describe("goldens of SciPy", () => {
  const wave = (n: number): Float64Array =>
    symmetric(n, (i, j) => Math.sin((i + 1) * (j + 1)) + Math.cos(i + j + 2));
  const matrices: Record<string, Float64Array> = {
    "hilbert 12": hardMatrices.hilbert(12),
    "wilkinson 21": hardMatrices.wilkinson(21),
    "glued 84": gluedWilkinson(84, 1e-8),
    "wave 97": wave(97),
    "smaller index 70": hardMatrices["smaller index"](70),
  };

  const cases = available.flatMap((engine) =>
    Object.entries(goldens.eigenvalues).map(([name, expected]) => [name, engine, expected] as const),
  );

  test.each(cases)("eigenvalues of %s in %s", (name, engine, expected) => {
    const n = expected.length;
    const norm = Math.max(...expected.map(Math.abs));
    for (const dtype of ["float32", "float64"] as const) {
      const a = square(matrices[name], dtype);
      const tolerance = 2 * n * epsilonOf[dtype] * norm;
      expectValues(withEngine(engine, () => eigh(a)).eigenvalues, expected, tolerance);
      expectValues(
        withEngine(engine, () => eigvalsh(a)),
        expected,
        tolerance,
      );
    }
  });

  test("eigenvectors, the largest entry of each positive", () => {
    for (const engine of available) {
      const { eigenvectors } = withEngine(engine, () => eigh(square(wave(6), "float64")));
      expectValues(eigenvectors, goldens.vectorsOfWave6.flat(), 1e-13);
    }
  });
});

describe("operands", () => {
  const wasm = <T>(body: () => T): T => withEngine("wasm", body);

  test("only one triangle is read", () => {
    const full = randn([40, 40], { seed: 3, dtype: "float64" });
    const entries = full.dataSync();
    const from = (lower: boolean): Tensor =>
      square(
        symmetric(40, (i, j) => Number(entries[lower ? i * 40 + j : j * 40 + i])),
        "float64",
      );
    for (const engine of available) {
      withEngine(engine, () => {
        for (const [uplo, whole] of [
          ["L", from(true)],
          ["U", from(false)],
        ] as const) {
          const [half, expected] = [eigh(full, { uplo }), eigh(whole)];
          expect(largestDifference(half.eigenvalues, expected.eigenvalues)).toBeLessThan(1e-12);
          expect(largestDifference(half.eigenvectors, expected.eigenvectors)).toBeLessThan(1e-9);
          expect(largestDifference(eigvalsh(full, { uplo }), eigvalsh(whole))).toBeLessThan(1e-12);
        }
        expect(largestDifference(eigh(full).eigenvalues, eigh(full, { uplo: "L" }).eigenvalues)).toBe(0);
      });
    }
  });

  test("batches, views and half types agree with single matrices in float32", () => {
    const batch = randn([2, 3, 17, 17], { seed: 5 });
    const { eigenvalues, eigenvectors } = wasm(() => eigh(transpose(batch)));
    const alone = wasm(() => eigvalsh(batch, { uplo: "U" }));
    for (let i = 0; i < 6; i++) {
      const matrix = tensor((batch.dataSync() as Float32Array).slice(i * 289, (i + 1) * 289), {
        shape: [17, 17],
      });
      const single = wasm(() => eigh(transpose(matrix)));
      expectValues(single.eigenvalues, eigenvalues.dataSync().slice(i * 17, (i + 1) * 17) as Float32Array, 0);
      expectValues(
        single.eigenvectors,
        eigenvectors.dataSync().slice(i * 289, (i + 1) * 289) as Float32Array,
        0,
      );
    }
    expect(largestDifference(alone, eigenvalues)).toBeLessThan(17 * 10 * 2 ** -23 * 10);
    for (const dtype of ["float16", "bfloat16"] as const) {
      const rounded = cast(batch, dtype);
      const result = wasm(() => eigh(rounded));
      expect(result.eigenvectors.dtype).toBe(dtype);
      const wide = wasm(() => eigh(cast(rounded, "float32")));
      expect(largestDifference(result.eigenvalues, cast(wide.eigenvalues, dtype))).toBe(0);
      const values = wasm(() => [eigvalsh(rounded), eigvalsh(cast(rounded, "float32"))]);
      expect(largestDifference(values[0], cast(values[1], dtype))).toBe(0);
    }
  });

  test("a batch larger than one call takes", () => {
    const count = 220_000;
    const entries = new Float32Array(count * 16);
    for (let i = 0; i < count; i++) entries[16 * i] = i + 1;
    const { eigenvalues, eigenvectors } = wasm(() => eigh(tensor(entries, { shape: [count, 4, 4] })));
    const [values, vectors] = [eigenvalues.dataSync(), eigenvectors.dataSync()];
    const wrong = Array.from({ length: count }, (_, i) => i).filter(
      (i) => values[4 * i] !== 0 || values[4 * i + 3] !== i + 1 || vectors[16 * i + 3] !== 1,
    );
    expect(wrong).toEqual([]);
  });

  test("the same bits every time, whatever ran before", () => {
    const a = square(hardMatrices.random(150), "float64");
    const first = wasm(() => eigh(a));
    wasm(() => eigh(square(hardMatrices.wilkinson(200), "float32")));
    const second = wasm(() => eigh(a));
    expect(largestDifference(first.eigenvectors, second.eigenvectors)).toBe(0);
    expect(largestDifference(first.eigenvalues, second.eigenvalues)).toBe(0);
  });

  test("empty matrices and batches", () => {
    for (const engine of available) {
      withEngine(engine, () => {
        for (const shape of [
          [0, 0],
          [0, 3, 3],
          [2, 0, 0],
        ]) {
          const a = tensor(new Float32Array(0), { shape });
          expect(eigh(a).eigenvalues.shape).toEqual(shape.slice(0, -1));
          expect(eigh(a).eigenvectors.shape).toEqual(shape);
          expect(eigvalsh(a).shape).toEqual(shape.slice(0, -1));
        }
      });
    }
  });

  test("random small matrices agree with the reference", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.integer(), (n, seed) => {
        const a = randn([n, n], { seed, dtype: "float64" });
        const [fast, slow] = (["wasm", "reference"] as const).map((engine) =>
          withEngine(engine, () => [eigh(a).eigenvalues, eigvalsh(a)]),
        );
        const norm = Math.max(...values64(slow[0]).map(Math.abs));
        fast.forEach((x, i) => {
          expect(largestDifference(x, slow[i])).toBeLessThanOrEqual(10 * n * 2 ** -52 * norm);
        });
      }),
      { numRuns: 60 },
    );
  });
});

describe("shape, cost, errors", () => {
  test("shape and cost on names", () => {
    const a = abstractTensor(["B", "n", "n"]);
    const { eigenvalues, eigenvectors } = eigh(a);
    expect([String(eigenvalues.dims), String(eigenvectors.dims)]).toEqual(["B,n", "B,n,n"]);
    const attributes = { uplo: "L" } as const;
    const { flops } = eighOp.cost({ inputs: [a], outputs: eighOp.infer([a], attributes), attributes });
    expect(String(flops)).toBe("9·B·n³");
  });

  test.each(available)("operands that are refused by %s", (engine) => {
    withEngine(engine, () => {
      expect(() => eigh(randn([2, 3]))).toThrow("eigh: [2, 3] is not square: 2 rows and 3 columns");
      expect(() => eigh(tensor([1, 2]))).toThrow("needs at least 2 axes, got [2]");
      expect(() => eigh(randn([2, 2]), { uplo: "lower" as "L" })).toThrow(ConfigError);
      expect(() => eigh(randn([2, 2]), { uplo: "lower" as "L" })).toThrow(
        'unknown uplo "lower"; use "L" or "U"',
      );
      for (const bad of [NaN, Infinity, -Infinity]) {
        const values = new Float64Array(2 * 25);
        values[25 + 3 * 5 + 4] = bad;
        for (const dtype of ["float32", "float64"] as const) {
          const a = tensor(values, { shape: [2, 5, 5], dtype });
          expect(() => eigh(a)).toThrow(LinAlgError);
          expect(() => eigh(a)).toThrow(`eigh: [2, 5, 5] has ${bad} at [1, 3, 4]`);
        }
      }
    });
  });

  test("an iteration that does not converge is an error", async () => {
    const stuck = {
      eighScratchF32: () => 64,
      eighF32: () => -2,
      eigvalshScratchF32: () => 64,
      eigvalshF32: () => -1,
    };
    vi.doMock("../common/workspace.js", async (original) => {
      const workspace = await original<typeof import("../common/workspace.js")>();
      return {
        ...workspace,
        workspaceFor: (a: Tensor) => ({ ...workspace.workspaceFor(a), exports: stuck }),
      };
    });
    vi.resetModules();
    const { solveSymmetric } = await import("./wasm.js");
    vi.doUnmock("../common/workspace.js");
    const [a, values] = [randn([2, 3, 3]), randn([2, 3])];
    expect(() => solveSymmetric("eigh", a, values, randn([2, 3, 3]), "L")).toThrow(
      "eigh: no convergence on [3, 3] of matrix 1",
    );
    expect(() => solveSymmetric("eigvalsh", a, values, undefined, "L")).toThrow("eigvalsh: no convergence");
  });
});
