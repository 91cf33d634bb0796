import { expect, test } from "vitest";
import { priceOf } from "../../../test/expect.js";
import { abstractTensor, ones, tensor } from "../../tensor/create.js";
import { repeat } from "./op.js";

test("agrees with NumPy along either axis", () => {
  const x = tensor([
    [1, 2],
    [3, 4],
  ]);
  // np.repeat(x, 2, axis=0), np.repeat(x, 3, axis=1)
  expect(repeat(x, 2, 0).toArray()).toEqual([
    [1, 2],
    [1, 2],
    [3, 4],
    [3, 4],
  ]);
  expect(repeat(x, 3, -1).toArray()).toEqual([
    [1, 1, 1, 2, 2, 2],
    [3, 3, 3, 4, 4, 4],
  ]);
  expect(repeat(x, 0, 1).shape).toEqual([2, 0]);
});

test("multiplies the name of the axis", () => {
  expect(String(repeat(abstractTensor(["B", "g", "n"]), 4, "g").dims)).toBe("B,4·g,n");
});

test("refuses counts that are none", () => {
  expect(() => repeat(ones([2]), 1.5, 0)).toThrow("repeat: [2] cannot be repeated 1.5 times");
});

test("reads once what it writes often", () => {
  expect(priceOf(() => repeat(abstractTensor([8, 4]), 3, 0))).toEqual({
    flops: 0,
    matmulFlops: 0,
    bytesRead: 4 * 8 * 4,
    bytesWritten: 4 * 24 * 4,
  });
});
