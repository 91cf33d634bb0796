// The laws of a singular value decomposition, as residuals.
import { expect } from "vitest";
import { cast } from "../src/ops/cast/op.js";
import { matmul } from "../src/ops/matmul/op.js";
import { transpose } from "../src/ops/transpose/op.js";
import { eye, tensor } from "../src/tensor/create.js";
import type { DType } from "../src/tensor/dtype.js";
import type { Tensor } from "../src/tensor/tensor.js";
import { largestDifference } from "./expect.js";
import { build } from "./matrices.js";
import { svd, type SvdOptions } from "../src/linalg/svd/op.js";

export const epsilons: Partial<Record<DType, number>> = {
  float64: 2 ** -52,
  float32: 2 ** -23,
  float16: 2 ** -10,
  bfloat16: 2 ** -7,
};

const double = (x: Tensor): Tensor => cast(x, "float64");

/** Columns of `a` [m, n] times the first of `factors`; the rest of the columns are left out. */
const scaleColumns = (a: Tensor, factors: ArrayLike<number>): Tensor => {
  const [m, n] = a.sizes;
  const values = a.dataSync();
  return build(m, factors.length, (i, j) => Number(values[i * n + j]) * factors[j]);
};

const firstRows = (a: Tensor, count: number): Tensor => {
  const [, n] = a.sizes;
  return tensor((a.dataSync() as Float64Array).slice(0, count * n), { shape: [count, n] });
};

/** Expects the largest entry of each of the first `count` columns to be positive, but for ties by rounding. */
function expectSigns(U: Tensor, count: number): void {
  const [m, n] = U.sizes;
  const values = U.dataSync();
  for (let j = 0; j < count; j++) {
    let [lowest, highest] = [0, 0];
    for (let i = 0; i < m; i++) {
      lowest = Math.min(lowest, Number(values[i * n + j]));
      highest = Math.max(highest, Number(values[i * n + j]));
    }
    if (-lowest > highest * 1.0002) expect.fail(`column ${j} of U: ${lowest} is larger than ${highest}`);
  }
}

/** What `svd` returns. */
type Factors = ReturnType<typeof svd>;

/** Expects of the svd of `a` [m, n] what `expectSvdFactors` does. */
export const expectSvd = (a: Tensor, options: SvdOptions = {}, factor = 10): Factors =>
  expectSvdFactors(a, svd(a, options), options, factor);

/** Expects orthonormal U and V, descending S and A = U diag(S) Vh, to `factor`·n·ε of the type of `a` [m, n]. */
export function expectSvdFactors(
  a: Tensor,
  factors: Factors,
  options: SvdOptions = {},
  factor = 10,
): Factors {
  const [m, n] = a.sizes;
  const rank = Math.min(m, n);
  const [width, height] = options.fullMatrices === true ? [m, n] : [rank, rank];
  expect([factors.U, factors.S, factors.Vh].map(({ shape, dtype }) => [...shape, dtype])).toEqual([
    [m, width, a.dtype],
    [rank, a.dtype],
    [height, n, a.dtype],
  ]);
  const tolerance = factor * Math.max(m, n, 1) * epsilons[a.dtype]!;
  const [U, S, Vh] = [factors.U, factors.S, factors.Vh].map(double);
  const values = S.dataSync() as Float64Array;
  expect(values.every((value, i) => value >= 0 && !(value > values[i - 1]))).toBe(true);
  const identity = (size: number): Tensor => eye(size, size, { dtype: "float64" });
  expect(largestDifference(matmul(transpose(U), U), identity(width))).toBeLessThanOrEqual(tolerance);
  expect(largestDifference(matmul(Vh, transpose(Vh)), identity(height))).toBeLessThanOrEqual(tolerance);
  expectSigns(U, rank);
  // Relative to the largest singular value, so that products of 1e±150 stay in range.
  const largest = values[0] ?? 0;
  if (largest === 0) {
    expect((a.dataSync() as Float32Array).every((x) => x === 0)).toBe(true);
    return factors;
  }
  const scale = 2 ** -Math.floor(Math.log2(largest));
  const scaled = (x: Tensor): Tensor => {
    const elements = x.dataSync();
    return build(m, n, (i, j) => Number(elements[i * n + j]) * scale);
  };
  const product = matmul(
    scaleColumns(
      U,
      values.map((value) => value * scale),
    ),
    firstRows(Vh, rank),
  );
  // Half a unit of the smallest number of the type, for denormals.
  const smallest = (a.dtype === "float64" ? 2 ** -1074 : 2 ** -149) * scale * rank;
  expect(largestDifference(product, scaled(a))).toBeLessThanOrEqual(2 * tolerance + smallest);
  return factors;
}
