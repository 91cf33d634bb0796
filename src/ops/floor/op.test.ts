import { expect, test } from "vitest";
import { expectClose, priceOf } from "../../../test/golden.js";
import { abstractTensor, tensor } from "../../tensor/create.js";
import { floor } from "./op.js";

test("agrees with NumPy", () => {
  const x = tensor([-3, -1.5, -0.5, -0, 0.25, 1, 2.5, 10, Infinity, -Infinity, NaN], { dtype: "float64" });
  // np.floor(x)
  expectClose(floor(x), [-3, -2, -1, -0, 0, 1, 2, 10, Infinity, -Infinity, NaN]);
});

test("costs 1 FLOP per element", () => {
  expect(priceOf(() => floor(abstractTensor([32, 512, 3072])))).toEqual({
    flops: 32 * 512 * 3072,
    matmulFlops: 0,
    bytesRead: 4 * 32 * 512 * 3072,
    bytesWritten: 4 * 32 * 512 * 3072,
  });
});

test("leaves integers as they are", () => {
  const y = floor(tensor([2n ** 60n + 1n, -3n]));
  expect(y.dtype).toBe("int64");
  expect(y.toArray()).toEqual([2n ** 60n + 1n, -3]);
});
