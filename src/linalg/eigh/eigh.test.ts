import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import "../../backends/cpu.js";
import { LinAlgError } from "../../base/errors.js";
import { matmul } from "../../ops/matmul/op.js";
import { transpose } from "../../ops/transpose/op.js";
import { abstractTensor, eye, randn, tensor } from "../../tensor/create.js";
import type { Tensor } from "../../tensor/tensor.js";
import { largestDifference } from "../../../test/expect.js";
import { eigh, eighOp } from "./op.js";

const diagonal = (values: Tensor): Tensor => {
  const n = values.size;
  const entries = values.dataSync();
  return tensor(
    Float64Array.from({ length: n * n }, (_, i) => (i % (n + 1) === 0 ? Number(entries[i / (n + 1)]) : 0)),
    { shape: [n, n] },
  );
};

describe("eigh", () => {
  test("[[3, 1], [1, 3]] has eigenvalues 2 and 4 with (1, ∓1)/√2", () => {
    const { eigenvalues, eigenvectors } = eigh(
      tensor(
        [
          [3, 1],
          [1, 3],
        ],
        { dtype: "float64" },
      ),
    );
    expect(eigenvalues.toArray()).toEqual([2, 4]);
    const r = Math.SQRT1_2;
    const [[a, b], [c, d]] = eigenvectors.toArray() as number[][];
    expect([Math.abs(a), b, Math.abs(c), d].every((x) => Math.abs(x - r) < 1e-15)).toBe(true);
    expect(a * c).toBeLessThan(0);
  });

  test("A V = V Λ and VᵀV = I to a few n·ε", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.integer(), (n, seed) => {
        const g = randn([n, n], { seed, dtype: "float64" });
        const a = matmul(g, transpose(g));
        const { eigenvalues, eigenvectors: v } = eigh(a);
        const norm = Math.max(...(a.dataSync() as Float64Array).map(Math.abs), 1);
        const bound = 20 * n * Number.EPSILON;
        expect(largestDifference(matmul(a, v), matmul(v, diagonal(eigenvalues)))).toBeLessThan(
          bound * norm * n,
        );
        expect(largestDifference(matmul(transpose(v), v), eye(n, n, { dtype: "float64" }))).toBeLessThan(
          bound,
        );
      }),
      { numRuns: 40 },
    );
  });

  test("batches, and the empty matrix", () => {
    const { eigenvalues } = eigh(
      tensor([
        [
          [2, 0],
          [0, 1],
        ],
        [
          [0, 1],
          [1, 0],
        ],
      ]),
    );
    expect(eigenvalues.toArray()).toEqual([
      [1, 2],
      [-1, 1],
    ]);
    expect(eigh(tensor(new Float32Array(0), { shape: [0, 0] })).eigenvalues.shape).toEqual([0]);
  });

  test("entries of 1e±150 neither overflow nor vanish", () => {
    const { eigenvalues } = eigh(
      tensor(
        [
          [3e150, 1e150],
          [1e150, 3e150],
        ],
        { dtype: "float64" },
      ),
    );
    expect((eigenvalues.toArray() as number[])[1] / 4e150).toBeCloseTo(1, 14);
  });

  test("shape and cost on names", () => {
    const { eigenvectors } = eigh(abstractTensor(["B", "n", "n"]));
    expect(String(eigenvectors.dims)).toBe("B,n,n");
    const a = abstractTensor(["B", "n", "n"]);
    expect(
      String(
        eighOp.cost({ inputs: [a], outputs: eighOp.infer([a], undefined), attributes: undefined }).flops,
      ),
    ).toBe("9·B·n³");
  });

  test("errors", () => {
    expect(() => eigh(randn([2, 3]))).toThrow("eigh: [2, 3] is not square: 2 rows and 3 columns");
    expect(() =>
      eigh(
        tensor([
          [1, NaN],
          [0, 1],
        ]),
      ),
    ).toThrow(LinAlgError);
    expect(() => eigh(tensor([1, 2]))).toThrow("needs at least 2 axes, got [2]");
  });
});
