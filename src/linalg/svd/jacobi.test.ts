// `svd` with `algorithm: "jacobi"`: the laws, and singular values that are right to their own last digits.
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import "../kernels.js";
import { ConfigError, LinAlgError } from "../../base/errors.js";
import { withEngine } from "../../backends/engines.js";
import { randn, tensor } from "../../tensor/create.js";
import type { Tensor } from "../../tensor/tensor.js";
import { build, hardMatrices } from "../../../test/matrices.js";
import { expectSvd } from "../../../test/svd-laws.js";
import { svd } from "./op.js";
import type { SvdAlgorithm } from "./reference.js";

const jacobi = { algorithm: "jacobi" } as const;
const values = (a: Tensor): number[] => Array.from(svd(a, jacobi).S.dataSync() as Float64Array);

/** Expects every value within `relative` of itself. */
function expectDigits(actual: readonly number[], expected: ArrayLike<number>, relative: number): void {
  const wrong = actual.flatMap((x, i) =>
    Math.abs(x - expected[i]) <= relative * expected[i] ? [] : [`${i}: ${x} instead of ${expected[i]}`],
  );
  expect(wrong).toEqual([]);
}

describe.each(["float64", "float32"] as const)("jacobi svd of %s", (dtype) => {
  const grade = dtype === "float64" ? 150 : 30;

  test.each(hardMatrices(40, grade).map(([name], index) => [name, index] as const))(
    "laws: %s",
    (_, index) => {
      for (const [m, n, fullMatrices] of [
        [40, 40, false],
        [70, 33, true],
        [20, 45, true],
        [3, 3, false],
      ] as const) {
        const entry = hardMatrices(Math.max(m, n), grade)[index][1];
        expectSvd(build(m, n, entry, dtype), { ...jacobi, fullMatrices });
      }
    },
  );

  test("laws on random shapes and batches", () => {
    const size = fc.integer({ min: 0, max: 40 });
    fc.assert(
      fc.property(size, size, fc.integer(), fc.boolean(), (m, n, seed, fullMatrices) => {
        expectSvd(randn([m, n], { seed, dtype }), { ...jacobi, fullMatrices });
      }),
      { numRuns: 30 },
    );
    const batch = randn([3, 9, 5], { seed: 1, dtype });
    const { U } = svd(batch, jacobi);
    const last = tensor((batch.dataSync() as Float64Array).slice(90), { shape: [9, 5], dtype });
    expect(U.shape).toEqual([3, 9, 5]);
    expect(svd(last, jacobi).U.toArray()).toEqual((U.toArray() as unknown[])[2]);
  });
});

// C·D with C well conditioned: σ of the columns scaled by powers of two, which is exact, against Jacobi in the reference.
test.each([
  ["columns", (_: number, j: number) => -j],
  ["rows", (i: number) => -i],
  ["rows and columns", (i: number, j: number) => -i - ((j * 5) % 12)],
])("full relative accuracy of graded %s", (_, exponent) => {
  const n = 12;
  const c = (i: number, j: number): number => (i === j ? 4 : 0) + Math.sin(3 * i + 7 * j + 1);
  const entry = (step: number) => (i: number, j: number) => c(i, j) * 2 ** (step * exponent(i, j));
  const mild = build(n, n, entry(3));
  const expected = withEngine("reference", () => svd(mild, jacobi)).S.dataSync() as Float64Array;
  expectDigits(values(mild), expected, 200 * 2 ** -52);
});

test("full relative accuracy down to 1e-297: diagonal times orthogonal, whose singular values are the diagonal's", () => {
  const n = 10;
  // Columns that fall so steeply that σ_j is the length of column j outside those before it.
  const entry = (i: number, j: number): number => (i === j ? 1 : i < j ? 0.5 : 0) * 10 ** (-33 * j);
  expectDigits(
    values(build(n, n, entry)),
    Array.from({ length: n }, (_, j) => 10 ** (-33 * j)),
    1e-13,
  );
  const rowsFirst = build(n, n, (i, j) => entry(j, i));
  expectDigits(
    values(rowsFirst),
    Array.from({ length: n }, (_, j) => 10 ** (-33 * j)),
    1e-13,
  );
});

test("errors", () => {
  expect(() => svd(tensor([[1, NaN]]), jacobi)).toThrow(LinAlgError);
  expect(() => svd(randn([2, 2]), { algorithm: "qr" as SvdAlgorithm })).toThrow(ConfigError);
  expect(() => svd(randn([2, 2]), { algorithm: "qr" as SvdAlgorithm })).toThrow(
    'svd: algorithm must be "divide-and-conquer" or "jacobi", got "qr"',
  );
});
