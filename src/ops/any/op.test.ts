import { expect, test } from "vitest";
import { expectClose, priceOf } from "../../../test/golden.js";
import { abstractTensor, tensor, zeros } from "../../tensor/create.js";
import { any } from "./op.js";

test("agrees with NumPy over one axis and all", () => {
  const x = tensor([
    [
      [3, -1, 0],
      [0, 0, 0],
    ],
    [
      [2, 6, -5],
      [0, 1, 0],
    ],
  ]);
  // np.any(x, axis=-1)
  expectClose(any(x, -1), [
    [true, false],
    [true, true],
  ]);
  // np.any(x, axis=(0, 1), keepdims=True)
  expectClose(any(x, [0, 1], true), [[[true, true, true]]]);
  // np.any(x)
  expect(any(x).toArray()).toBe(true);
});

test("of nothing is false, and NaN counts as true", () => {
  expect(any(zeros([2, 0]), 1).toArray()).toEqual([false, false]);
  expect(any(tensor([NaN])).toArray()).toBe(true);
});

test("costs 1 FLOP per element and writes bytes", () => {
  expect(priceOf(() => any(abstractTensor([32, 512, 768]), -1))).toEqual({
    flops: 32 * 512 * 768,
    matmulFlops: 0,
    bytesRead: 4 * 32 * 512 * 768,
    bytesWritten: 32 * 512,
  });
});
