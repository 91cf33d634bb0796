import { expect, test } from "vitest";
import { expectClose, priceOf } from "../../../test/golden.js";
import { abstractTensor, tensor } from "../../tensor/create.js";
import { div } from "./op.js";

test("agrees with NumPy", () => {
  const a = tensor([-7, -2.5, 0, 1, 3.5, NaN, Infinity, -Infinity], { dtype: "float64" });
  const b = tensor([2, -0.5, 0, 4, 3.5, 1, 2, -Infinity], { dtype: "float64" });
  // a / b
  expectClose(div(a, b), [-3.5, 5, NaN, 0.25, 1, NaN, Infinity, NaN]);
});

test("broadcasts, and costs 1 FLOP per result", () => {
  const body = () => div(abstractTensor([32, 512, 768]), abstractTensor([768]));
  expect(body().shape).toEqual([32, 512, 768]);
  expect(priceOf(body)).toEqual({
    flops: 32 * 512 * 768,
    matmulFlops: 0,
    bytesRead: 4 * 32 * 512 * 768 + 4 * 768,
    bytesWritten: 4 * 32 * 512 * 768,
  });
});

test("of integers is float32", () => {
  const y = div(tensor([1, -7, 0], { dtype: "int32" }), tensor([3, 2, 0], { dtype: "int32" }));
  expect(y.dtype).toBe("float32");
  expect(y.toArray()).toEqual([Math.fround(1 / 3), -3.5, NaN]);
});
