import { expect, test } from "vitest";
import { expectClose, priceOf } from "../../../test/golden.js";
import { abstractTensor, tensor, zeros } from "../../tensor/create.js";
import { argmin } from "./op.js";

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
  // np.argmin(x, axis=-1)
  expectClose(argmin(x, -1), [
    [1, 1],
    [2, 2],
  ]);
  // np.argmin(x, axis=1, keepdims=True)
  expectClose(argmin(x, 1, true), [[[1, 1, 0]], [[0, 1, 1]]]);
  // np.argmin(x.transpose(1, 0, 2).reshape(2, 6), axis=1)
  expectClose(argmin(x, [0, 2]), [5, 5]);
  // np.argmin(x)
  expectClose(argmin(x), 11);
});

test("costs what it reads", () => {
  const x = abstractTensor([32, 512, 768]);
  expect(priceOf(() => argmin(x, -1))).toEqual({
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
  // np.argmin(x, axis=1)
  expect(argmin(x, 1).toString()).toBe("tensor([0, 1], int32)");
});

test("tells 64-bit integers apart that float64 cannot", () => {
  expect(argmin(tensor([2n ** 60n, 2n ** 60n + 1n, 2n ** 60n])).item()).toBe(0);
});

test("of nothing is an error", () => {
  expect(() => argmin(zeros([0]))).toThrow("argmin: axis 0 of [0] is empty");
});
