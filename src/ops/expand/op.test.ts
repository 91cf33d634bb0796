import { expect, test } from "vitest";
import { priceOf } from "../../../test/expect.js";
import { abstractTensor, ones, tensor } from "../../tensor/create.js";
import { expand } from "./op.js";
import { sum } from "../sum/op.js";

test("repeats without storing", () => {
  const y = expand(tensor([[1], [2]]), [3, 2, 2]);
  expect(y.strides).toEqual([0, 1, 0]);
  expect(y.toArray()).toEqual([
    [
      [1, 1],
      [2, 2],
    ],
    [
      [1, 1],
      [2, 2],
    ],
    [
      [1, 1],
      [2, 2],
    ],
  ]);
});

test("counts the bytes of what is stored", () => {
  expect(priceOf(() => sum(expand(abstractTensor([1, 768]), [512, 768]), 0))).toEqual({
    flops: 512 * 768,
    matmulFlops: 0,
    bytesRead: 4 * 768,
    bytesWritten: 4 * 768,
  });
});

test("does not shrink, and never stretches a name", () => {
  expect(() => expand(ones([2, 3]), [3])).toThrow("expand: [2, 3] does not expand to [3]");
  expect(() => expand(abstractTensor(["B", 3]), [4, 3])).toThrow(
    "expand: cannot broadcast [B, 3] with [4, 3]",
  );
  expect(String(expand(abstractTensor([1, 3]), ["B", 3]).dims)).toBe("B,3");
});

test("costs nothing", () => {
  expect(priceOf(() => expand(ones([1]), [5]))).toEqual({
    flops: 0,
    matmulFlops: 0,
    bytesRead: 0,
    bytesWritten: 0,
  });
});
