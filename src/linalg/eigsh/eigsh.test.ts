import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import "../kernels.js";
import { ConfigError, LinAlgError } from "../../base/errors.js";
import { add } from "../../ops/add/op.js";
import { matmul } from "../../ops/matmul/op.js";
import { mul } from "../../ops/mul/op.js";
import { sub } from "../../ops/sub/op.js";
import { transpose } from "../../ops/transpose/op.js";
import { eye, randn, tensor, zeros } from "../../tensor/create.js";
import type { Tensor } from "../../tensor/tensor.js";
import { largestDifference } from "../../../test/expect.js";
import { eigh } from "../eigh/op.js";
import { vectorNorm } from "../norm/op.js";
import { qr } from "../qr/op.js";
import { eigsh, type Eigenpairs } from "./eigsh.js";

const float64 = { dtype: "float64" } as const;
const symmetric = (n: number, seed: number): Tensor => {
  const g = randn([n, n], { seed, ...float64 });
  return add(g, transpose(g));
};
const withEigenvalues = (values: readonly number[], seed: number): Tensor => {
  const Q = qr(randn([values.length, values.length], { seed, ...float64 })).Q!;
  return matmul(mul(Q, tensor([...values], float64)), transpose(Q));
};
const values = ({ eigenvalues }: Eigenpairs): number[] => eigenvalues.toArray() as number[];

/** The residuals are what is claimed, and the vectors orthonormal. */
function expectPairs(a: Tensor, pairs: Eigenpairs, bound: number): void {
  const { eigenvalues, eigenvectors: v, residuals } = pairs;
  const rest = vectorNorm(sub(matmul(a, v), mul(v, eigenvalues)), { axis: 0 }).toArray() as number[];
  const claimed = residuals.toArray() as number[];
  rest.forEach((size, i) => expect(size).toBeLessThanOrEqual(claimed[i]));
  expect(Math.max(...claimed)).toBeLessThan(bound);
  const k = v.sizes[1];
  expect(largestDifference(matmul(transpose(v), v), eye(k, k, { dtype: v.dtype }))).toBeLessThan(bound);
}

describe("eigsh", () => {
  test.each(["LM", "LA", "SA"] as const)("%s of random matrices are those of eigh", (which) => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 5 }),
        fc.nat(),
        (n, count, seed) => {
          const [a, k] = [symmetric(n, seed), Math.min(count, n)];
          const pairs = eigsh(a, { k, which, seed });
          const all = eigh(a).eigenvalues.toArray() as number[];
          const key = { LM: (x: number) => -Math.abs(x), LA: (x: number) => -x, SA: (x: number) => x }[which];
          const expected = all
            .toSorted((x, y) => key(x) - key(y))
            .slice(0, k)
            .toSorted((x, y) => x - y);
          values(pairs).forEach((value, i) => expect(Math.abs(value - expected[i])).toBeLessThan(1e-12 * n));
          expectPairs(a, pairs, 1e-11);
        },
      ),
      { numRuns: 25 },
    );
  });

  // The path graph's Laplacian: 4 sin²(πj / 2n), j = 0 … n − 1; crowded at both ends.
  test("the Laplacian of a path of 200, as a function", () => {
    const n = 200;
    const laplacian = (x: Tensor): Tensor => {
      const v = x.toArray() as number[];
      return tensor(
        v.map((value, i) => (i > 0 ? value - v[i - 1] : 0) + (i < n - 1 ? value - v[i + 1] : 0)),
        float64,
      );
    };
    const found = values(eigsh(laplacian, { n, k: 4, which: "LA", ...float64, basisSize: 40 }));
    [4, 3, 2, 1].forEach((j, i) =>
      expect(found[i]).toBeCloseTo(4 * Math.sin((Math.PI * (n - j)) / (2 * n)) ** 2, 10),
    );
  });

  test("float32 functions", () => {
    const diagonal = tensor(Array.from({ length: 500 }, (_, i) => i / 500));
    const pairs = eigsh((x) => mul(diagonal, x), { n: 500, k: 3, which: "LA", tolerance: 1e-5 });
    expect(pairs.eigenvectors.dtype).toBe("float32");
    [497, 498, 499].forEach((i, j) => expect(values(pairs)[j]).toBeCloseTo(i / 500, 4));
  });

  test("repeated eigenvalues come as often as they are there", () => {
    const a = withEigenvalues([5, 5, 5, ...Array.from({ length: 57 }, (_, i) => 3 - i / 20)], 1);
    const pairs = eigsh(a, { k: 4 });
    [3, 5, 5, 5].forEach((value, i) => expect(values(pairs)[i]).toBeCloseTo(value, 11));
    expectPairs(a, pairs, 1e-12);
    expect(values(eigsh(eye(30, 30, float64), { k: 3 }))).toEqual(
      [1, 1, 1].map((x) => expect.closeTo(x, 12)),
    );
  });

  test("zero, rank one, 1 × 1, all eigenpairs", () => {
    expect(values(eigsh(zeros([40, 40], float64), { k: 2 }))).toEqual([0, 0]);
    const u = randn([50, 1], { seed: 4, ...float64 });
    const top = values(eigsh(matmul(u, transpose(u)), { k: 2, which: "LA" }));
    expect(top[1]).toBeCloseTo(matmul(transpose(u), u).item(), 11);
    expect(top[0]).toBeCloseTo(0, 11);
    expect(values(eigsh(tensor([[7]], float64), { k: 1 }))).toEqual([7]);
    const a = symmetric(12, 3);
    expect(largestDifference(eigsh(a, { k: 12 }).eigenvalues, eigh(a).eigenvalues)).toBeLessThan(1e-12);
  });

  test.each([1e-150, 1e150])("entries of %d", (scale) => {
    const a = symmetric(40, 2);
    const [plain, scaled] = [eigsh(a, { k: 2 }), eigsh(mul(a, scale), { k: 2 })];
    values(scaled).forEach((value, i) => expect(value / scale / values(plain)[i]).toBeCloseTo(1, 12));
  });

  test("equal seeds give equal pairs", () => {
    const a = symmetric(50, 9);
    expect(eigsh(a, { k: 2, seed: 5 }).eigenvectors.toArray()).toEqual(
      eigsh(a, { k: 2, seed: 5 }).eigenvectors.toArray(),
    );
  });

  test("says how many converged when not all did", () => {
    const crowded = withEigenvalues(
      Array.from({ length: 150 }, (_, i) => 1 - (i / 150) ** 4 * 1e-3),
      2,
    );
    const run = (): Eigenpairs => eigsh(crowded, { k: 3, which: "SA", basisSize: 6, maxIterations: 2 });
    expect(run).toThrow(
      /eigsh: [0-2] of 3 eigenpairs of the operator on \[150\] converged to 3.6e-15 in 2 restarts/,
    );
    expect(run).toThrow(
      expect.objectContaining({ details: expect.objectContaining({ wanted: 3 }) as unknown }),
    );
  });

  test("errors", () => {
    expect(() => eigsh(randn([30, 30], float64), { k: 2 })).toThrow("is not symmetric");
    expect(() => eigsh(randn([3, 2]), { k: 1 })).toThrow("eigsh: [3, 2] is not square");
    expect(() => eigsh((x) => x, { k: 1 })).toThrow("eigsh: n, the size of the operator");
    expect(() => eigsh(eye(3), { k: 4 })).toThrow("k must be an integer from 1 to 3, got 4");
    expect(() => eigsh(eye(30), { k: 4, basisSize: 5 })).toThrow(ConfigError);
    expect(() => eigsh(eye(3), { k: 1, which: "SM" as "LM" })).toThrow("give the inverse as the operator");
    expect(() => eigsh(() => zeros([4]), { n: 3, k: 1 })).toThrow("made [4] of a vector [3]");
    expect(() => eigsh((x) => mul(x, NaN), { n: 30, k: 1 })).toThrow("not finite");
    expect(() => eigsh(zeros([2, 3, 3]), { k: 1 })).toThrow(LinAlgError);
  });
});
