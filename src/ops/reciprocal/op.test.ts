import { expect, test } from "vitest";
import { expectClose, priceOf } from "../../../test/golden.js";
import { abstractTensor, tensor } from "../../tensor/create.js";
import { reciprocal } from "./op.js";

test("agrees with NumPy", () => {
  const x = tensor([-3, -1.5, -0.5, -0, 0.25, 1, 2.5, 10, Infinity, -Infinity, NaN], { dtype: "float64" });
  // 1 / x
  expectClose(reciprocal(x), [
    -0.3333333333333333,
    -0.6666666666666666,
    -2,
    -Infinity,
    4,
    1,
    0.4,
    0.1,
    0,
    -0,
    NaN,
  ]);
});

test("costs 1 FLOP per element", () => {
  expect(priceOf(() => reciprocal(abstractTensor([32, 512, 3072])))).toEqual({
    flops: 32 * 512 * 3072,
    matmulFlops: 0,
    bytesRead: 4 * 32 * 512 * 3072,
    bytesWritten: 4 * 32 * 512 * 3072,
  });
});

test("undoes itself on powers of two", () => {
  const x = tensor([0.25, 2, -1024]);
  expect(reciprocal(reciprocal(x)).toArray()).toEqual(x.toArray());
});
