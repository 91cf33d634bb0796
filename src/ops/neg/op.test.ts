import { expect, test } from "vitest";
import { expectClose, priceOf } from "../../../test/golden.js";
import { abstractTensor, tensor } from "../../tensor/create.js";
import { neg } from "./op.js";

test("agrees with NumPy", () => {
  const x = tensor([-3, -1.5, -0.5, -0, 0.25, 1, 2.5, 10, Infinity, -Infinity, NaN], { dtype: "float64" });
  // -x
  expectClose(neg(x), [3, 1.5, 0.5, 0, -0.25, -1, -2.5, -10, -Infinity, Infinity, NaN]);
});

test("costs 1 FLOP per element", () => {
  expect(priceOf(() => neg(abstractTensor([32, 512, 3072])))).toEqual({
    flops: 32 * 512 * 3072,
    matmulFlops: 0,
    bytesRead: 4 * 32 * 512 * 3072,
    bytesWritten: 4 * 32 * 512 * 3072,
  });
});

test("keeps 64-bit integers exact and wraps uint8", () => {
  expect(neg(tensor([2n ** 60n + 1n])).toArray()).toEqual([-(2n ** 60n + 1n)]);
  expect(neg(tensor([1, 0], { dtype: "uint8" })).toArray()).toEqual([255, 0]);
});

test("rejects bool", () => {
  expect(() => neg(tensor([true]))).toThrow("neg: not defined for bool; use logicalNot");
});
