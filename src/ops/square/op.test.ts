import { expect, test } from "vitest";
import { expectClose, priceOf } from "../../../test/golden.js";
import { abstractTensor, tensor } from "../../tensor/create.js";
import { square } from "./op.js";

test("agrees with NumPy", () => {
  const x = tensor([-3, -1.5, -0.5, -0, 0.25, 1, 2.5, 10, Infinity, -Infinity, NaN], { dtype: "float64" });
  // np.square(x)
  expectClose(square(x), [9, 2.25, 0.25, 0, 0.0625, 1, 6.25, 100, Infinity, Infinity, NaN]);
});

test("costs 1 FLOP per element", () => {
  expect(priceOf(() => square(abstractTensor([32, 512, 3072])))).toEqual({
    flops: 32 * 512 * 3072,
    matmulFlops: 0,
    bytesRead: 4 * 32 * 512 * 3072,
    bytesWritten: 4 * 32 * 512 * 3072,
  });
});

test("wraps integers at their width, as NumPy", () => {
  // np.square(np.array([65537, -46341], np.int32))
  expect(square(tensor([65537, -46341], { dtype: "int32" })).toArray()).toEqual([131073, -2147479015]);
  // np.square(np.array([2**33 + 1], np.int64))
  expect(square(tensor([2n ** 33n + 1n])).toArray()).toEqual([17179869185]);
});
