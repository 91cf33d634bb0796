import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LinAlgError } from "../../base/errors.js";
import { add } from "../../ops/add/op.js";
import { matmul } from "../../ops/matmul/op.js";
import { transpose } from "../../ops/transpose/op.js";
import { tril } from "../../ops/tril/op.js";
import { triu } from "../../ops/triu/op.js";
import { abstractTensor, eye, full, randn, tensor } from "../../tensor/create.js";
import type { Tensor } from "../../tensor/tensor.js";
import { expectClose, largestDifference } from "../../../test/expect.js";
import {
  build,
  definite,
  epsilonOf,
  largeSizes,
  random,
  rowNorm,
  sizes,
  tiniestOf,
  toDouble,
  type RealType,
} from "../../../test/hard-matrices.js";
import "../kernels.js";
import { fasterEngines, useEngine } from "../../../test/linalg/engines.js";
import { cholesky, choleskyOp } from "./op.js";

/** A triangle with a positive diagonal and L·Lᵀ = A to 10·n·ε; the same for U of the transpose. */
function expectLaws(a: Tensor): void {
  const dtype = a.dtype as RealType;
  const n = a.sizes[0];
  for (const l of [cholesky(a), transpose(cholesky(transpose(a), { upper: true }))]) {
    expect(largestDifference(l, tril(l))).toBe(0);
    const values = l.toArray() as number[][];
    values.forEach((row, i) => expect(row[i]).toBeGreaterThan(0));
    const bound = 10 * n * (epsilonOf(dtype) * rowNorm(a) + tiniestOf(dtype));
    const product = matmul(toDouble(l), transpose(toDouble(l)));
    expect(largestDifference(product, toDouble(a))).toBeLessThanOrEqual(bound);
  }
}

const gram = (n: number, dtype: RealType): Tensor => {
  const g = random(n, n, dtype);
  return add(matmul(g, transpose(g)), eye(n, n, { dtype }));
};

describe.each(fasterEngines)("cholesky, %s", (engine) => {
  useEngine(engine);

  // g = np.sin(np.arange(9.)).reshape(3, 3); np.linalg.cholesky(g @ g.T + np.eye(3))
  test("golden", () => {
    const g = tensor(
      Float64Array.from({ length: 9 }, (_, i) => Math.sin(i)),
      { shape: [3, 3] },
    );
    const a = add(matmul(g, transpose(g)), eye(3, 3, { dtype: "float64" }));
    expectClose(
      cholesky(a),
      [
        [1.5921354303906992, 0, 0],
        [-0.9476421965771264, 1.2705018321056563, 0],
        [0.91226917030323, -0.4886691837608279, 1.190588737326333],
      ],
      1e-15,
    );
  });

  test.skipIf(engine === "native")("U of the transpose is L transposed, to the bit, in WebAssembly", () => {
    for (const n of sizes) {
      const a = gram(n, "float64");
      expect(largestDifference(cholesky(transpose(a), { upper: true }), transpose(cholesky(a)))).toBe(0);
    }
  });

  describe.each(["float32", "float64"] as const)("laws in %s", (dtype) => {
    test.each(Object.entries(definite))("%s", (_, entry) => {
      for (const n of sizes) expectLaws(build(n, dtype, entry));
    });

    test.each([...sizes, ...largeSizes])("Gram matrix, n = %i", (n) => {
      expectLaws(gram(n, dtype));
    });
  });

  test("laws on random Gram matrices", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.integer(), (n, seed) => {
        const g = randn([n, n + 2], { seed, dtype: "float64" });
        expectLaws(matmul(g, transpose(g)));
      }),
      { numRuns: 40 },
    );
  });

  test("only one triangle is read, whatever the other one holds", () => {
    const a = gram(150, "float64");
    const junk = full([150, 150], NaN, { dtype: "float64" });
    const above = triu(a).dataSync() as Float64Array;
    const below = tril(a).dataSync() as Float64Array;
    const nan = junk.dataSync() as Float64Array;
    const mix = (kept: Float64Array, reads: (i: number, j: number) => boolean): Tensor =>
      tensor(
        kept.map((x, at) => (reads(Math.floor(at / 150), at % 150) ? x : nan[at])),
        { shape: [150, 150] },
      );
    expect(largestDifference(cholesky(mix(below, (i, j) => j <= i)), cholesky(a))).toBe(0);
    const upper = cholesky(
      mix(above, (i, j) => j >= i),
      { upper: true },
    );
    expect(largestDifference(upper, transpose(cholesky(a)))).toBeLessThan(1e-11);
    expect(() => cholesky(mix(above, (i, j) => j >= i))).toThrow("cholesky: [150, 150] has NaN at [1, 0]");
  });

  test("a batch is its matrices", () => {
    const g = randn([2, 3, 7, 7], { seed: 5, dtype: "float64" });
    const a = matmul(g, transpose(g));
    const l = cholesky(a);
    expect(largestDifference(matmul(l, transpose(l)), a)).toBeLessThan(1e-13);
    const one = cholesky(a.withView({ dims: [7, 7], strides: [7, 1], offset: 4 * 49 }));
    expect([...(l.dataSync() as Float64Array).subarray(4 * 49, 5 * 49)]).toEqual([...one.dataSync()]);
  });

  test("half types answer in their own dtype", () => {
    const l = cholesky(
      tensor(
        [
          [4, 2],
          [2, 10],
        ],
        { dtype: "bfloat16" },
      ),
    );
    expect(l.dtype).toBe("bfloat16");
    expect(l.toArray()).toEqual([
      [2, 0],
      [1, 3],
    ]);
  });

  test("shape and cost", () => {
    expect(String(cholesky(abstractTensor(["B", "n", "n"])).dims)).toBe("B,n,n");
    const a = abstractTensor([4, 30, 30]);
    const { flops } = choleskyOp.cost({ inputs: [a], outputs: [], attributes: { upper: false } });
    expect(flops.value()).toBe(BigInt((4 * 30 ** 3) / 3));
  });

  // Blocks of 40 rows are factored whole: sizes and pivots on both sides of their edges.
  test.each([39, 40, 41, 80, 81])("the pivot that fails, %i rows", (n) => {
    const a = gram(n, "float64").dataSync() as Float64Array;
    for (const pivot of [0, 1, 38, 39, 40, 79, n - 1].filter((i) => i < n)) {
      const broken = a.slice();
      broken[pivot * (n + 1)] = -1e6;
      expect(() => cholesky(tensor(broken, { shape: [n, n] }))).toThrow(`pivot ${pivot} is -`);
    }
  });

  test("an indefinite matrix: the pivot, its value, and which matrix of the batch", () => {
    const a = eye(100, 100, { dtype: "float64" }).dataSync() as Float64Array;
    const batch = new Float64Array(6 * 10_000);
    for (let g = 0; g < 6; g++) batch.set(a, g * 10_000);
    batch[4 * 10_000 + 70 * 101] = -2;
    const bad = tensor(batch, { shape: [2, 3, 100, 100] });
    expect(() => cholesky(bad)).toThrow(
      "cholesky: matrix [1, 1] of [2, 3, 100, 100] is not positive definite: pivot 70 is -2; " +
        "add a multiple of the identity, or use lu or eigh",
    );
    const details: unknown = expect.objectContaining({
      op: "cholesky",
      matrix: [1, 1],
      pivot: 70,
      value: -2,
    });
    expect(() => cholesky(bad, { upper: true })).toThrow(expect.objectContaining({ details }));
  });

  test.each([
    ["zero", [[0]], "cholesky: [1, 1] is not positive definite: pivot 0 is 0;"],
    [
      "indefinite",
      [
        [1, 2],
        [2, 1],
      ],
      "cholesky: [2, 2] is not positive definite: pivot 1 is -3;",
    ],
    [
      "semidefinite",
      [
        [1, 1],
        [1, 1],
      ],
      "cholesky: [2, 2] is not positive definite: pivot 1 is 0;",
    ],
    [
      "infinite",
      [
        [1, 0],
        [0, Infinity],
      ],
      "cholesky: [2, 2] has Infinity at [1, 1]",
    ],
    [
      "NaN",
      [
        [NaN, 0],
        [0, 1],
      ],
      "cholesky: [2, 2] has NaN at [0, 0]",
    ],
    [
      "wide",
      [
        [1, 0, 0],
        [0, 1, 0],
      ],
      "cholesky: [2, 3] is not square: 2 rows and 3 columns",
    ],
  ])("%s", (_, values, message) => {
    expect(() => cholesky(tensor(values))).toThrow(message);
    expect(() => cholesky(tensor(values))).toThrow(LinAlgError);
  });
});
