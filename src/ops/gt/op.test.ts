import { expect, test } from "vitest";
import { expectClose, priceOf } from "../../../test/golden.js";
import { abstractTensor, tensor } from "../../tensor/create.js";
import { gt } from "./op.js";
import { le } from "../le/op.js";
import { logicalNot } from "../logicalNot/op.js";

test("agrees with NumPy", () => {
  const a = tensor([-7, -2.5, 0, 1, 3.5, NaN, Infinity, -Infinity], { dtype: "float64" });
  const b = tensor([2, -0.5, 0, 4, 3.5, 1, 2, -Infinity], { dtype: "float64" });
  // a > b
  expectClose(gt(a, b), [false, false, false, false, false, false, true, false]);
});

test("broadcasts, and costs 1 FLOP per result", () => {
  const body = () => gt(abstractTensor([32, 512, 768]), abstractTensor([768]));
  expect(body().shape).toEqual([32, 512, 768]);
  expect(priceOf(body)).toEqual({
    flops: 32 * 512 * 768,
    matmulFlops: 0,
    bytesRead: 4 * 32 * 512 * 768 + 4 * 768,
    bytesWritten: 32 * 512 * 768,
  });
});

test("tells 64-bit integers apart that float64 cannot", () => {
  expect(gt(tensor([2n ** 60n, 2n ** 60n + 1n]), tensor([2n ** 60n + 1n, 2n ** 60n + 1n])).toArray()).toEqual(
    [false, false],
  );
});

test("is the opposite of le where nothing is NaN", () => {
  const [a, b] = [tensor([1, 2, 3]), tensor([3, 2, 1])];
  expect(gt(a, b).toArray()).toEqual(logicalNot(le(a, b)).toArray());
});
