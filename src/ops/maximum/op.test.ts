import { expect, test } from "vitest";
import { expectClose, priceOf } from "../../../test/golden.js";
import { abstractTensor, randn, tensor } from "../../tensor/create.js";
import { maximum } from "./op.js";

test("agrees with NumPy", () => {
  const a = tensor([-7, -2.5, 0, 1, 3.5, NaN, Infinity, -Infinity], { dtype: "float64" });
  const b = tensor([2, -0.5, 0, 4, 3.5, 1, 2, -Infinity], { dtype: "float64" });
  // np.maximum(a, b)
  expectClose(maximum(a, b), [2, -0.5, 0, 4, 3.5, NaN, Infinity, -Infinity]);
});

test("broadcasts, and costs 1 FLOP per result", () => {
  const body = () => maximum(abstractTensor([32, 512, 768]), abstractTensor([768]));
  expect(body().shape).toEqual([32, 512, 768]);
  expect(priceOf(body)).toEqual({
    flops: 32 * 512 * 768,
    matmulFlops: 0,
    bytesRead: 4 * 32 * 512 * 768 + 4 * 768,
    bytesWritten: 4 * 32 * 512 * 768,
  });
});

test("keeps 64-bit integers exact", () => {
  expect(maximum(tensor([2n ** 60n]), tensor([2n ** 60n + 1n])).toArray()).toEqual([2n ** 60n + 1n]);
});

test("is idempotent, and NaN on either side wins", () => {
  const x = randn([20], { seed: 3 });
  expect(maximum(x, x).toArray()).toEqual(x.toArray());
  expect(maximum(tensor([1, NaN]), tensor([NaN, 1])).toArray()).toEqual([NaN, NaN]);
});
