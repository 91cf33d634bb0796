import { expect, test } from "vitest";
import { priceOf } from "../../../test/expect.js";
import { ones, tensor } from "../../tensor/create.js";
import { stack } from "./op.js";

test("agrees with NumPy at either end", () => {
  const [a, b] = [tensor([1, 2]), tensor([3, 4])];
  expect(stack([a, b]).toArray()).toEqual([
    [1, 2],
    [3, 4],
  ]);
  expect(stack([a, b], -1).toArray()).toEqual([
    [1, 3],
    [2, 4],
  ]);
});

test("names the shapes that differ", () => {
  expect(() => stack([ones([2]), ones([3])])).toThrow("stack: [2] and [3] differ");
  expect(() => stack([])).toThrow("stack: empty list");
  expect(() => stack([ones([2])], 2)).toThrow("stack: axis 2 is out of range for [2]");
});

test("is one op that reads and writes every element once", () => {
  const x = ones([32, 8]);
  expect(priceOf(() => stack([x, x, x]))).toEqual({
    flops: 0,
    matmulFlops: 0,
    bytesRead: 3 * 4 * 32 * 8,
    bytesWritten: 3 * 4 * 32 * 8,
  });
});
