import { expect, test } from "vitest";
import { expectClose, priceOf } from "../../../test/golden.js";
import { abstractTensor, randn, tensor } from "../../tensor/create.js";
import { sign } from "./op.js";
import { abs } from "../abs/op.js";
import { mul } from "../mul/op.js";

test("agrees with NumPy", () => {
  const x = tensor([-3, -1.5, -0.5, -0, 0.25, 1, 2.5, 10, Infinity, -Infinity, NaN], { dtype: "float64" });
  // np.sign(x)
  expectClose(sign(x), [-1, -1, -1, 0, 1, 1, 1, 1, 1, -1, NaN]);
});

test("costs 1 FLOP per element", () => {
  expect(priceOf(() => sign(abstractTensor([32, 512, 3072])))).toEqual({
    flops: 32 * 512 * 3072,
    matmulFlops: 0,
    bytesRead: 4 * 32 * 512 * 3072,
    bytesWritten: 4 * 32 * 512 * 3072,
  });
});

test("times the absolute value gives the number back", () => {
  const x = randn([50], { seed: 3 });
  expect(mul(sign(x), abs(x)).toArray()).toEqual(x.toArray());
});
