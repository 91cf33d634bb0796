import { expect, test } from "vitest";
import { expectClose, priceOf } from "../../../test/golden.js";
import { abstractTensor, tensor, zeros } from "../../tensor/create.js";
import { prod } from "./op.js";

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
  // np.prod(x, axis=-1)
  expectClose(prod(x, -1), [
    [-13.5, -45],
    [-60, -120],
  ]);
  // np.prod(x, axis=1, keepdims=True)
  expectClose(prod(x, 1, true), [[[3, 5, 40.5]], [[6, 30, 40]]]);
  // np.prod(x, axis=(0, 2))
  expectClose(prod(x, [0, 2]), [810, 5400]);
  // np.prod(x)
  expectClose(prod(x), 4374000);
});

test("costs what it reads", () => {
  const x = abstractTensor([32, 512, 768]);
  expect(priceOf(() => prod(x, -1))).toEqual({
    flops: 32 * 512 * 768,
    matmulFlops: 0,
    bytesRead: 4 * 32 * 512 * 768,
    bytesWritten: 4 * 32 * 512,
  });
});

test("of nothing is 1", () => {
  expect(prod(zeros([0])).item()).toBe(1);
  expect(prod(zeros([2, 0]), 1).toArray()).toEqual([1, 1]);
  expect(prod(zeros([0, 2]), 1).shape).toEqual([0]);
});

test("of integers is int64 and wraps, as NumPy", () => {
  // np.prod(np.array([3] * 45, np.int64))
  expect(
    prod(
      tensor(
        Array.from({ length: 45 }, () => 3),
        { dtype: "int32" },
      ),
    ).toArray(),
  ).toBe(2833654757305440083n);
});
