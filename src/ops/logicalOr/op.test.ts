import { expect, test } from "vitest";
import { expectClose, priceOf } from "../../../test/golden.js";
import { abstractTensor, tensor } from "../../tensor/create.js";
import { logicalOr } from "./op.js";

test("agrees with NumPy", () => {
  const a = tensor([-7, -2.5, 0, 1, 3.5, NaN, Infinity, -Infinity], { dtype: "float64" });
  const b = tensor([2, -0.5, 0, 4, 3.5, 1, 2, -Infinity], { dtype: "float64" });
  // np.logical_or(a, b)
  expectClose(logicalOr(a, b), [true, true, false, true, true, true, true, true]);
});

test("broadcasts, and costs 1 FLOP per result", () => {
  const body = () => logicalOr(abstractTensor([32, 512, 768]), abstractTensor([768]));
  expect(body().shape).toEqual([32, 512, 768]);
  expect(priceOf(body)).toEqual({
    flops: 32 * 512 * 768,
    matmulFlops: 0,
    bytesRead: 4 * 32 * 512 * 768 + 4 * 768,
    bytesWritten: 32 * 512 * 768,
  });
});

test("has its truth table", () => {
  const [a, b] = [tensor([true, true, false, false]), tensor([true, false, true, false])];
  expect(logicalOr(a, b).toArray()).toEqual([true, true, true, false]);
});
