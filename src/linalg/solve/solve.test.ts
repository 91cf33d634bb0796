import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DTypeError, LinAlgError, ShapeError } from "../../base/errors.js";
import { abs } from "../../ops/abs/op.js";
import { cast } from "../../ops/cast/op.js";
import { matmul } from "../../ops/matmul/op.js";
import { max } from "../../ops/max/op.js";
import { sub } from "../../ops/sub/op.js";
import { transpose } from "../../ops/transpose/op.js";
import { abstractTensor, eye, ones, randn, tensor, zeros } from "../../tensor/create.js";
import type { Tensor } from "../../tensor/tensor.js";
import { expectClose, largestDifference, wave } from "../../../test/expect.js";
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
import { lstsq } from "../leastSquares/lstsq.js";
import { solve, solveOp } from "./op.js";

/** ‖A·x − b‖ / (‖A‖·‖x‖) in units of n·ε, largest over the right-hand sides; ε‖A‖ is at least a denormal number. */
function backwardError(a: Tensor, x: Tensor, b: Tensor): number {
  const [n, k] = x.sizes;
  if (x.size === 0) return 0;
  const residual = abs(sub(matmul(toDouble(a), toDouble(x)), toDouble(b)));
  const [rest, size] = [residual, abs(toDouble(x))].map((y) => max(y, 0).dataSync() as Float64Array);
  const dtype = a.dtype as RealType;
  const unit = n * (epsilonOf(dtype) * rowNorm(a) + tiniestOf(dtype));
  return Math.max(...Array.from({ length: k }, (_, j) => (rest[j] === 0 ? 0 : rest[j] / (unit * size[j]))));
}

/** The backward error of what `solve` answers; 0 when it says that the matrix is singular or the answer out of range. */
function errorOrRefusal(a: Tensor, b: Tensor): number {
  try {
    return backwardError(a, solve(a, b), b);
  } catch (error) {
    if (error instanceof LinAlgError && /is singular: pivot|overflows/.test(error.message)) return 0;
    throw error;
  }
}

/** Right-hand sides whose solutions are about 1, −1, …: they stay in range however A is scaled. */
function rightSides(a: Tensor, k: number): Tensor {
  const x = randn([a.sizes[1], k], { seed: k, dtype: "float64" });
  return cast(matmul(toDouble(a), x), a.dtype);
}

const shifted = (values: Tensor): Tensor =>
  tensor(
    (values.dataSync() as Float64Array).map((x, i) => x + (i % 4 === 0 ? 1 : 0)),
    { shape: [3, 3] },
  );

describe.each(fasterEngines)("solve, %s", (engine) => {
  useEngine(engine);

  // a = np.sin(np.arange(9.)).reshape(3, 3) + np.eye(3); b = np.sin(np.arange(…) * 0.5); np.linalg.solve(a, b)
  test("golden: a vector and a matrix", () => {
    const a = shifted(wave([3, 3]));
    const x = solve(a, wave([3], 0.5));
    expectClose(x, [-1.1057416890488483, 1.593461853158922, -0.2585625108424261], 1e-14);
    expectClose(
      solve(a, wave([3, 2], 0.5)),
      [
        [-1.4736003477226416, -0.9247736692474253],
        [2.3027291074355722, 2.30749184576067],
        [-0.5103713794473818, -0.5911027703148154],
      ],
      1e-14,
    );
  });

  describe.each(["float32", "float64"] as const)("backward error in %s", (dtype) => {
    test.each(Object.entries({ ...regular, ...definite }))("%s", (_, entry) => {
      for (const n of sizes) {
        const a = build(n, dtype, entry);
        for (const k of [1, 3, 9]) {
          const b = rightSides(a, k);
          expect(backwardError(a, solve(a, b), b)).toBeLessThanOrEqual(10);
        }
      }
    });

    test.each(Object.entries(deficient))("%s: solved, or said to be singular or out of range", (_, entry) => {
      for (const n of sizes) {
        const a = build(n, dtype, entry);
        const b = rightSides(a, 3);
        expect(errorOrRefusal(a, b)).toBeLessThanOrEqual(10);
      }
    });

    test.each(largeSizes)("random, n = %i", (n) => {
      const a = random(n, n, dtype);
      for (const k of [1, 40]) {
        const b = random(n, k, dtype);
        expect(backwardError(a, solve(a, b), b)).toBeLessThanOrEqual(10);
      }
    });
  });

  test("Wilkinson's example of growth: the error grows as the pivots do, and no more", () => {
    const n = 40;
    const a = build(n, "float64", (i, j) => (j === n - 1 || i === j ? 1 : j < i ? -1 : 0));
    const b = random(n, 1, "float64");
    expect(backwardError(a, solve(a, b), b)).toBeLessThanOrEqual(10 * 2 ** (n - 1));
  });

  test("laws on random systems", () => {
    const size = fc.integer({ min: 1, max: 50 });
    fc.assert(
      fc.property(size, fc.integer({ min: 1, max: 9 }), fc.integer(), (n, k, seed) => {
        const a = randn([n, n], { seed, dtype: "float64" });
        const b = randn([n, k], { seed: seed + 1, dtype: "float64" });
        expect(backwardError(a, solve(a, b), b)).toBeLessThanOrEqual(10);
      }),
      { numRuns: 60 },
    );
  });

  test("a vector is the same as its column", () => {
    const a = random(70, 70, "float64");
    const b = random(70, 1, "float64");
    const vector = solve(a, b.withView({ dims: [70], strides: [1] }));
    expect(vector.shape).toEqual([70]);
    expect([...vector.dataSync()]).toEqual([...solve(a, b).dataSync()]);
  });

  test.each([
    [[2, 3, 4, 4], [4]],
    [
      [2, 3, 4, 4],
      [4, 5],
    ],
    [
      [2, 1, 4, 4],
      [3, 4, 5],
    ],
    [
      [4, 4],
      [2, 3, 4, 2],
    ],
    [
      [3, 1, 4, 4],
      [1, 2, 4, 1],
    ],
    [
      [1, 4, 4],
      [2, 1, 4, 2],
    ],
    [
      [2, 3, 4, 4],
      [2, 3, 4, 1],
    ],
  ])("leading axes broadcast: %j with %j", (aShape, bShape) => {
    const a = randn(aShape, { seed: 1, dtype: "float64" });
    const b = randn(bShape, { seed: 2, dtype: "float64" });
    const x = solve(a, b);
    const columns =
      bShape.length === 1 ? x.withView({ dims: [...x.dims, 1], strides: [...x.strides, 1] }) : x;
    const right = bShape.length === 1 ? b.withView({ dims: [4, 1], strides: [1, 1] }) : b;
    const product = matmul(a, columns);
    const spread = matmul(eye(4, 4, { dtype: "float64" }), right);
    expect(max(abs(sub(product, spread))).item()).toBeLessThan(1e-12);
    expect(String(product.dims)).toBe(String(sub(product, spread).dims));
  });

  test("empty systems", () => {
    expect(solve(zeros([0, 0]), zeros([0])).shape).toEqual([0]);
    expect(solve(zeros([3, 0, 0]), zeros([0, 5])).shape).toEqual([3, 0, 5]);
    expect(solve(eye(3, 3), zeros([3, 0])).shape).toEqual([3, 0]);
    expect(solve(zeros([0, 3, 3]), zeros([0, 3, 2])).shape).toEqual([0, 3, 2]);
    expect(solve(eye(3, 3), zeros([0, 3, 2])).shape).toEqual([0, 3, 2]);
  });

  test.each(["int64", "int32", "uint8", "bool"] as const)("right-hand sides of %s, as in lstsq", (dtype) => {
    const b = tensor([1, 0, 0, 1, 1, 1], { shape: [3, 2], dtype });
    for (const type of ["float64", "float32", "float16", "bfloat16"] as const) {
      const a = tensor([2, 0, 0, 0, 4, 0, 0, 0, 0.5], { shape: [3, 3], dtype: type });
      const x = solve(a, b);
      expect([x.dtype, x.toArray()]).toEqual([type, [[0.5, 0], [0, 0.25], [2, 2]]]); // prettier-ignore
      expect(lstsq(a, b).solution.dtype).toBe(type);
      expect(solve(a, abstractTensor([3, "k"], dtype)).dtype).toBe(type);
    }
    expect(() => solve(cast(eye(3), "int32"), b)).toThrow(DTypeError);
  });

  test("dtypes meet, views are read through their strides", () => {
    const a = random(5, 5, "float64");
    expect(solve(cast(a, "float32"), random(5, 2, "float64")).dtype).toBe("float64");
    expect(solve(cast(a, "float16"), ones([5], { dtype: "bfloat16" })).dtype).toBe("float32");
    const half = solve(
      tensor(
        [
          [2, 0],
          [0, 4],
        ],
        { dtype: "float16" },
      ),
      tensor([1, 1], { dtype: "float16" }),
    );
    expect([half.dtype, half.toArray()]).toEqual(["float16", [0.5, 0.25]]);
    const b = transpose(random(2, 5, "float64"));
    expect(backwardError(transpose(a), solve(transpose(a), b), b)).toBeLessThan(10);
  });

  test("shape and cost", () => {
    expect(String(solve(abstractTensor(["B", "n", "n"]), abstractTensor(["n"])).dims)).toBe("B,n");
    const inputs = [abstractTensor([6, 30, 30]), abstractTensor([6, 30, 4])];
    const { flops } = solveOp.cost({
      inputs,
      outputs: solveOp.infer(inputs, undefined),
      attributes: undefined,
    });
    expect(flops.value()).toBe(BigInt(6 * ((2 * 30 ** 3) / 3 + 2 * 30 * 30 * 4)));
  });

  test.each([
    [[3, 4], [3], "solve: [3, 4] is not square: 3 rows and 4 columns", LinAlgError],
    [
      [4, 4],
      [5],
      "solve: [4, 4] with [5]: a has 4 rows and b has 5; b must be [4] or [..., 4, k]",
      ShapeError,
    ],
    [
      [7, 4, 4],
      [7, 4],
      "solve: [7, 4, 4] with [7, 4]: a has 4 rows and b has 7; b must be [4] or [..., 4, k]; " +
        "for a stack of vectors use .unsqueeze(-1)",
      ShapeError,
    ],
    [
      [2, 4, 4],
      [3, 4, 1],
      "solve: [2, 4, 4] with [3, 4, 1]: batch dims 2 and 3 do not broadcast",
      ShapeError,
    ],
    [
      [2, 4, 4],
      [5, 3, 4, 1],
      "solve: [2, 4, 4] with [5, 3, 4, 1]: batch dims 2 and 3 do not broadcast; " +
        "shapes align on the right, use .unsqueeze(axis) to add size-1 axes",
      ShapeError,
    ],
    [[4, 4], [], "solve: [4, 4] with []: b must be [4] or [..., 4, k]", ShapeError],
  ])("%j with %j does not fit", (a, b, message, kind) => {
    const call = (): Tensor => solve(zeros(a), zeros(b));
    expect(call).toThrow(kind);
    expect(call).toThrow(message);
  });

  test("a singular matrix: the pivot, and which matrix of the batch", () => {
    const one = tensor([
      [1, 2],
      [2, 4],
    ]);
    expect(() => solve(one, tensor([1, 1]))).toThrow(
      "solve: [2, 2] is singular: pivot 1 of its LU factorisation is 0; use lstsq for a least-squares solution",
    );
    const values = randn([2, 2, 90, 90], { seed: 3 }).dataSync() as Float32Array;
    for (let i = 0; i < 90; i++) values[2 * 8100 + i * 90 + 60] = 0;
    expect(() => solve(tensor(values, { shape: [2, 2, 90, 90] }), ones([90, 2]))).toThrow(
      "solve: matrix [1, 0] of [2, 2, 90, 90] is singular: pivot 60",
    );
  });

  test("entries and results out of range", () => {
    const nan = tensor([NaN, 1]);
    expect(() => solve(eye(2, 2), nan)).toThrow("solve: [2] has NaN at [0]; every entry must be finite");
    expect(() =>
      solve(
        tensor([
          [1, 0],
          [0, -Infinity],
        ]),
        ones([2]),
      ),
    ).toThrow("solve: [2, 2] has -Infinity at [1, 1]");
    expect(() => solve(tensor([[1e-30]]), tensor([1e30]))).toThrow(
      "solve: the result for [1, 1] overflows float32: the matrix is nearly singular or badly scaled; " +
        "rescale it or use float64",
    );
    const half = tensor([[0.0001]], { dtype: "float16" });
    expect(() => solve(half, tensor([1000], { dtype: "float16" }))).toThrow("overflows float16");
    expect(largestDifference(solve(eye(2, 2), ones([2])), ones([2]))).toBe(0);
  });
});
