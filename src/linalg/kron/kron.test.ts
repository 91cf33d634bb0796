import { expect, test } from "vitest";
import { add } from "../../ops/add/op.js";
import { matmul } from "../../ops/matmul/op.js";
import { reshape } from "../../ops/reshape/op.js";
import { abstractTensor, arange, randn, tensor, zeros } from "../../tensor/create.js";
import { costFormulas, largestDifference } from "../../../test/expect.js";
import { kron } from "./op.js";

// numpy.kron(np.arange(3), np.arange(4).reshape(2, 2)) and numpy.kron(np.arange(4).reshape(2, 2, 1), [1, 2])
test("golden: axes align on the right, and all of them take part", () => {
  const square = reshape(arange(4), [2, 2]);
  expect(kron(arange(3), square).toArray()).toEqual([
    [0, 0, 0, 1, 0, 2],
    [0, 0, 2, 3, 4, 6],
  ]);
  expect(kron(reshape(arange(4), [2, 2, 1]), tensor([1, 2])).toArray()).toEqual([
    [
      [0, 0],
      [1, 2],
    ],
    [
      [2, 4],
      [3, 6],
    ],
  ]);
  expect(kron(tensor(3), square).toArray()).toEqual([
    [0, 3],
    [6, 9],
  ]);
});

test("(A ⊗ B)(C ⊗ D) = AC ⊗ BD", () => {
  const [a, b, c, d] = [
    [3, 4],
    [2, 5],
    [4, 2],
    [5, 3],
  ].map((shape, seed) => randn(shape, { seed, dtype: "float64" }));
  const product = matmul(kron(a, b), kron(c, d));
  expect(largestDifference(product, kron(matmul(a, c), matmul(b, d)))).toBeLessThan(1e-13);
});

test("it is bilinear, promotes dtypes and takes empty operands", () => {
  const [a, b, c] = [1, 2, 3].map((seed) => randn([2, 3], { seed, dtype: "float64" }));
  expect(largestDifference(kron(add(a, b), c), add(kron(a, c), kron(b, c)))).toBeLessThan(1e-15 * 8);
  expect(kron(tensor([1, 2], { dtype: "int32" }), tensor([2, 3], { dtype: "int64" })).dtype).toBe("int64");
  expect(kron(zeros([0, 2]), zeros([3, 4])).shape).toEqual([0, 8]);
  expect(() => kron(tensor([true]), tensor([false]))).toThrow("kron: not defined for bool");
});

test("shape and cost on names", () => {
  const run = () => kron(abstractTensor(["m", "n"]), abstractTensor(["p", 2]));
  expect(String(run().dims)).toBe("m·p,n·2");
  expect(String(costFormulas(run).flops)).toBe("m·p·n·2");
});
