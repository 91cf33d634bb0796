import { expect, test } from "vitest";
import { expectClose, priceOf } from "../../../test/golden.js";
import { abstractTensor, tensor } from "../../tensor/create.js";
import { isnan } from "./op.js";

test("agrees with NumPy", () => {
  const x = tensor([-3, -1.5, -0.5, -0, 0.25, 1, 2.5, 10, Infinity, -Infinity, NaN], { dtype: "float64" });
  // np.isnan(x)
  expectClose(isnan(x), [false, false, false, false, false, false, false, false, false, false, true]);
});

test("costs 1 FLOP per element", () => {
  expect(priceOf(() => isnan(abstractTensor([32, 512, 3072])))).toEqual({
    flops: 32 * 512 * 3072,
    matmulFlops: 0,
    bytesRead: 4 * 32 * 512 * 3072,
    bytesWritten: 32 * 512 * 3072,
  });
});

test("sees no such values in integers", () => {
  expect(isnan(tensor([0, 7], { dtype: "int32" })).toArray()).toEqual([false, false]);
});
