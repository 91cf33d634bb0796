import { expect, test } from "vitest";
import { expectClose, priceOf } from "../../../test/golden.js";
import { abstractTensor, tensor } from "../../tensor/create.js";
import { ge } from "./op.js";
import { logicalNot } from "../logicalNot/op.js";
import { lt } from "../lt/op.js";

test("agrees with NumPy", () => {
  const a = tensor([-7, -2.5, 0, 1, 3.5, NaN, Infinity, -Infinity], { dtype: "float64" });
  const b = tensor([2, -0.5, 0, 4, 3.5, 1, 2, -Infinity], { dtype: "float64" });
  // a >= b
  expectClose(ge(a, b), [false, false, true, false, true, false, true, true]);
});

test("broadcasts, and costs 1 FLOP per result", () => {
  const body = () => ge(abstractTensor([32, 512, 768]), abstractTensor([768]));
  expect(body().shape).toEqual([32, 512, 768]);
  expect(priceOf(body)).toEqual({
    flops: 32 * 512 * 768,
    matmulFlops: 0,
    bytesRead: 4 * 32 * 512 * 768 + 4 * 768,
    bytesWritten: 32 * 512 * 768,
  });
});

test("tells 64-bit integers apart that float64 cannot", () => {
  expect(ge(tensor([2n ** 60n, 2n ** 60n + 1n]), tensor([2n ** 60n + 1n, 2n ** 60n + 1n])).toArray()).toEqual(
    [false, true],
  );
});

test("is the opposite of lt where nothing is NaN", () => {
  const [a, b] = [tensor([1, 2, 3]), tensor([3, 2, 1])];
  expect(ge(a, b).toArray()).toEqual(logicalNot(lt(a, b)).toArray());
});
