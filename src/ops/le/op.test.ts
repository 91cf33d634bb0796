import { expect, test } from "vitest";
import { expectClose, priceOf } from "../../../test/golden.js";
import { abstractTensor, tensor } from "../../tensor/create.js";
import { le } from "./op.js";
import { gt } from "../gt/op.js";
import { logicalNot } from "../logicalNot/op.js";

test("agrees with NumPy", () => {
  const a = tensor([-7, -2.5, 0, 1, 3.5, NaN, Infinity, -Infinity], { dtype: "float64" });
  const b = tensor([2, -0.5, 0, 4, 3.5, 1, 2, -Infinity], { dtype: "float64" });
  // a <= b
  expectClose(le(a, b), [true, true, true, true, true, false, false, true]);
});

test("broadcasts, and costs 1 FLOP per result", () => {
  const body = () => le(abstractTensor([32, 512, 768]), abstractTensor([768]));
  expect(body().shape).toEqual([32, 512, 768]);
  expect(priceOf(body)).toEqual({
    flops: 32 * 512 * 768,
    matmulFlops: 0,
    bytesRead: 4 * 32 * 512 * 768 + 4 * 768,
    bytesWritten: 32 * 512 * 768,
  });
});

test("tells 64-bit integers apart that float64 cannot", () => {
  expect(le(tensor([2n ** 60n, 2n ** 60n + 1n]), tensor([2n ** 60n + 1n, 2n ** 60n + 1n])).toArray()).toEqual(
    [true, true],
  );
});

test("is the opposite of gt where nothing is NaN", () => {
  const [a, b] = [tensor([1, 2, 3]), tensor([3, 2, 1])];
  expect(le(a, b).toArray()).toEqual(logicalNot(gt(a, b)).toArray());
});
