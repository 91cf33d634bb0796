import { expect, test } from "vitest";
import { costFormulas, expectValues, wave } from "../../../test/expect.js";
import { abstractTensor, tensor } from "../../tensor/create.js";
import { dot } from "./op.js";

test("is the sum of products", () => {
  expect(dot(tensor([1, 2, 3]), tensor([4, 5, 6])).item()).toBe(32);
  // float(np.sin(np.arange(100)) @ np.sin(2 * np.arange(100)))
  expectValues(dot(wave([100]), wave([100], 2)), [-0.4351035126468962]);
});

test("is exact for integers, and wraps int64 as NumPy does", () => {
  const big = tensor([2n ** 40n, 1n]);
  expect(dot(big, big).dataSync()).toEqual(new BigInt64Array([(2n ** 80n % 2n ** 64n) | 1n]));
});

test("costs 2·n, all of it matmul", () => {
  const cost = costFormulas(() => dot(abstractTensor(["n"]), abstractTensor(["n"])));
  expect([String(cost.flops), String(cost.matmulFlops), String(cost.bytesWritten)]).toEqual([
    "2·n",
    "2·n",
    "4",
  ]);
});

test("anything but two vectors of one length is an error", () => {
  expect(() => dot(abstractTensor([3]), abstractTensor([4]))).toThrow(
    "dot: [3] . [4]: lengths 3 and 4 differ",
  );
  expect(() => dot(abstractTensor([2, 3]), abstractTensor([3]))).toThrow(
    "dot: needs two vectors, got [2, 3] and [3]; use .matmul",
  );
});
