// The laws of an eigendecomposition, as residuals.
import { expect } from "vitest";
import { matmul } from "../../src/ops/matmul/op.js";
import { tensor } from "../../src/tensor/create.js";
import type { DType } from "../../src/tensor/dtype.js";
import type { Tensor } from "../../src/tensor/tensor.js";
import { eig, type ComplexParts } from "../../src/linalg/eig/op.js";
import { svdvals } from "../../src/linalg/svdvals/op.js";

export const epsilonOf = (dtype: DType): number =>
  ({ float64: 2 ** -52, float32: 2 ** -23, float16: 2 ** -10 })[dtype as "float64"] ?? 2 ** -7;

/** The n × n matrix with these entries. */
export const square = (
  n: number,
  entry: (i: number, j: number) => number,
  dtype: DType = "float64",
): Tensor =>
  tensor(
    Float64Array.from({ length: n * n }, (_, at) => entry(Math.floor(at / n), at % n)),
    { shape: [n, n], dtype },
  );

export const numbers = (x: Tensor): Float64Array => Float64Array.from(x.dataSync() as Float64Array);

/** The entries of `a` over their largest magnitude, so that squares are safe. */
function unit(a: Tensor): { unit: Float64Array; scale: number } {
  const values = numbers(a);
  const scale = values.reduce((most, x) => Math.max(most, Math.abs(x)), 0) || 1;
  return { unit: values.map((x) => x / scale), scale };
}

export const frobenius = (values: Float64Array): number =>
  Math.sqrt(values.reduce((sum, x) => sum + x * x, 0));

/** The Frobenius norm, at any scale. */
export function normOf(a: Tensor): number {
  const { unit: values, scale } = unit(a);
  return scale * frobenius(values);
}

/** Expects pairs λ, λ̄ side by side, the positive imaginary part first, and conjugate vectors. */
function expectPairs(
  n: number,
  im: Float64Array,
  re: Float64Array,
  values: Float64Array,
  vectors: Float64Array,
) {
  for (let j = 0; j < n; j++) {
    const column = (x: Float64Array, k: number) => Array.from({ length: n }, (_, i) => x[i * n + k]);
    if (values[j] === 0) {
      expect(column(vectors, j).every((x) => x === 0)).toBe(true);
      continue;
    }
    expect(values[j]).toBeGreaterThan(0);
    expect([re[j + 1], im[j + 1]]).toEqual([re[j], -im[j]]);
    expect(column(vectors, j + 1)).toEqual(column(vectors, j).map((x) => 0 - x));
    j++;
  }
}

/** ‖A V − V Λ‖ over all columns of V. */
export function residualOf(
  n: number,
  a: Float64Array,
  values: ComplexParts<Float64Array>,
  vectors: ComplexParts<Float64Array>,
): number {
  const shape = [n, n];
  const product = (v: Float64Array) => numbers(matmul(tensor(a, { shape }), tensor(v, { shape })));
  const [re, im] = [product(vectors.re), product(vectors.im)];
  let total = 0;
  for (let at = 0; at < n * n; at++) {
    const [x, y, p, q] = [vectors.re[at], vectors.im[at], values.re[at % n], values.im[at % n]];
    total += (re[at] - p * x + q * y) ** 2 + (im[at] - p * y - q * x) ** 2;
  }
  return Math.sqrt(total);
}

/** Expects the laws of `eig(a)` for one matrix to 10·n·ε of its type, and returns the eigenvalues. */
export function expectEig(a: Tensor, factors = eig(a)): ComplexParts<Float64Array> {
  const n = a.sizes[0];
  const { eigenvalues, eigenvectors } = factors;
  expect([eigenvalues.re.shape, eigenvalues.im.shape]).toEqual([[n], [n]]);
  expect([eigenvectors.re.shape, eigenvectors.im.shape]).toEqual([
    [n, n],
    [n, n],
  ]);
  for (const part of [...Object.values(eigenvalues), ...Object.values(eigenvectors)]) {
    expect(part.dtype).toBe(a.dtype);
  }
  const tolerance = 10 * n * epsilonOf(a.dtype);
  const { unit: values, scale } = unit(a);
  const norm = frobenius(values);
  // Denormal eigenvalues are rounded to multiples of the smallest one.
  const spacing = (n * 2 ** -1074) / scale;
  const [re, im] = [eigenvalues.re, eigenvalues.im].map((x) => numbers(x).map((value) => value / scale));
  const [vRe, vIm] = [eigenvectors.re, eigenvectors.im].map(numbers);
  expectPairs(n, im, re, im, vIm);

  // Columns have norm 1, and the largest entry of a complex one is real.
  for (let j = 0; j < n; j++) {
    let [length, largest, largestReal] = [0, 0, 0];
    for (let i = 0; i < n; i++) {
      const size = Math.hypot(vRe[i * n + j], vIm[i * n + j]);
      length += size * size;
      largest = Math.max(largest, size);
      if (vIm[i * n + j] === 0) largestReal = Math.max(largestReal, size);
    }
    expect(Math.abs(Math.sqrt(length) - 1)).toBeLessThanOrEqual(tolerance);
    expect(largestReal).toBeGreaterThanOrEqual(largest * (1 - tolerance));
  }
  expect(residualOf(n, values, { re, im }, { re: vRe, im: vIm })).toBeLessThanOrEqual(
    tolerance * norm + spacing,
  );

  const trace = Array.from({ length: n }, (_, i) => values[i * n + i]).reduce((x, y) => x + y, 0);
  const sum = re.reduce((x, y) => x + y, 0);
  expect(Math.abs(trace - sum)).toBeLessThanOrEqual(tolerance * norm + spacing);
  return { re: re.map((x) => x * scale), im: im.map((x) => x * scale) };
}

/**
 * How far `a` [n, n] is from matrices that have these eigenvalues, each by itself, over its norm: the largest of
 * σₘᵢₙ(A − λI)/‖A‖. The complex matrix is the real one [[A − Re λ, Im λ], [−Im λ, A − Re λ]], with each σ twice.
 */
export function eigenvalueError(a: Tensor, { re, im }: ComplexParts<Float64Array>): number {
  const n = a.sizes[0];
  const { unit: values, scale } = unit(a);
  let worst = 0;
  for (let j = 0; j < n; j++) {
    const [p, q] = [re[j] / scale, im[j] / scale];
    const shifted = square(2 * n, (row, column) => {
      const [i, k] = [row % n, column % n];
      const across = Math.floor(row / n) !== Math.floor(column / n);
      if (across) return i === k ? (row < n ? q : -q) : 0;
      return values[i * n + k] - (i === k ? p : 0);
    });
    worst = Math.max(worst, numbers(svdvals(shifted))[2 * n - 1]);
  }
  return worst / (frobenius(values) || 1);
}

/** The largest distance between two sets of complex numbers, each of the first matched to its nearest free one. */
export function spectralDistance(
  actual: ComplexParts<Float64Array>,
  wanted: ComplexParts<ArrayLike<number>>,
): number {
  expect(actual.re.length).toBe(wanted.re.length);
  const free = new Set(Array.from(wanted.re, (_, k) => k));
  let worst = 0;
  for (const [j, re] of actual.re.entries()) {
    let [best, place] = [Infinity, -1];
    for (const k of free) {
      const distance = Math.hypot(re - wanted.re[k], actual.im[j] - wanted.im[k]);
      if (distance < best) [best, place] = [distance, k];
    }
    free.delete(place);
    worst = Math.max(worst, best);
  }
  return worst;
}
