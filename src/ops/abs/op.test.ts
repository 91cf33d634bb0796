import { expect, test } from "vitest";
import { expectClose, priceOf } from "../../../test/golden.js";
import { abstractTensor, tensor } from "../../tensor/create.js";
import { abs } from "./op.js";

test("agrees with NumPy", () => {
  const x = tensor([-3, -1.5, -0.5, -0, 0.25, 1, 2.5, 10, Infinity, -Infinity, NaN], { dtype: "float64" });
  // np.abs(x)
  expectClose(abs(x), [3, 1.5, 0.5, 0, 0.25, 1, 2.5, 10, Infinity, Infinity, NaN]);
});

test("costs 1 FLOP per element", () => {
  expect(priceOf(() => abs(abstractTensor([32, 512, 3072])))).toEqual({
    flops: 32 * 512 * 3072,
    matmulFlops: 0,
    bytesRead: 4 * 32 * 512 * 3072,
    bytesWritten: 4 * 32 * 512 * 3072,
  });
});

test("keeps the dtype and 64-bit integers exact", () => {
  const y = abs(tensor([-(2n ** 60n + 1n), 5n]));
  expect(y.dtype).toBe("int64");
  expect(y.toArray()).toEqual([2n ** 60n + 1n, 5]);
});
