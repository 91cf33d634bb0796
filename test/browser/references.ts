// The definitions in plain float64 loops over row-major arrays, independent of the library.
import type { Comparison } from "./report.js";

type Values = Float32Array | Float64Array;

/** Numbers in both signs that depend on their place only. */
export const wave = (length: number, step: number): Float32Array =>
  Float32Array.from({ length }, (_, i) => Math.sin((i + 1) * step));

const epsilon = 2 ** -23;

/** Errors relative to each element: for results that are rounded once. */
export function compareEach(name: string, actual: Values, expected: Float64Array): Comparison {
  return { name, terms: 1, roundings: largest(actual, expected, (y) => Math.abs(y)) };
}

/** Errors relative to the largest element: for sums, whose small results are differences. */
export function compareSums(name: string, actual: Values, expected: Float64Array, terms: number): Comparison {
  const size = expected.reduce((most, y) => Math.max(most, Math.abs(y)), 0);
  return { name, terms, roundings: largest(actual, expected, () => size) };
}

function largest(actual: Values, expected: Float64Array, sizeOf: (y: number) => number): number {
  if (actual.length !== expected.length || expected.length === 0) return Infinity;
  let most = 0;
  for (let i = 0; i < expected.length; i++) {
    const error = Math.abs(actual[i] - expected[i]);
    if (Number.isNaN(error)) return NaN;
    if (error > 0) most = Math.max(most, error / (epsilon * sizeOf(expected[i])));
  }
  return most;
}

/** A [m, k] @ B [k, n], or B [n, k] transposed, plus a bias [n]. */
export function product(
  a: Values,
  b: Values,
  [m, k, n]: readonly [number, number, number],
  { transposed = false, bias }: { transposed?: boolean; bias?: Values } = {},
): Float64Array {
  const c = new Float64Array(m * n);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      let sum = bias?.[j] ?? 0;
      for (let p = 0; p < k; p++) sum += a[i * k + p] * (transposed ? b[j * k + p] : b[p * n + j]);
      c[i * n + j] = sum;
    }
  }
  return c;
}

export function softmaxRows(x: Values, columns: number): Float64Array {
  return mapRows(x, columns, (row) => {
    const most = Math.max(...row);
    const powers = row.map((value) => Math.exp(value - most));
    const total = powers.reduce((a, b) => a + b, 0);
    return powers.map((power) => power / total);
  });
}

export function layerNormRows(x: Values, weight: Values, bias: Values, eps: number): Float64Array {
  return mapRows(x, weight.length, (row) => {
    const mean = row.reduce((a, b) => a + b, 0) / row.length;
    const variance = row.reduce((sum, value) => sum + (value - mean) ** 2, 0) / row.length;
    return row.map((value, i) => ((value - mean) / Math.sqrt(variance + eps)) * weight[i] + bias[i]);
  });
}

function mapRows(x: Values, columns: number, change: (row: number[]) => number[]): Float64Array {
  const rows = Array.from({ length: x.length / columns }, (_, i) => [
    ...x.subarray(i * columns, (i + 1) * columns),
  ]);
  return Float64Array.from(rows.flatMap((row) => change(row)));
}

/** softmax(Q Kᵀ / √d) V for q, k, v [heads, n, d], each query seeing itself and what came before. */
export function causalAttention(
  [q, k, v]: readonly [Values, Values, Values],
  [heads, n, d]: readonly [number, number, number],
): Float64Array {
  const result = new Float64Array(heads * n * d);
  for (let head = 0; head < heads; head++) {
    const [qh, kh, vh] = [q, k, v].map((x) => x.subarray(head * n * d, (head + 1) * n * d));
    const scores = product(qh, kh, [n, d, n], { transposed: true });
    const masked = scores.map((score, at) =>
      at % n > Math.floor(at / n) ? -Infinity : score / Math.sqrt(d),
    );
    result.set(product(softmaxRows(masked, n), vh, [n, n, d]), head * n * d);
  }
  return result;
}
