import { describe, expect, test } from "vitest";
import { largestDifference } from "../../../test/expect.js";
import { expectEig, normOf, numbers, spectralDistance } from "../../../test/linalg/eig-laws.js";
import { build, hardMatrices } from "../../../test/matrices.js";
import { withEngine } from "../../backends/engines.js";
import { randn, tensor } from "../../tensor/create.js";
import type { Tensor } from "../../tensor/tensor.js";
import "../kernels.js";
import { epsilonOf, noLapack, precisions } from "../../../test/linalg/engines.js";
import { eig, eigvals, type ComplexParts } from "./op.js";

const native = <T>(body: () => T): T => withEngine("native", body);
const parts = ({ re, im }: ComplexParts): ComplexParts<Float64Array> => ({
  re: numbers(re),
  im: numbers(im),
});

describe.skipIf(noLapack !== "")(`eig by LAPACK${noLapack}`, () => {
  describe.each(precisions)("%s", (dtype, grade) => {
    test("sizes around blocks", () => {
      for (const n of [1, 2, 3, 31, 32, 33, 64, 65]) {
        const a = randn([n, n], { seed: n, dtype });
        const found = expectEig(
          a,
          native(() => eig(a)),
        );
        const alone = parts(native(() => eigvals(a)));
        expect(spectralDistance(alone, found)).toBeLessThan(1e3 * n * epsilonOf(a) * normOf(a));
      }
    });

    test.each(hardMatrices(33, grade / 2))("%s", (_, entry) => {
      const a = build(33, 33, entry, dtype);
      const factors = native(() => eig(a));
      expect(() => expectEig(a, factors)).not.toThrow();
    });

    test("values agree with the reference", () => {
      for (let seed = 0; seed < 20; seed++) {
        const a = randn([12, 12], { seed, dtype });
        const theirs = parts(withEngine("reference", () => eigvals(a)));
        // Random matrices of this size have eigenvalues of condition 100 at most.
        const bound = 1e3 * 12 * epsilonOf(a) * normOf(a);
        expect(spectralDistance(parts(native(() => eigvals(a))), theirs)).toBeLessThan(bound);
      }
    });

    test("batches", () => {
      const a = randn([2, 3, 6, 6], { seed: 5, dtype });
      const all = native(() => eig(a));
      const matrix = tensor((a.toArray() as number[][][][])[1][2], { dtype });
      const one = native(() => eig(matrix));
      const last = (x: Tensor) => (x.toArray() as unknown[][])[1][2];
      expect(last(all.eigenvalues.im)).toEqual(one.eigenvalues.im.toArray());
      expect(last(all.eigenvectors.re)).toEqual(one.eigenvectors.re.toArray());
      expect(last(all.eigenvectors.im)).toEqual(one.eigenvectors.im.toArray());
    });
  });

  test("eigenvectors are those of A, not of its transpose", () => {
    const a = tensor(
      [
        [1, 1],
        [0, 2],
      ],
      { dtype: "float64" },
    );
    const { re } = native(() => eig(a)).eigenvectors;
    const expected = [1, Math.SQRT1_2, 0, Math.SQRT1_2];
    expect(largestDifference(re, tensor(Float64Array.from(expected), { shape: [2, 2] }))).toBeLessThan(1e-15);
  });

  test("NaN and infinity are found before LAPACK sees them", () => {
    const a = tensor([
      [1, 2],
      [NaN, 4],
    ]);
    expect(() => native(() => eig(a))).toThrow("eig: [2, 2] has NaN at [1, 0]; every entry must be finite");
  });
});
