import { expect, test } from "vitest";
import { expectClose, priceOf } from "../../../test/golden.js";
import { abstractTensor, tensor } from "../../tensor/create.js";
import { sub } from "./op.js";
import { add } from "../add/op.js";

test("agrees with NumPy", () => {
  const a = tensor([-7, -2.5, 0, 1, 3.5, NaN, Infinity, -Infinity], { dtype: "float64" });
  const b = tensor([2, -0.5, 0, 4, 3.5, 1, 2, -Infinity], { dtype: "float64" });
  // a - b
  expectClose(sub(a, b), [-9, -2, 0, -3, 0, NaN, Infinity, NaN]);
});

test("broadcasts, and costs 1 FLOP per result", () => {
  const body = () => sub(abstractTensor([32, 512, 768]), abstractTensor([768]));
  expect(body().shape).toEqual([32, 512, 768]);
  expect(priceOf(body)).toEqual({
    flops: 32 * 512 * 768,
    matmulFlops: 0,
    bytesRead: 4 * 32 * 512 * 768 + 4 * 768,
    bytesWritten: 4 * 32 * 512 * 768,
  });
});

test("undoes add on integers", () => {
  const [a, b] = [tensor([2n ** 60n + 1n, -7n]), tensor([12345n, 9n])];
  expect(sub(add(a, b), b).toArray()).toEqual(a.toArray());
});

test("rejects two bools", () => {
  expect(() => sub(tensor([true]), tensor([false]))).toThrow("sub: not defined for bool; use logicalXor");
  expect(sub(tensor([true]), 1).toArray()).toEqual([0]);
});
