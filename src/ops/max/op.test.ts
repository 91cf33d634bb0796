import { expect, test } from "vitest";
import { expectClose, priceOf } from "../../../test/golden.js";
import { abstractTensor, tensor, zeros } from "../../tensor/create.js";
import { ShapeError } from "../../base/errors.js";
import { max } from "./op.js";

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
  // np.max(x, axis=-1)
  expectClose(max(x, -1), [
    [4.5, 9],
    [6, 5],
  ]);
  // np.max(x, axis=1, keepdims=True)
  expectClose(max(x, 1, true), [[[3, -1, 9]], [[3, 6, -5]]]);
  // np.max(x, axis=(0, 2))
  expectClose(max(x, [0, 2]), [6, 9]);
  // np.max(x)
  expectClose(max(x), 9);
});

test("costs what it reads", () => {
  const x = abstractTensor([32, 512, 768]);
  expect(priceOf(() => max(x, -1))).toEqual({
    flops: 32 * 512 * 768,
    matmulFlops: 0,
    bytesRead: 4 * 32 * 512 * 768,
    bytesWritten: 4 * 32 * 512,
  });
});

test("is NaN where there is one", () => {
  expect(
    max(
      tensor([
        [1, NaN],
        [2, 3],
      ]),
      1,
    ).toArray(),
  ).toEqual([NaN, 3]);
});

test("keeps 64-bit integers exact", () => {
  expect(max(tensor([2n ** 60n, 2n ** 60n + 1n])).toArray()).toBe(2n ** 60n + 1n);
});

test("of nothing is an error that names the axis", () => {
  expect(() => max(zeros([2, 0]), 1)).toThrow(ShapeError);
  expect(() => max(zeros([2, 0]), 1)).toThrow("max: axis 1 of [2, 0] is empty");
  expect(max(zeros([0, 2]), 1).shape).toEqual([0]);
});
