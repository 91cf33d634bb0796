import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LinAlgError } from "../../base/errors.js";
import { matmul } from "../../ops/matmul/op.js";
import { stack } from "../../ops/stack/op.js";
import { take } from "../../ops/take/op.js";
import { transpose } from "../../ops/transpose/op.js";
import { abstractTensor, eye, randn, tensor, zeros } from "../../tensor/create.js";
import type { Tensor } from "../../tensor/tensor.js";
import { expectClose, largestDifference } from "../../../test/expect.js";
import {
  build,
  definite,
  deficient,
  epsilonOf,
  largeSizes,
  random,
  regular,
  rowNorm,
  sizes,
  tiniestOf,
  toDouble,
  type RealType,
} from "../../../test/hard-matrices.js";
import "../kernels.js";
import { fasterEngines, useEngine } from "../../../test/linalg/engines.js";
import { lu, luOp } from "./op.js";

/** Unit lower L with entries up to 1, upper U, a permutation P, and P·L·U = A to 10·n·ε. */
function expectLaws(a: Tensor): void {
  const { P, L, U, permutation } = lu(a);
  const [m, n] = a.sizes;
  const k = Math.min(m, n);
  const [l, u] = [L.dataSync() as Float64Array, U.dataSync() as Float64Array];
  let wrong = 0;
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < k; j++) {
      const value = l[i * k + j];
      if (j > i ? value !== 0 : j === i ? value !== 1 : !(Math.abs(value) <= 1)) wrong++;
    }
  }
  for (let i = 0; i < k; i++) for (let j = 0; j < Math.min(i, n); j++) if (u[i * n + j] !== 0) wrong++;
  expect(wrong).toBe(0);

  const order = permutation.toArray() as number[];
  expect(order.toSorted((x, y) => x - y)).toEqual(Array.from({ length: m }, (_, i) => i));
  const identity = eye(m, m, { dtype: a.dtype });
  expect(largestDifference(transpose(P), m === 0 ? identity : take(identity, permutation, 0))).toBe(0);

  const dtype = a.dtype as RealType;
  const size = Math.max(m, n);
  const bound = 10 * size * (epsilonOf(dtype) * rowNorm(a) + tiniestOf(dtype));
  const product = matmul(toDouble(P), matmul(toDouble(L), toDouble(U)));
  expect(largestDifference(product, toDouble(a))).toBeLessThanOrEqual(bound);
}

describe.each(fasterEngines)("lu, %s", (engine) => {
  useEngine(engine);

  // scipy.linalg.lu(np.sin(np.arange(9.)).reshape(3, 3) + np.eye(3))
  test("golden", () => {
    const a = tensor(
      Float64Array.from({ length: 9 }, (_, i) => Math.sin(i) + (i % 4 === 0 ? 1 : 0)),
      { shape: [3, 3] },
    );
    const { P, L, U, permutation } = lu(a);
    expect(P.toArray()).toEqual([
      [1, 0, 0],
      [0, 0, 1],
      [0, 1, 0],
    ]);
    expect(permutation.toArray()).toEqual([0, 2, 1]);
    expect(permutation.dtype).toBe("int32");
    expectClose(
      L,
      [
        [1, 0, 0],
        [-0.27941549819892586, 1, 0],
        [0.1411200080598672, 0.13950026589666717, 1],
      ],
      1e-15,
    );
    expectClose(
      U,
      [
        [1, 0.8414709848078965, 0.9092974268256817],
        [0, 0.8921066331588282, 2.243430040150881],
        [0, 0, -1.4002034219872137],
      ],
      1e-15,
    );
  });

  test("A[permutation] = L U, with the direction that a three-cycle tells apart", () => {
    const a = tensor([
      [0, 0, 3],
      [1, 0, 0],
      [0, 2, 0],
    ]);
    const { L, U, permutation } = lu(a);
    expect(permutation.toArray()).toEqual([1, 2, 0]);
    expect(matmul(L, U).toArray()).toEqual(take(a, permutation, 0).toArray());
  });

  describe.each(["float32", "float64"] as const)("laws in %s", (dtype) => {
    const kinds = Object.entries({ ...regular, ...deficient, ...definite });
    test.each(kinds)("%s", (_, entry) => {
      for (const n of sizes) expectLaws(build(n, dtype, entry));
    });

    test.each(largeSizes)("random, n = %i", (n) => {
      expectLaws(random(n, n, dtype));
    });

    test.each([
      [300, 40],
      [41, 300],
      [257, 64],
      [64, 257],
      [600, 1],
      [1, 600],
      [90, 85],
      [17, 16],
      [16, 17],
      [5, 0],
      [0, 5],
    ])("[%i, %i]", (m, n) => {
      expectLaws(random(m, n, dtype));
    });
  });

  test("laws on random shapes, with entries that tie", () => {
    const size = fc.integer({ min: 1, max: 60 });
    fc.assert(
      fc.property(size, size, fc.integer({ min: 1, max: 9 }), fc.integer(), (m, n, range, seed) => {
        const values = randn([m, n], { seed, dtype: "float64" }).dataSync() as Float64Array;
        expectLaws(
          tensor(
            values.map((x) => Math.round(x * range)),
            { shape: [m, n] },
          ),
        );
      }),
      { numRuns: 60 },
    );
  });

  test("a batch is its matrices, strided or not", () => {
    const a = randn([2, 3, 19, 23], { seed: 4 });
    const all = lu(a);
    const one = lu(a.withView({ dims: [19, 23], strides: [23, 1], offset: 4 * 19 * 23 }));
    for (const name of ["P", "L", "U", "permutation"] as const) {
      const [size, whole] = [one[name].size, all[name].dataSync()];
      expect(Array.from(whole.slice(4 * size, 5 * size), Number)).toEqual(
        Array.from(one[name].dataSync(), Number),
      );
    }
    const turned = lu(transpose(a));
    expect(largestDifference(matmul(turned.P, matmul(turned.L, turned.U)), transpose(a))).toBeLessThan(1e-5);
  });

  test("more matrices than fit one call", () => {
    const one = randn([8, 8], { seed: 1, dtype: "float64" });
    const { L } = lu(stack(Array.from({ length: 30_000 }, () => one)));
    const values = L.dataSync() as Float64Array;
    expect([...values.subarray(-64)]).toEqual([...(lu(one).L.dataSync() as Float64Array)]);
  });

  test("half types answer in their own dtype", () => {
    const { L, U, P } = lu(randn([6, 6], { seed: 2, dtype: "float16" }));
    expect([L.dtype, U.dtype, P.dtype]).toEqual(["float16", "float16", "float16"]);
  });

  test("shape and cost", () => {
    const { P, L, U, permutation } = lu(abstractTensor(["B", 100, 40]));
    expect([P, L, U, permutation].map(({ dims }) => String(dims))).toEqual([
      "B,100,100",
      "B,100,40",
      "B,40,40",
      "B,100",
    ]);
    const a = abstractTensor([3, 30, 30]);
    const cost = (input: Tensor) =>
      luOp.cost({ inputs: [input], outputs: luOp.infer([input], undefined), attributes: undefined });
    expect(cost(a).flops.value()).toBe(BigInt(3 * (2 / 3) * 30 ** 3));
    // mn² − n³/3
    expect(cost(abstractTensor([100, 30])).flops.value()).toBe(BigInt(100 * 30 ** 2 - 30 ** 3 / 3));
    expect(() => lu(abstractTensor(["m", "n"]))).toThrow("lu: cannot tell which of m and n is smaller");
  });

  test("errors", () => {
    expect(() => lu(tensor([1, 2]))).toThrow("lu: needs at least 2 axes, got [2]");
    const bad = zeros([2, 50, 50]).dataSync() as Float32Array;
    bad[2500 + 52] = Infinity;
    const shaped = tensor(bad, { shape: [2, 50, 50] });
    expect(() => lu(shaped)).toThrow("lu: [2, 50, 50] has Infinity at [1, 1, 2]; every entry must be finite");
    const huge = tensor([
      [1, 3e38],
      [-1, 3e38],
    ]);
    expect(() => lu(huge)).toThrow(LinAlgError);
    expect(() => lu(huge)).toThrow("lu: the result for [2, 2] overflows float32");
  });
});
