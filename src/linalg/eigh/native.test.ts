import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { largestDifference } from "../../../test/expect.js";
import { build, hardMatrices } from "../../../test/matrices.js";
import { withEngine } from "../../backends/engines.js";
import { cast } from "../../ops/cast/op.js";
import { matmul } from "../../ops/matmul/op.js";
import { transpose } from "../../ops/transpose/op.js";
import { eye, randn, tensor } from "../../tensor/create.js";
import type { DType } from "../../tensor/dtype.js";
import type { Tensor } from "../../tensor/tensor.js";
import "../kernels.js";
import { epsilonOf, noLapack, precisions } from "../../../test/linalg/engines.js";
import { eigh } from "./op.js";

const native = (a: Tensor) => withEngine("native", () => eigh(a));

type Entry = (i: number, j: number) => number;
const symmetric = (n: number, entry: Entry, dtype: DType): Tensor =>
  build(n, n, (i, j) => entry(Math.max(i, j), Math.min(i, j)), dtype);

/** Expects ascending λ, orthonormal V and A = V diag(λ) Vᵀ to a few n·ε of the largest |λ|. */
function expectEigh(a: Tensor): void {
  const n = a.sizes[0];
  const { eigenvalues, eigenvectors } = native(a);
  const [values, V] = [cast(eigenvalues, "float64"), cast(eigenvectors, "float64")];
  const tolerance = 10 * n * epsilonOf(a);
  const lambda = values.dataSync() as Float64Array;
  expect(lambda.every((x, i) => i === 0 || x >= lambda[i - 1])).toBe(true);
  expect(largestDifference(matmul(transpose(V), V), eye(n, n, { dtype: "float64" }))).toBeLessThan(tolerance);
  const unit = 1 / (Math.max(...lambda.map(Math.abs)) || 1);
  const scaled = tensor(
    (V.dataSync() as Float64Array).map((x, at) => x * lambda[at % n] * unit),
    { shape: [n, n] },
  );
  const product = matmul(scaled, transpose(V));
  const target = tensor(
    Float64Array.from(a.dataSync() as Float64Array, (x) => x * unit),
    { shape: [n, n] },
  );
  expect(largestDifference(product, target)).toBeLessThan(tolerance);
}

describe.skipIf(noLapack !== "")(`eigh by LAPACK${noLapack}`, () => {
  describe.each(precisions)("%s", (dtype, grade) => {
    test("sizes around blocks", () => {
      for (const n of [1, 2, 3, 31, 32, 33, 63, 64, 65, 129]) {
        const g = randn([n, n], { seed: n, dtype: "float64" }).dataSync();
        expectEigh(symmetric(n, (i, j) => Number(g[i * n + j]), dtype));
      }
    });

    test.each(hardMatrices(33, grade))("%s", (_, entry) => {
      expectEigh(symmetric(33, entry, dtype));
    });

    test("values and signs agree with the reference; the upper triangle is not read", () => {
      fc.assert(
        fc.property(fc.integer({ min: 1, max: 20 }), fc.integer(), (n, seed) => {
          const a = randn([n, n], { seed, dtype });
          const [ours, theirs] = [native(a), withEngine("reference", () => eigh(a))];
          const lambda = theirs.eigenvalues.dataSync() as Float64Array;
          const largest = Math.max(...lambda.map(Math.abs));
          const tolerance = 10 * n * epsilonOf(a) * largest;
          expect(largestDifference(ours.eigenvalues, theirs.eigenvalues)).toBeLessThan(tolerance);
          const gap = lambda.reduce(
            (least, x, i) => Math.min(least, i === 0 ? Infinity : x - lambda[i - 1]),
            Infinity,
          );
          if (gap < 0.05 * largest) return;
          expect(largestDifference(ours.eigenvectors, theirs.eigenvectors)).toBeLessThan(
            (4 * tolerance) / Math.min(gap, largest),
          );
        }),
        { numRuns: 60 },
      );
    });

    test("batches", () => {
      const a = randn([2, 3, 5, 5], { seed: 5, dtype });
      const all = native(a);
      const one = native(tensor((a.toArray() as number[][][][])[1][2], { dtype }));
      expect((all.eigenvalues.toArray() as number[][][])[1][2]).toEqual(one.eigenvalues.toArray());
      expect((all.eigenvectors.toArray() as number[][][][])[1][2]).toEqual(one.eigenvectors.toArray());
    });
  });

  test("NaN and infinity are found before LAPACK sees them", () => {
    const a = tensor([
      [1, -Infinity],
      [0, 4],
    ]);
    expect(() => native(a)).toThrow("eigh: [2, 2] has -Infinity at [0, 1]; every entry must be finite");
  });
});
