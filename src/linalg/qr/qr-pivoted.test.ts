import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import "../kernels.js";
import { fasterEngines, useEngine } from "../../../test/linalg/engines.js";
import { cast } from "../../ops/cast/op.js";
import { select } from "../../ops/select/op.js";
import { eye, randn, zeros } from "../../tensor/create.js";
import type { Tensor } from "../../tensor/tensor.js";
import { largestDifference } from "../../../test/expect.js";
import { build, hardMatrices } from "../../../test/matrices.js";
import { expectQr, golden, referenceQr } from "../../../test/qr-laws.js";
import { qr, type QrMode } from "./op.js";

const diagonal = (R: Tensor): number[] => {
  const [height, n] = R.sizes;
  const values = cast(R, "float64").dataSync();
  return Array.from({ length: Math.min(height, n) }, (_, i) => Math.abs(Number(values[i * n + i])));
};

/** The laws of QR, and those of pivoting: a permutation, and a diagonal that falls and bounds what is right of it. */
function expectPivotedQr(a: Tensor, mode: QrMode = "reduced"): void {
  const { R, permutation } = expectQr(a, { mode, pivoting: true });
  const [m, n] = a.sizes;
  const order = [...permutation!.dataSync()].map(Number);
  expect(order.toSorted((x, y) => x - y)).toEqual(Array.from({ length: n }, (_, j) => j));
  const sizes = diagonal(R);
  // Norms are downdated to half of the digits at worst.
  const slack = 1 + (a.dtype === "float64" ? 1e-6 : 2e-2);
  const floor = 10 * Math.max(m, n) * (a.dtype === "float64" ? 2 ** -52 : 2 ** -23) * (sizes[0] ?? 0);
  const values = cast(R, "float64").dataSync();
  const wrong: string[] = [];
  sizes.forEach((size, i) => {
    for (let j = i + 1; j < n; j++) {
      let squares = 0;
      for (let row = i; row < Math.min(j + 1, sizes.length); row++) {
        squares += (Number(values[row * n + j]) / (sizes[0] || 1)) ** 2;
      }
      const norm = Math.sqrt(squares) * sizes[0];
      if (!(norm <= size * slack + floor)) wrong.push(`R[${i}, ${i}] = ${size} before a column of ${norm}`);
    }
  });
  expect(wrong).toEqual([]);
}

describe.each(fasterEngines)("qr with pivoting, %s", (engine) => {
  useEngine(engine);

  // scipy.linalg.qr(a, pivoting=True), SciPy 1.17
  test("goldens: scipy.linalg.qr", () => {
    for (const factor of [qr, referenceQr]) {
      const tall = factor(golden(6, 4), { pivoting: true });
      expect(tall.permutation!.toArray()).toEqual([0, 2, 1, 3]);
      expect(tall.permutation!.dtype).toBe("int32");
      [8.246211251235321, 8.238182266666811, 3.876003347542739, 2.203836097071971].forEach((value, i) =>
        expect(diagonal(tall.R)[i]).toBeCloseTo(value, 13),
      );
      const wide = factor(golden(4, 6), { mode: "r", pivoting: true });
      expect(wide.permutation!.toArray()).toEqual([0, 5, 2, 4, 3, 1]);
      [7.615773105863908, 7.147461570134653, 7.009058311483064, 0.9514393873130715].forEach((value, i) =>
        expect(diagonal(wide.R)[i]).toBeCloseTo(value, 13),
      );
      const deficient = factor(golden(40, 30), { pivoting: true });
      const sizes = diagonal(deficient.R);
      expect(sizes[9]).toBeCloseTo(14.713420661727023, 11);
      expect(sizes[10]).toBeCloseTo(6.264442771966492, 11);
      expect(sizes[11]).toBeLessThan(1e-13);
    }
  });

  test("laws on random matrices, all modes and types", () => {
    const size = fc.integer({ min: 0, max: 60 });
    const mode = fc.constantFrom<QrMode>("reduced", "complete");
    fc.assert(
      fc.property(size, size, fc.integer(), mode, fc.boolean(), (m, n, seed, chosen, double) => {
        expectPivotedQr(randn([m, n], { seed, dtype: double ? "float64" : "float32" }), chosen);
      }),
      { numRuns: 60 },
    );
  });

  test.each([39, 40, 41, 79, 80, 81, 257])("laws at the edges of blocks: %i", (n) => {
    for (const dtype of ["float32", "float64"] as const) {
      expectPivotedQr(randn([n, n], { seed: n, dtype }));
      expectPivotedQr(randn([n + 30, n], { seed: n, dtype }), "complete");
      expectPivotedQr(randn([n, n + 30], { seed: n, dtype }));
    }
  });

  const cases = [12, 70].flatMap((n) => hardMatrices(n, 150).map(([name]) => [name, n] as const));
  test.each(cases)("laws: %s, %i columns", (name, n) => {
    for (const [dtype, grade] of [
      ["float64", 150],
      ["float32", 30],
    ] as const) {
      const entry = hardMatrices(n, grade).find(([other]) => other === name)![1];
      expectPivotedQr(build(n, n, entry, dtype));
      expectPivotedQr(build(n + 9, n, entry, dtype), "complete");
      expectPivotedQr(build(n - 5, n, entry, dtype));
    }
  });

  test("norms that cancel are computed afresh", () => {
    // Columns that agree to ten digits: what is left of a norm after the first step is rounding noise unless renewed.
    const close = build(60, 50, (i, j) => 1 + i + 1e-10 * Math.sin(i * 12.9898 + j * 78.233 + i * j));
    expectPivotedQr(close);
    const [fast, slow] = [qr(close, { pivoting: true }), referenceQr(close, { pivoting: true })];
    const [a, b] = [diagonal(fast.R), diagonal(slow.R)];
    for (let i = 0; i < 49; i++) expect(Math.abs(a[i] - b[i])).toBeLessThan(1e-11 * a[0]);
  });

  test("agrees with the reference", () => {
    for (const [m, n] of [
      [60, 45],
      [45, 60],
      [13, 13],
    ]) {
      const a = randn([m, n], { seed: n, dtype: "float64" });
      const [fast, slow] = [qr(a, { pivoting: true }), referenceQr(a, { pivoting: true })];
      expect(fast.permutation!.toArray()).toEqual(slow.permutation!.toArray());
      expect(largestDifference(fast.R, slow.R)).toBeLessThan(1e-11);
      expect(largestDifference(fast.Q!, slow.Q!)).toBeLessThan(1e-11);
    }
  });

  test("batches and empty matrices", () => {
    const a = randn([5, 30, 22], { seed: 4, dtype: "float64" });
    const { Q, R, permutation } = qr(a, { pivoting: true });
    for (let i = 0; i < 5; i++) {
      const one = qr(select(a, 0, i), { pivoting: true });
      expect(largestDifference(select(Q!, 0, i), one.Q!)).toBe(0);
      expect(largestDifference(select(R, 0, i), one.R)).toBe(0);
      expect(select(permutation!, 0, i).toArray()).toEqual(one.permutation!.toArray());
    }
    expect(qr(zeros([0, 3]), { pivoting: true }).permutation!.toArray()).toEqual([0, 1, 2]);
    expect(qr(zeros([3, 0]), { pivoting: true, mode: "complete" }).Q!.toArray()).toEqual(eye(3).toArray());
    expect(qr(zeros([2, 0, 3, 4]), { pivoting: true }).permutation!.shape).toEqual([2, 0, 4]);
  });
});
