import { describe, expect, test } from "vitest";
import { LinAlgError } from "../../base/errors.js";
import { matmul } from "../../ops/matmul/op.js";
import { abstractTensor, eye, randn, tensor, zeros } from "../../tensor/create.js";
import type { Tensor } from "../../tensor/tensor.js";
import { expectClose, largestDifference } from "../../../test/expect.js";
import {
  build,
  definite,
  epsilonOf,
  largeSizes,
  random,
  regular,
  rowNorm,
  sizes,
  toDouble,
  type RealType,
} from "../../../test/hard-matrices.js";
import "../kernels.js";
import { fasterEngines, useEngine } from "../../../test/linalg/engines.js";
import { inv, invOp } from "./op.js";

/** ‖A·Y − I‖ ≤ 10·n·ε·‖A‖·‖Y‖. */
function expectLaws(a: Tensor): void {
  const n = a.sizes[0];
  const y = inv(a);
  expect(y.shape).toEqual([n, n]);
  const product = matmul(toDouble(a), toDouble(y));
  const bound = 10 * n * epsilonOf(a.dtype as RealType) * rowNorm(a) * rowNorm(y);
  expect(largestDifference(product, eye(n, n, { dtype: "float64" }))).toBeLessThanOrEqual(bound);
}

describe.each(fasterEngines)("inv, %s", (engine) => {
  useEngine(engine);

  // np.linalg.inv(np.sin(np.arange(9.)).reshape(3, 3) + np.eye(3))
  test("golden", () => {
    const values = Float64Array.from({ length: 9 }, (_, i) => Math.sin(i) + (i % 4 === 0 ? 1 : 0));
    expectClose(
      inv(tensor(values, { shape: [3, 3] })),
      [
        [0.891665944314566, -0.8618721540362791, -0.8230089686932505],
        [-0.01024708402186458, 1.7959929504940866, 0.8704007372353426],
        [0.12862312827279443, -0.7141819426357121, 0.09962857089628013],
      ],
      1e-13,
    );
  });

  describe.each(["float32", "float64"] as const)("laws in %s", (dtype) => {
    // The inverse of "denormal" is out of range; substitution with "graded rows" leaves that of float32 on its way.
    // The inverse of graded rows is in range, but not what the WebAssembly kernel multiplies on the way to it.
    const outside = dtype === "float32" && engine === "wasm" ? ["denormal", "graded rows"] : ["denormal"];
    const kinds = Object.entries({ ...regular, ...definite }).filter(([name]) => !outside.includes(name));
    test.each(kinds)("%s", (_, entry) => {
      for (const n of sizes) expectLaws(build(n, dtype, entry));
    });

    test.each(outside)("%s: an error, never NaN", (name) => {
      const entry = { ...regular, ...definite }[name];
      expect(() => inv(build(31, dtype, entry))).toThrow(`overflows ${dtype}`);
    });

    test.each(largeSizes)("random, n = %i", (n) => {
      expectLaws(random(n, n, dtype));
    });
  });

  test("a batch is its matrices", () => {
    const a = randn([2, 3, 5, 5], { seed: 5, dtype: "float64" });
    const y = inv(a);
    const one = inv(a.withView({ dims: [5, 5], strides: [5, 1], offset: 75 }));
    expect([...(y.dataSync() as Float64Array).subarray(75, 100)]).toEqual([...one.dataSync()]);
    expect(inv(zeros([0, 3, 3])).shape).toEqual([0, 3, 3]);
  });

  test("half types", () => {
    const y = inv(
      tensor(
        [
          [2, 0],
          [0, 8],
        ],
        { dtype: "float16" },
      ),
    );
    const values = (y.toArray() as number[][]).map((row) => row.map((x) => x + 0)); // no -0
    expect([y.dtype, values]).toEqual([
      "float16",
      [
        [0.5, 0],
        [0, 0.125],
      ],
    ]);
  });

  test("shape and cost", () => {
    const a = abstractTensor(["B", "n", "n"]);
    expect(String(inv(a).dims)).toBe("B,n,n");
    expect(String(invOp.cost({ inputs: [a], outputs: [], attributes: undefined }).flops)).toBe("2·B·n³");
  });

  test("errors", () => {
    const singular = tensor([
      [
        [1, 0],
        [0, 1],
      ],
      [
        [1, 1],
        [1, 1],
      ],
    ]);
    expect(() => inv(singular)).toThrow(LinAlgError);
    expect(() => inv(singular)).toThrow(
      "inv: matrix [1] of [2, 2, 2] is singular: pivot 1 of its LU factorisation is 0; use pinv for the pseudoinverse",
    );
    expect(() => inv(tensor([[1, 2, 3]]))).toThrow("inv: [1, 3] is not square: 1 rows and 3 columns");
    expect(() => inv(tensor([[NaN]]))).toThrow("inv: [1, 1] has NaN at [0, 0]");
    expect(() => inv(tensor([[1e-40]]))).toThrow("inv: the result for [1, 1] overflows float32");
    expect(() =>
      inv(
        tensor(
          [
            [1, 2],
            [3, 4],
          ],
          { dtype: "int32" },
        ),
      ),
    ).toThrow("dtype int32 is not supported");
  });
});
