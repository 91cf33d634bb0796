import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import "../../backends/cpu.js";
import { LinAlgError } from "../../base/errors.js";
import { matmul } from "../../ops/matmul/op.js";
import { transpose } from "../../ops/transpose/op.js";
import { abstractTensor, eye, full, randn, tensor, zeros } from "../../tensor/create.js";
import type { Tensor } from "../../tensor/tensor.js";
import { largestDifference } from "../../../test/expect.js";
import { svd, svdOp } from "./op.js";

/** U diag(S) Vh for thin or full factors. */
function rebuild(U: Tensor, S: Tensor, Vh: Tensor): Tensor {
  const [rows, columns] = [U.sizes.at(-1)!, Vh.sizes.at(-2)!];
  const sigma = new Float64Array(rows * columns);
  S.dataSync().forEach((value, i) => (sigma[i * columns + i] = Number(value)));
  return matmul(matmul(U, tensor(sigma, { shape: [rows, columns] })), Vh);
}

function expectLaws(a: Tensor, fullMatrices: boolean): void {
  const { U, S, Vh } = svd(a, { fullMatrices });
  const [m, n] = a.sizes;
  const epsilon = 10 * Math.max(m, n) * Number.EPSILON;
  const values = [...S.dataSync()].map(Number);
  expect(values).toEqual(values.toSorted((x, y) => y - x));
  expect(values.every((value) => value >= 0)).toBe(true);
  expect(largestDifference(rebuild(U, S, Vh), a)).toBeLessThanOrEqual(epsilon * (values[0] ?? 0) + 1e-300);
  const identity = (size: number) => eye(size, size, { dtype: "float64" });
  expect(largestDifference(matmul(transpose(U), U), identity(U.sizes[1]))).toBeLessThan(epsilon);
  expect(largestDifference(matmul(Vh, transpose(Vh)), identity(Vh.sizes[0]))).toBeLessThan(epsilon);
}

describe("svd", () => {
  test("golden: numpy.linalg.svd([[1, 2], [3, 4], [5, 6]])", () => {
    const { S } = svd(
      tensor(
        [
          [1, 2],
          [3, 4],
          [5, 6],
        ],
        { dtype: "float64" },
      ),
    );
    const [first, second] = S.toArray() as number[];
    expect(first).toBeCloseTo(9.525518091565107, 13);
    expect(second).toBeCloseTo(0.5143005806586441, 13);
  });

  test("laws on random matrices, wide, tall, square, thin and full", () => {
    const size = fc.integer({ min: 1, max: 12 });
    fc.assert(
      fc.property(size, size, fc.integer(), fc.boolean(), (m, n, seed, fullMatrices) => {
        expectLaws(randn([m, n], { seed, dtype: "float64" }), fullMatrices);
      }),
      { numRuns: 60 },
    );
  });

  test("laws on matrices whose rows and columns are of any size", () => {
    const exponents = fc.array(fc.integer({ min: -70, max: 70 }), { minLength: 1, maxLength: 16 });
    fc.assert(
      fc.property(exponents, exponents, fc.integer(), (rows, columns, seed) => {
        const [m, n] = [rows.length, columns.length];
        const entries = randn([m, n], { seed, dtype: "float64" }).dataSync() as Float64Array;
        const scaled = entries.map((x, at) => x * 10 ** (rows[Math.floor(at / n)] + columns[at % n]));
        expectLaws(tensor(scaled, { shape: [m, n] }), false);
      }),
      { numRuns: 100 },
    );
  });

  test.each([
    ["rank one", full([5, 4], 1, { dtype: "float64" })],
    ["all zero", zeros([3, 5], { dtype: "float64" })],
    [
      "zero column",
      tensor(
        [
          [1, 0],
          [2, 0],
          [3, 0],
        ],
        { dtype: "float64" },
      ),
    ],
    ["repeated values", eye(6, 6, { dtype: "float64" })],
    [
      "graded",
      tensor(
        [
          [1, 1e-8, 1e-12],
          [0, 1e-4, 1e-9],
          [0, 0, 1e-10],
        ],
        { dtype: "float64" },
      ),
    ],
    [
      "large",
      tensor(
        [
          [1e150, 2e150],
          [3e150, 4e150],
        ],
        { dtype: "float64" },
      ),
    ],
  ])("laws: %s", (_, a) => {
    expectLaws(a, false);
    expectLaws(a, true);
  });

  test("empty matrices and batches", () => {
    expect(svd(zeros([0, 3])).Vh.shape).toEqual([0, 3]);
    expect(svd(zeros([0, 3]), { fullMatrices: true }).Vh.toArray()).toEqual(eye(3).toArray());
    expect(svd(zeros([2, 4, 3])).U.shape).toEqual([2, 4, 3]);
  });

  test("shape and cost on names", () => {
    expect(String(svd(abstractTensor(["B", 512, 2048])).U.dims)).toBe("B,512,512");
    expect(() => svd(abstractTensor(["m", "n"]))).toThrow("cannot tell which of m and n is smaller");
    const a = abstractTensor([100, 10]);
    const { flops } = svdOp.cost({
      inputs: [a],
      outputs: [],
      attributes: { fullMatrices: false, algorithm: "divide-and-conquer" },
    });
    expect(flops.value()).toBe(BigInt(6 * 100 * 10 * 10 + 20 * 10 ** 3));
  });

  test("errors", () => {
    expect(() =>
      svd(
        tensor([
          [1, 2],
          [Infinity, 4],
        ]),
      ),
    ).toThrow(LinAlgError);
    expect(() =>
      svd(
        tensor([
          [1, 2],
          [Infinity, 4],
        ]),
      ),
    ).toThrow("svd: [2, 2] has Infinity at [1, 0]");
    expect(() => svd(tensor([1]))).toThrow("svd: needs at least 2 axes, got [1]");
  });
});
