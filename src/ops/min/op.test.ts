import { expect, test } from "vitest";
import { expectClose, priceOf } from "../../../test/golden.js";
import { abstractTensor, tensor, zeros } from "../../tensor/create.js";
import { ShapeError } from "../../base/errors.js";
import { min } from "./op.js";

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
  // np.min(x, axis=-1)
  expectClose(min(x, -1), [
    [-1, -5],
    [-5, -8],
  ]);
  // np.min(x, axis=1, keepdims=True)
  expectClose(min(x, 1, true), [[[1, -5, 4.5]], [[2, 5, -8]]]);
  // np.min(x, axis=(0, 2))
  expectClose(min(x, [0, 2]), [-5, -8]);
  // np.min(x)
  expectClose(min(x), -8);
});

test("costs what it reads", () => {
  const x = abstractTensor([32, 512, 768]);
  expect(priceOf(() => min(x, -1))).toEqual({
    flops: 32 * 512 * 768,
    matmulFlops: 0,
    bytesRead: 4 * 32 * 512 * 768,
    bytesWritten: 4 * 32 * 512,
  });
});

test("is NaN where there is one", () => {
  expect(
    min(
      tensor([
        [1, NaN],
        [2, 3],
      ]),
      1,
    ).toArray(),
  ).toEqual([NaN, 2]);
});

test("keeps 64-bit integers exact", () => {
  expect(min(tensor([2n ** 60n, 2n ** 60n + 1n])).toArray()).toBe(2n ** 60n);
});

test("of nothing is an error that names the axis", () => {
  expect(() => min(zeros([2, 0]), 1)).toThrow(ShapeError);
  expect(() => min(zeros([2, 0]), 1)).toThrow("min: axis 1 of [2, 0] is empty");
  expect(min(zeros([0, 2]), 1).shape).toEqual([0]);
});
