import { expect, test } from "vitest";
import { priceOf } from "../../../test/expect.js";
import { abstractTensor, ones, tensor } from "../../tensor/create.js";
import { tile } from "./op.js";

test("agrees with NumPy, with fewer, as many and more counts than axes", () => {
  const x = tensor([
    [1, 2],
    [3, 4],
  ]);
  // np.tile(x, 2), np.tile(x, (2, 1)), np.tile(x, (2, 1, 1))
  expect(tile(x, [2]).toArray()).toEqual([
    [1, 2, 1, 2],
    [3, 4, 3, 4],
  ]);
  expect(tile(x, [2, 1]).toArray()).toEqual([
    [1, 2],
    [3, 4],
    [1, 2],
    [3, 4],
  ]);
  expect(tile(x, [2, 1, 1]).toArray()).toEqual([
    [
      [1, 2],
      [3, 4],
    ],
    [
      [1, 2],
      [3, 4],
    ],
  ]);
  expect(tile(x, [0, 1]).shape).toEqual([0, 2]);
});

test("multiplies names", () => {
  expect(String(tile(abstractTensor(["B", "n"]), [3, 1]).dims)).toBe("3·B,n");
});

test("refuses counts that are none", () => {
  expect(() => tile(ones([2]), 2 as never)).toThrow(
    "tile: give the counts as one list, such as .tile([2, 1])",
  );
  expect(() => tile(ones([2]), [-1])).toThrow("tile: [2] cannot be repeated -1 times");
});

test("reads once what it writes often", () => {
  expect(priceOf(() => tile(abstractTensor([8, 4]), [3, 2]))).toEqual({
    flops: 0,
    matmulFlops: 0,
    bytesRead: 4 * 8 * 4,
    bytesWritten: 4 * 24 * 8,
  });
});
