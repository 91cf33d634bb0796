import { expect, test } from "vitest";
import { priceOf } from "../../../test/expect.js";
import { abstractTensor, ones, tensor } from "../../tensor/create.js";
import { contiguous } from "./op.js";
import { transpose } from "../transpose/op.js";

test("is the tensor itself when it is in order", () => {
  const x = ones([2, 3]);
  expect(contiguous(x)).toBe(x);
});

test("puts a transposed tensor in order, keeping its bits", () => {
  const x = tensor([
    [2n ** 60n + 1n, 2n],
    [3n, 4n],
    [5n, 6n],
  ]);
  const y = contiguous(transpose(x));
  expect(y.isContiguous).toBe(true);
  expect(y.toArray()).toEqual([
    [2n ** 60n + 1n, 3, 5],
    [2, 4, 6],
  ]);
});

test("reads and writes every element once", () => {
  expect(priceOf(() => contiguous(transpose(abstractTensor([32, 8]))))).toEqual({
    flops: 0,
    matmulFlops: 0,
    bytesRead: 4 * 32 * 8,
    bytesWritten: 4 * 32 * 8,
  });
});
