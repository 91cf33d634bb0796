import { describe, expect, test } from "vitest";
import { ConfigError, LinAlgError } from "../../base/errors.js";
import { add } from "../../ops/add/op.js";
import { matmul } from "../../ops/matmul/op.js";
import { mul } from "../../ops/mul/op.js";
import { abstractTensor, eye, randn, tensor, zeros } from "../../tensor/create.js";
import { costFormulas, expectClose, largestDifference, opsOf } from "../../../test/expect.js";
import "../kernels.js";
import { matrixPower } from "./op.js";

const a = tensor(
  Float64Array.from({ length: 9 }, (_, i) => Math.sin(i) + (i % 4 === 0 ? 1 : 0)),
  { shape: [3, 3] },
);

describe("matrixPower", () => {
  // a = np.sin(np.arange(9.)).reshape(3, 3) + np.eye(3); np.linalg.matrix_power(a, 5), (a, -3)
  test("golden", () => {
    expectClose(
      matrixPower(a, 5),
      [
        [-0.6939730943452291, 3.5575429766376097, 5.538270441349843],
        [2.696525205498774, -1.8736862727480026, -5.801843844513507],
        [-3.6451063463302917, 2.1323127185708386, 6.949293303681865],
      ],
      1e-13,
    );
    expectClose(
      matrixPower(a, -3),
      [
        [0.4387074719436799, -2.5878263835815654, -2.235124596414739],
        [0.26180115109814533, 3.435425561235894, 2.369930941913779],
        [0.04293017767927323, -2.234279679723362, -1.4573031034969963],
      ],
      1e-12,
    );
  });

  test("Aᵖ Aᑫ = Aᵖ⁺ᑫ, also for negative powers and in batches", () => {
    const noise = randn([2, 6, 6], { seed: 1, dtype: "float64" });
    const g = add(eye(6, 6, { dtype: "float64" }), mul(noise, 0.1));
    for (const [p, q] of [
      [0, 3],
      [1, 1],
      [2, 5],
      [4, -4],
      [-1, -2],
      [7, -3],
    ]) {
      const product = matmul(matrixPower(g, p), matrixPower(g, q));
      const scale = Math.max(...[...product.dataSync()].map((x) => Math.abs(Number(x))), 1);
      expect(largestDifference(product, matrixPower(g, p + q))).toBeLessThan(1e-12 * scale);
    }
  });

  test("power 0 is the identity of the same dtype, even of a singular matrix", () => {
    const power = matrixPower(zeros([2, 3, 3], { dtype: "float64" }), 0);
    expect(power.dtype).toBe("float64");
    expect(power.toArray()).toEqual([eye(3).toArray(), eye(3).toArray()]);
    expect(matrixPower(zeros([0, 0]), 5).shape).toEqual([0, 0]);
    expect(matrixPower(a, 1).toArray()).toEqual(a.toArray());
  });

  test("shape, cost and one event", () => {
    const run = (exponent: number) => () => matrixPower(abstractTensor(["B", "n", "n"]), exponent);
    expect(String(run(3)().dims)).toBe("B,n,n");
    expect(String(costFormulas(run(0)).flops)).toBe("0");
    expect(String(costFormulas(run(8)).matmulFlops)).toBe("2·B·n³·3");
    expect(String(costFormulas(run(7)).flops)).toBe("2·B·n³·4");
    expect(String(costFormulas(run(-1)).flops)).toBe("2·B·n³");
    expect(opsOf(() => matrixPower(a, 9)).map(({ op }) => op.name)).toEqual(["matrixPower"]);
  });

  test("errors", () => {
    expect(() => matrixPower(a, 0.5)).toThrow(ConfigError);
    expect(() => matrixPower(a, 0.5)).toThrow("matrixPower: the exponent must be an integer, got 0.5");
    expect(() => matrixPower(zeros([2, 3]), 2)).toThrow(
      "matrixPower: [2, 3] is not square: 2 rows and 3 columns",
    );
    expect(() => matrixPower(zeros([2, 2]), -1)).toThrow(LinAlgError);
  });
});
