import { expect, test } from "vitest";
import { expectClose, priceOf } from "../../../test/golden.js";
import { abstractTensor, tensor, zeros } from "../../tensor/create.js";
import { all } from "./op.js";

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
  // np.all(x, axis=-1)
  expectClose(all(x, -1), [
    [false, false],
    [true, false],
  ]);
  // np.all(x, axis=(0, 1), keepdims=True)
  expectClose(all(x, [0, 1], true), [[[false, false, false]]]);
  // np.all(x)
  expect(all(x).toArray()).toBe(false);
});

test("of nothing is true, and NaN counts as true", () => {
  expect(all(zeros([2, 0]), 1).toArray()).toEqual([true, true]);
  expect(all(tensor([NaN])).toArray()).toBe(true);
});

test("costs 1 FLOP per element and writes bytes", () => {
  expect(priceOf(() => all(abstractTensor([32, 512, 768]), -1))).toEqual({
    flops: 32 * 512 * 768,
    matmulFlops: 0,
    bytesRead: 4 * 32 * 512 * 768,
    bytesWritten: 32 * 512,
  });
});
