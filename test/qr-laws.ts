// The laws of a QR factorisation, as residuals.
import { expect } from "vitest";
import { withEngine } from "../src/backends/engines.js";
import { cast } from "../src/ops/cast/op.js";
import { matmul } from "../src/ops/matmul/op.js";
import { take } from "../src/ops/take/op.js";
import { transpose } from "../src/ops/transpose/op.js";
import { eye } from "../src/tensor/create.js";
import type { DType } from "../src/tensor/dtype.js";
import type { Tensor } from "../src/tensor/tensor.js";
import { largestDifference } from "./expect.js";
import { build } from "./matrices.js";
import { qr, type QrFactors, type QrMode } from "../src/linalg/qr/op.js";

interface Options {
  readonly mode?: QrMode;
  readonly pivoting?: boolean;
}

/** The matrix of the goldens: ((7i + 13j + 5ij) mod 11) − 5. */
export const golden = (m: number, n: number): Tensor =>
  build(m, n, (i, j) => ((i * 7 + j * 13 + i * j * 5) % 11) - 5);

export const referenceQr = (a: Tensor, options?: Options): QrFactors =>
  withEngine("reference", () => qr(a, options));

const epsilons: Partial<Record<DType, number>> = {
  float64: 2 ** -52,
  float32: 2 ** -23,
  float16: 2 ** -10,
  bfloat16: 2 ** -7,
};

/** Euclidean norms of the columns, by the largest entry first so that nothing overflows. */
function columnNorms(a: Tensor): number[] {
  const [, n] = a.sizes;
  const values = a.dataSync();
  return Array.from({ length: n }, (_, j) => {
    const column = Array.from({ length: values.length / n }, (_unused, i) =>
      Math.abs(Number(values[i * n + j])),
    );
    const largest = column.reduce((x, y) => (y > x || Number.isNaN(y) ? y : x), 0);
    if (largest === 0 || !Number.isFinite(largest)) return largest;
    return largest * Math.sqrt(column.reduce((total, x) => total + (x / largest) ** 2, 0));
  });
}

/** Expects orthonormal Q, triangular R and A = QR column by column, each to a few n·ε of the type of `a` [m, n]. */
export function expectQr(a: Tensor, options: Options = {}): QrFactors {
  const factors = qr(a, options);
  const [m, n] = a.sizes;
  const tolerance = 10 * Math.max(m, n, 1) * epsilons[a.dtype]!;
  const Q = cast(factors.Q!, "float64");
  const R = cast(factors.R, "float64");
  const height = options.mode === "complete" ? m : Math.min(m, n);
  expect([factors.Q!.shape, factors.R.shape, factors.R.dtype]).toEqual([[m, height], [height, n], a.dtype]);
  const identity = eye(height, height, { dtype: "float64" });
  expect(largestDifference(matmul(transpose(Q), Q), identity)).toBeLessThanOrEqual(tolerance);

  const r = R.dataSync();
  expect(r.findIndex((value, at) => value !== 0 && Math.floor(at / n) > at % n)).toBe(-1);

  const exact = cast(a, "float64");
  const wanted = options.pivoting === true ? take(exact, factors.permutation!, 1) : exact;
  const [product, target] = [matmul(Q, R).dataSync(), wanted.dataSync()];
  const rest = build(m, n, (i, j) => Number(product[i * n + j]) - Number(target[i * n + j]));
  const norms = columnNorms(wanted);
  const smallest = a.dtype === "float64" ? 1e-320 : 1e-42;
  const wrong = columnNorms(rest).flatMap((error, j) =>
    error <= tolerance * norms[j] + smallest
      ? []
      : [`column ${j} is off by ${error}: its norm is ${norms[j]}`],
  );
  expect(wrong).toEqual([]);
  return factors;
}
