import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { largestDifference } from "../../../test/expect.js";
import { build, hardMatrices } from "../../../test/matrices.js";
import { withEngine } from "../../backends/engines.js";
import { cast } from "../../ops/cast/op.js";
import { matmul } from "../../ops/matmul/op.js";
import { transpose } from "../../ops/transpose/op.js";
import { eye, randn, tensor } from "../../tensor/create.js";
import type { Tensor } from "../../tensor/tensor.js";
import "../kernels.js";
import { epsilonOf, noLapack, precisions } from "../../../test/linalg/engines.js";
import { svdvals } from "../svdvals/op.js";
import { svd } from "./op.js";

const native = (a: Tensor, fullMatrices = false) => withEngine("native", () => svd(a, { fullMatrices }));

/** The first rows of `a`, each times its factor. */
const scaleRows = (a: Tensor, factors: ArrayLike<number>): Tensor => {
  const n = a.sizes[1];
  const values = a.dataSync() as Float64Array;
  return tensor(
    Float64Array.from({ length: factors.length * n }, (_, at) => values[at] * factors[Math.floor(at / n)]),
    { shape: [factors.length, n] },
  );
};

/** Expects orthonormal U and Vh, falling S, and A = U diag(S) Vh to a few n·ε of the largest singular value. */
function expectSvd(a: Tensor, fullMatrices = false): void {
  const [m, n] = a.sizes;
  const k = Math.min(m, n);
  const factors = native(a, fullMatrices);
  const [U, S, Vh] = [factors.U, factors.S, factors.Vh].map((x) => cast(x, "float64"));
  const s = S.dataSync() as Float64Array;
  const tolerance = 10 * Math.max(m, n) * epsilonOf(a);
  const orthonormal = (x: Tensor) => largestDifference(matmul(transpose(x), x), eyeOf(x.sizes[1]));
  expect([U.sizes, Vh.sizes]).toEqual([
    [m, fullMatrices ? m : k],
    [fullMatrices ? n : k, n],
  ]);
  expect(orthonormal(U)).toBeLessThan(tolerance);
  expect(orthonormal(transpose(Vh))).toBeLessThan(tolerance);
  expect(s.every((x, i) => x >= 0 && (i === 0 || x <= s[i - 1]))).toBe(true);
  const alone = cast(
    withEngine("native", () => svdvals(a)),
    "float64",
  );
  expect(largestDifference(alone, S)).toBeLessThanOrEqual(tolerance * s[0]);
  const unit = 1 / (s[0] || 1); // so that no product overflows
  const left = transpose(scaleRows(transpose(U), new Float64Array(k).fill(1)));
  const right = s.map((x) => x * unit);
  const product = matmul(left, scaleRows(Vh, right));
  const scaled = scaleRows(cast(a, "float64"), new Float64Array(m).fill(unit));
  expect(largestDifference(product, scaled)).toBeLessThan(tolerance);
}

const eyeOf = (n: number): Tensor => eye(n, n, { dtype: "float64" });

describe.skipIf(noLapack !== "")(`svd by LAPACK${noLapack}`, () => {
  describe.each(precisions)("%s", (dtype, grade) => {
    const sizes = [1, 2, 3, 31, 32, 33, 64, 65];

    test("square, tall and wide, thin and full", () => {
      for (const n of sizes) {
        for (const [m, w] of [
          [n, n],
          [n + 1, n],
          [n, n + 7],
          [3 * n, n],
          [n, 3 * n],
        ]) {
          const a = randn([m, w], { seed: n, dtype });
          expectSvd(a);
          expectSvd(a, true);
        }
      }
    });

    test.each(hardMatrices(33, grade))("%s", (_, entry) => {
      expectSvd(build(33, 33, entry, dtype));
      expectSvd(build(40, 17, entry, dtype), true);
      expectSvd(build(17, 40, entry, dtype));
    });

    test("values, signs and vectors agree with the reference", () => {
      fc.assert(
        fc.property(
          fc.integer({ min: 1, max: 20 }),
          fc.integer({ min: 1, max: 20 }),
          fc.integer(),
          (m, n, seed) => {
            const a = randn([m, n], { seed, dtype });
            const [ours, theirs] = [native(a), withEngine("reference", () => svd(a))];
            const s = theirs.S.dataSync() as Float64Array;
            const tolerance = 10 * Math.max(m, n) * epsilonOf(a) * s[0];
            expect(largestDifference(ours.S, theirs.S)).toBeLessThan(tolerance);
            // Vectors turn by the error over the distance to the next singular value.
            const gap = s.reduce(
              (least, x, i) => Math.min(least, i === 0 ? Infinity : s[i - 1] - x),
              s[s.length - 1],
            );
            if (gap < 0.05 * s[0]) return;
            const bound = (4 * tolerance) / gap;
            expect(largestDifference(ours.U, theirs.U)).toBeLessThan(bound);
            expect(largestDifference(ours.Vh, theirs.Vh)).toBeLessThan(bound);
          },
        ),
        { numRuns: 60 },
      );
    });

    test("batches and views are the same matrices", () => {
      const a = randn([2, 3, 6, 4], { seed: 5, dtype });
      const all = native(a);
      const turned = native(transpose(transpose(a)));
      expect(turned.U.dataSync()).toEqual(all.U.dataSync());
      const one = native(tensor((a.toArray() as number[][][][])[1][2], { dtype }));
      expect((all.S.toArray() as number[][][])[1][2]).toEqual(one.S.toArray());
      expect((all.Vh.toArray() as number[][][][])[1][2]).toEqual(one.Vh.toArray());
    });
  });

  test("half types are widened and rounded", () => {
    const a = randn([9, 5], { seed: 3, dtype: "float16" });
    expect(native(a).U.dtype).toBe("float16");
    expect(
      largestDifference(
        native(a).S,
        withEngine("reference", () => svd(a).S),
      ),
    ).toBeLessThan(2 ** -8);
  });

  test("NaN and infinity are found before LAPACK sees them", () => {
    const a = tensor([
      [1, 2],
      [NaN, 4],
    ]);
    expect(() => native(a)).toThrow("svd: [2, 2] has NaN at [1, 0]; every entry must be finite");
  });
});
