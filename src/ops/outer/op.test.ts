import { expect, test } from "vitest";
import { costFormulas, largestDifference, wave } from "../../../test/expect.js";
import { abstractTensor, tensor } from "../../tensor/create.js";
import { matmul } from "../matmul/op.js";
import { unsqueeze } from "../unsqueeze/op.js";
import { outer } from "./op.js";

test("is a column times a row", () => {
  const [a, b] = [wave([5]), wave([7], 2)];
  expect(largestDifference(outer(a, b), matmul(unsqueeze(a, 1), unsqueeze(b, 0)))).toBe(0);
  expect(outer(tensor([1, 2]), tensor([3, 4, 5])).toArray()).toEqual([
    [3, 4, 5],
    [6, 8, 10],
  ]);
});

test("of integers is exact and wraps, as mul", () => {
  const widest = tensor([2 ** 31 - 1], { dtype: "int32" });
  expect(outer(widest, widest).toArray()).toEqual([[1]]);
  expect(outer(tensor([2n ** 53n + 1n]), tensor([3n])).toArray()).toEqual([[3n * 2n ** 53n + 3n]]);
});

test("costs one multiplication per element and no matmul", () => {
  const cost = costFormulas(() => outer(abstractTensor(["n"]), abstractTensor(["m"])));
  expect([String(cost.flops), String(cost.matmulFlops)]).toEqual(["n·m", "0"]);
});

test("needs two vectors", () => {
  expect(() => outer(wave([2, 2]), wave([2]))).toThrow("outer: needs two vectors, got [2, 2] and [2]");
});
