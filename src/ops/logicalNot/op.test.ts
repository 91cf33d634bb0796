import { expect, test } from "vitest";
import { expectClose, priceOf } from "../../../test/golden.js";
import { abstractTensor, tensor } from "../../tensor/create.js";
import { logicalNot } from "./op.js";

test("agrees with NumPy", () => {
  const x = tensor([-3, -1.5, -0.5, -0, 0.25, 1, 2.5, 10, Infinity, -Infinity, NaN], { dtype: "float64" });
  // np.logical_not(x)
  expectClose(logicalNot(x), [false, false, false, true, false, false, false, false, false, false, false]);
});

test("costs 1 FLOP per element", () => {
  expect(priceOf(() => logicalNot(abstractTensor([32, 512, 3072])))).toEqual({
    flops: 32 * 512 * 3072,
    matmulFlops: 0,
    bytesRead: 4 * 32 * 512 * 3072,
    bytesWritten: 32 * 512 * 3072,
  });
});

test("undoes itself on bool", () => {
  const x = tensor([true, false]);
  expect(logicalNot(logicalNot(x)).toArray()).toEqual(x.toArray());
});
