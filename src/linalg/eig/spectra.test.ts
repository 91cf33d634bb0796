// Matrices whose eigenvalues are known in advance.
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import "../kernels.js";
import { withEngine } from "../../backends/engines.js";
import { matmul } from "../../ops/matmul/op.js";
import { transpose } from "../../ops/transpose/op.js";
import { eye, randn } from "../../tensor/create.js";
import type { Tensor } from "../../tensor/tensor.js";
import { svd } from "../svd/op.js";
import { eig, eigvals, type ComplexParts } from "./op.js";
import { expectEig, normOf, numbers, spectralDistance, square } from "../../../test/linalg/eig-laws.js";

const epsilon = Number.EPSILON;

const spectrum = (a: Tensor): ComplexParts<Float64Array> => {
  const { re, im } = eigvals(a);
  return { re: numbers(re), im: numbers(im) };
};

/** A random orthogonal matrix. */
const orthogonal = (n: number, seed: number): Tensor => svd(randn([n, n], { seed, dtype: "float64" })).U;

describe.each(["wasm", "reference"] as const)("known eigenvalues, %s", (engine) => {
  const on = <T>(body: () => T): T => withEngine(engine, body);

  interface Golden {
    readonly n: number;
    readonly norm: number;
    readonly condition: number;
    readonly re: readonly number[];
    readonly im: readonly number[];
  }
  const goldens = JSON.parse(
    readFileSync(new URL("../../../test/goldens/eig.json", import.meta.url), "utf8"),
  ) as Record<string, Golden>;
  const formulas: Readonly<Record<string, (i: number, j: number, n: number) => number>> = {
    sine: (i, j) => Math.sin(1 + 7 * i + 3 * j + i * j),
    "sine, odd": (i, j) => Math.sin(1 + 7 * i + 3 * j + i * j),
    circulant: (i, j, n) => (((j - i + n) % n) + 1) ** 2,
    convection: (i, j) => (i === j ? 2 : i === j + 1 ? -1.2 : j === i + 1 ? -0.8 : 0),
    skew: (i, j) => Math.sin(i * j + i + j) * Math.sign(i - j),
    large: (i, j) => Math.cos(i * i + 2 * j + i * j),
  };

  test.each(Object.keys(formulas))("goldens by scipy.linalg.eig: %s", (name) => {
    const { n, norm, condition, ...wanted } = goldens[name];
    const a = square(n, (i, j) => formulas[name](i, j, n));
    expect(Math.abs(normOf(a) / norm - 1)).toBeLessThan(1e-14);
    // Both programs may be 10·n·ε·‖A‖ from the matrix that they answer exactly for.
    const bound = 20 * n * epsilon * norm * condition;
    expect(
      spectralDistance(
        on(() => spectrum(a)),
        wanted,
      ),
    ).toBeLessThanOrEqual(bound);
  });

  test("a 2 × 2 rotation and scaling: 3 ± 4i with vectors (1, ∓i)/√2", () => {
    const { eigenvalues, eigenvectors } = on(() => eig(square(2, (i, j) => (i === j ? 3 : j > i ? -4 : 4))));
    expect(eigenvalues.re.toArray()).toEqual([3, 3]);
    expect(eigenvalues.im.toArray()).toEqual([4, -4]);
    const [[,], [re]] = eigenvectors.re.toArray() as number[][];
    const [[first], [second]] = eigenvectors.im.toArray() as number[][];
    expect([re, first].some((x) => Math.abs(x) < 1e-15)).toBe(true);
    expect(Math.abs(Math.abs(first + second) - Math.SQRT1_2)).toBeLessThan(1e-15);
  });

  test("triangular matrices have their diagonal, exactly", () => {
    const entry = (i: number, j: number) => Math.sin(i + 2 * j + 1);
    const n = 12;
    const diagonal = Array.from({ length: n }, (_, i) => entry(i, i));
    const upper = on(() => spectrum(square(n, (i, j) => (j < i ? 0 : entry(i, j)))));
    expect([...upper.re]).toEqual(diagonal);
    expect(upper.im.every((x) => x === 0)).toBe(true);
    // Only balancing with permutations, which the reference leaves out, sees that this is triangular too.
    const lower = spectrum(square(n, (i, j) => (j > i ? 0 : entry(i, j))));
    expect(lower.re.toSorted()).toEqual(Float64Array.from(diagonal).toSorted());
    expect(lower.im.every((x) => x === 0)).toBe(true);
  });

  test.each([4, 5, 12, 40])("a cyclic permutation of %i has the roots of unity", (n) => {
    const angles = Array.from({ length: n }, (_, k) => (2 * Math.PI * k) / n);
    const wanted = { re: angles.map(Math.cos), im: angles.map(Math.sin) };
    const a = square(n, (i, j) => Number((i + 1) % n === j));
    expect(
      spectralDistance(
        on(() => expectEig(a)),
        wanted,
      ),
    ).toBeLessThan(10 * n * epsilon);
  });

  test.each([3, 10, 33])("an orthogonal matrix of %i has |λ| = 1", (n) => {
    const { re, im } = on(() => spectrum(orthogonal(n, n)));
    re.forEach((x, j) => {
      expect(Math.abs(Math.hypot(x, im[j]) - 1)).toBeLessThan(10 * n * epsilon);
    });
  });

  test.each([
    ["1 … 8", [1, 2, 3, 4, 5, 6, 7, 8]],
    ["signed, one double", [-2, -1, 0.5, 0.5, 3]],
    ["powers of ten", [1e-3, 1e-1, 1e1, 1e3]],
  ])("the companion matrix of a polynomial with roots %s", (_, roots) => {
    let coefficients = [1];
    for (const root of roots) {
      const shifted = [...coefficients, 0];
      coefficients.forEach((value, i) => (shifted[i + 1] -= root * value));
      coefficients = shifted;
    }
    const n = roots.length;
    const a = square(n, (i, j) => (i === 0 ? -coefficients[j + 1] : Number(i === j + 1)));
    const { re, im } = on(() => spectrum(a));
    // Roots to within the backward error: |p(λ)| ≤ 10·n·ε·Σ|cᵢ||λ|ⁿ⁻ⁱ (Edelman and Murakami 1995).
    re.forEach((x, j) => {
      const size = Math.hypot(x, im[j]);
      let [p, q, bound] = [0, 0, 0];
      for (const value of coefficients) {
        [p, q] = [p * x - q * im[j] + value, p * im[j] + q * x];
        bound = bound * size + Math.abs(value);
      }
      expect(Math.hypot(p, q)).toBeLessThanOrEqual(10 * n * epsilon * bound);
    });
    const distance = spectralDistance({ re, im }, { re: roots, im: roots.map(() => 0) });
    expect(distance).toBeLessThan(1e-6);
  });

  test.each([2, 3, 4, 6])("a defective eigenvalue of order %i moves by the k-th root of the error", (k) => {
    const n = k + 3;
    const jordan = square(n, (i, j) => (i === j ? (i < k ? 2 : -i) : Number(j === i + 1 && j < k)));
    const q = orthogonal(n, k);
    const a = matmul(matmul(q, jordan), transpose(q));
    const { re, im } = on(() => expectEig(a));
    const bound = 2 * (10 * n * epsilon * normOf(a)) ** (1 / k);
    const near = [...re].filter((x, j) => Math.hypot(x - 2, im[j]) <= bound);
    expect(near).toHaveLength(k);
  });

  test("Frank: the eigenvalues are reciprocal in pairs, the large ones to full accuracy", () => {
    const n = 12;
    const { re, im } = on(() => spectrum(square(n, (i, j) => (j < i - 1 ? 0 : n - Math.max(i, j)))));
    expect([...im].every((x) => x === 0)).toBe(true);
    const sorted = [...re].toSorted((x, y) => x - y);
    // numpy.linalg.eigvals; the smallest has condition number 4e7
    expect(sorted[11] / 32.22889150157213).toBeCloseTo(1, 12);
    sorted.forEach((value, i) => {
      expect(Math.abs(value * sorted[n - 1 - i] - 1)).toBeLessThan(1e-5);
    });
  });

  test("balancing saves the eigenvalues of a badly scaled matrix", () => {
    const n = 10;
    const good = (i: number, j: number) => (i === j ? i + 1 : Math.sin(3 * i + 5 * j) / 10);
    const wanted = on(() => spectrum(square(n, good)));
    const bad = square(n, (i, j) => good(i, j) * 2 ** (8 * (i - j)));
    expect(
      spectralDistance(
        on(() => spectrum(bad)),
        wanted,
      ),
    ).toBeLessThan(1e-12);
    // Scaled and permuted from triangular blocks, as an application may hand them over.
    const order = [3, 7, 0, 9, 5, 1, 8, 2, 6, 4];
    const blocks = (i: number, j: number) => (i < 4 === j < 4 || i < 4 ? good(i, j) : 0);
    const mixed = square(n, (i, j) => blocks(order[i], order[j]) * 2 ** (7 * (order[i] - order[j])));
    const plain = on(() => spectrum(square(n, blocks)));
    expect(
      spectralDistance(
        on(() => spectrum(mixed)),
        plain,
      ),
    ).toBeLessThan(1e-12);
  });

  test("balancing does no harm: Watkins' Hessenberg matrix with tiny entries below", () => {
    // "A case where balancing is harmful", ETNA 23 (2006): entries of rounding noise must not be scaled up.
    const n = 20;
    const q = orthogonal(n, 4);
    const symmetric = matmul(
      matmul(
        q,
        square(n, (i, j) => (i === j ? i + 1 : 0)),
      ),
      transpose(q),
    );
    const noisy = square(n, (i, j) => (j < i - 1 ? 1e-17 * Math.sin(i + j) : 0));
    const base = numbers(symmetric);
    const dust = numbers(noisy);
    const a = square(n, (i, j) => (j < i - 1 ? dust[i * n + j] : base[i * n + j]));
    const clean = square(n, (i, j) => (j < i - 1 ? 0 : base[i * n + j]));
    expect(
      spectralDistance(
        on(() => spectrum(a)),
        on(() => spectrum(clean)),
      ),
    ).toBeLessThan(1e-11);
  });

  test("the identity has independent eigenvectors", () => {
    const { eigenvectors } = on(() => eig(eye(6, 6, { dtype: "float64" })));
    expect(eigenvectors.re.toArray()).toEqual(eye(6, 6).toArray());
  });
});
