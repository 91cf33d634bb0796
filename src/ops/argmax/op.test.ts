import { expect, test } from "vitest";
import { expectClose, priceOf } from "../../../test/golden.js";
import { abstractTensor, tensor, zeros } from "../../tensor/create.js";
import { argmax } from "./op.js";

test("agrees with NumPy over one axis, several and all", () => {
  const x = tensor(
    [
      [
        [3, -1, 4.5],
        [1, -5, 9],
      ],
      [
        [2, 6, -5],
        [3, 5, -8],
      ],
    ],
    { dtype: "float64" },
  );
  // np.argmax(x, axis=-1)
  expectClose(argmax(x, -1), [
    [2, 2],
    [1, 1],
  ]);
  // np.argmax(x, axis=1, keepdims=True)
  expectClose(argmax(x, 1, true), [[[0, 0, 1]], [[1, 0, 0]]]);
  // np.argmax(x.transpose(1, 0, 2).reshape(2, 6), axis=1)
  expectClose(argmax(x, [0, 2]), [4, 2]);
  // np.argmax(x)
  expectClose(argmax(x), 5);
});

test("costs what it reads", () => {
  const x = abstractTensor([32, 512, 768]);
  expect(priceOf(() => argmax(x, -1))).toEqual({
    flops: 32 * 512 * 768,
    matmulFlops: 0,
    bytesRead: 4 * 32 * 512 * 768,
    bytesWritten: 4 * 32 * 512,
  });
});

test("takes the first of equals, and a NaN before all", () => {
  const x = tensor([
    [2, 7, 7, 2],
    [1, NaN, 9, NaN],
  ]);
  // np.argmax(x, axis=1)
  expect(argmax(x, 1).toString()).toBe("tensor([1, 1], int32)");
});

test("tells 64-bit integers apart that float64 cannot", () => {
  expect(argmax(tensor([2n ** 60n, 2n ** 60n + 1n, 2n ** 60n])).item()).toBe(1);
});

test("of nothing is an error", () => {
  expect(() => argmax(zeros([0]))).toThrow("argmax: axis 0 of [0] is empty");
});
