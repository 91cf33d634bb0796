import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import "../../kernels.js";
import { matmul } from "../../../ops/matmul/op.js";
import { mul } from "../../../ops/mul/op.js";
import { stack } from "../../../ops/stack/op.js";
import { slice } from "../../../ops/slice/op.js";
import { transpose } from "../../../ops/transpose/op.js";
import { eye, fromElements, randn, tensor, zeros } from "../../../tensor/create.js";
import type { Tensor } from "../../../tensor/tensor.js";
import { largestDifference } from "../../../../test/expect.js";
import { qr } from "../../qr/op.js";
import { orthonormalRows, orthonormalRowsOp } from "./op.js";
import type { RowsAttributes } from "./reference.js";

const signs = (k: number, n: number): Tensor =>
  fromElements(
    Float32Array.from({ length: k * n }, (_, i) => (Math.sin(i * i) < 0 ? 1 : -1)),
    [k, n],
    "float32",
  );

const basisOf = (l: number, n: number): Tensor | undefined =>
  l === 0 ? undefined : transpose(qr(randn([n, l], { seed: 9 })).Q!);

const reference = (X: Tensor, Qt: Tensor | undefined, attributes: RowsAttributes): Tensor => {
  const y = zeros(X.sizes);
  const noise = signs(...(X.sizes.slice(-2) as [number, number]));
  orthonormalRowsOp.reference!(Qt === undefined ? [X, noise] : [X, noise, Qt], [y], attributes);
  return y;
};

const both = (X: Tensor, Qt: Tensor | undefined, attributes: RowsAttributes): Tensor[] => [
  orthonormalRows(X, signs(...(X.sizes.slice(-2) as [number, number])), Qt, attributes),
  reference(X, Qt, attributes),
];

const twice: RowsAttributes = { passes: 2, before: 2 ** -21, after: 0 };
const once: RowsAttributes = { passes: 1, before: 0, after: 0 };

const gramError = (D: Tensor): number => largestDifference(matmul(D, transpose(D)), eye(D.sizes.at(-2)!));

describe("orthonormalRows", () => {
  test("is orthonormal, to what is known too, and as Gram–Schmidt has it", () => {
    const size = fc.integer({ min: 1, max: 40 });
    fc.assert(
      fc.property(size, fc.integer({ min: 0, max: 40 }), size, fc.nat(), (k, l, more, seed) => {
        const n = k + l + more;
        const Qt = basisOf(l, n);
        const X = randn([k, n], { seed });
        const [D, expected] = both(X, Qt, twice);
        const bound = 8 * Math.sqrt(n) * 2 ** -23;
        expect(gramError(D)).toBeLessThan(bound);
        const inside = Qt === undefined ? 0 : largestDifference(matmul(D, transpose(Qt)), zeros([k, l]));
        expect(inside).toBeLessThan(bound);
        // Rounding in X is as large, relative to the shortest of the rests, as its condition says: about k / √more.
        expect(largestDifference(D, expected)).toBeLessThan(bound * (1 + (8 * k) / Math.sqrt(more)));
      }),
      { numRuns: 60 },
    );
  });

  test("one pass keeps the span, and all but the shortest directions orthonormal", () => {
    const length = (i: number): number => 10 ** (-i / 2);
    const X = mul(randn([10, 300], { seed: 4 }), tensor(Array.from({ length: 10 }, (_, i) => [length(i)])));
    const [D, expected] = both(X, undefined, once);
    // The shift, 2⁻⁴⁰ of the squared norm, against the square of the shortest; rounding times the condition.
    const bound = 2 * 2 ** -40 * length(9) ** -2 + 2 ** -23 / length(9);
    expect(gramError(D)).toBeLessThan(bound);
    expect(largestDifference(D, expected)).toBeLessThan(bound);
    // X is (X Dᵀ) D: its rows are in the span of those of D.
    const again = matmul(matmul(X, transpose(D)), D);
    for (let i = 0; i < 10; i++) {
      const row = (x: Tensor): Tensor => slice(x, 0, i, i + 1);
      expect(largestDifference(row(again), row(X))).toBeLessThan(4 * bound * length(i));
    }
  });

  test("equal, zero and too many rows: directions come from the noise", () => {
    const row = randn([1, 80], { seed: 2 });
    const equal = matmul(tensor(Array.from({ length: 6 }, () => [1])), row);
    for (const X of [equal, zeros([6, 80]), mul(equal, 1e-18)]) {
      for (const D of both(X, basisOf(10, 80), twice)) {
        expect(gramError(D)).toBeLessThan(1e-5);
        expect(largestDifference(matmul(D, transpose(basisOf(10, 80)!)), zeros([6, 10]))).toBeLessThan(1e-5);
      }
    }
    for (const D of both(zeros([6, 80]), undefined, once)) {
      expect(largestDifference(D, zeros([6, 80]))).toBe(0);
    }
    const after = 2 ** -10;
    for (const D of both(zeros([6, 80]), undefined, { ...once, after })) {
      expect(largestDifference(D, mul(signs(6, 80), after))).toBe(0);
    }
  });

  test("a batch and views: the bits of each matrix alone", () => {
    const [a, b] = [1, 2].map((seed) => randn([70, 9], { seed }));
    const Qt = basisOf(5, 70)!;
    const alone = [a, b].map((x) => orthonormalRows(transpose(x), signs(9, 70), Qt, twice));
    const together = orthonormalRows(transpose(stack([a, b])), signs(9, 70), stack([Qt, Qt]), twice);
    expect(together.toArray()).toEqual(alone.map((x) => x.toArray()));
    expect(both(transpose(stack([a, b])), stack([Qt, Qt]), twice)[1].shape).toEqual([2, 9, 70]);
  });
});
