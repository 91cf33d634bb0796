import { expect, test } from "vitest";
import { expectClose, priceOf } from "../../../test/golden.js";
import { abstractTensor, tensor, zeros } from "../../tensor/create.js";
import { mean } from "./op.js";

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
  // np.mean(x, axis=-1)
  expectClose(mean(x, -1), [
    [2.1666666666666665, 1.6666666666666667],
    [1, 0],
  ]);
  // np.mean(x, axis=1, keepdims=True)
  expectClose(mean(x, 1, true), [[[2, -3, 6.75]], [[2.5, 5.5, -6.5]]]);
  // np.mean(x, axis=(0, 2))
  expectClose(mean(x, [0, 2]), [1.5833333333333333, 0.8333333333333334]);
  // np.mean(x)
  expectClose(mean(x), 1.2083333333333333);
});

test("costs what it reads", () => {
  const x = abstractTensor([32, 512, 768]);
  expect(priceOf(() => mean(x, -1))).toEqual({
    flops: 32 * 512 * 768 + 32 * 512,
    matmulFlops: 0,
    bytesRead: 4 * 32 * 512 * 768,
    bytesWritten: 4 * 32 * 512,
  });
});

test("of nothing is NaN", () => {
  expect(mean(zeros([0])).item()).toBe(NaN);
  expect(mean(zeros([2, 0]), 1).toArray()).toEqual([NaN, NaN]);
  expect(mean(zeros([0, 2]), 1).shape).toEqual([0]);
});

test("of integers is float32", () => {
  expect(mean(tensor([1, 2], { dtype: "int32" })).toString()).toBe("tensor(1.5, float32)");
});
