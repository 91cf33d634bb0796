import { expect, test } from "vitest";
import { expectClose, priceOf } from "../../../test/golden.js";
import { abstractTensor, randn, tensor } from "../../tensor/create.js";
import { tanh } from "./op.js";
import { neg } from "../neg/op.js";

test("agrees with NumPy", () => {
  const x = tensor([-3, -1.5, -0.5, -0, 0.25, 1, 2.5, 10, Infinity, -Infinity, NaN], { dtype: "float64" });
  // np.tanh(x)
  expectClose(tanh(x), [
    -0.9950547536867305,
    -0.9051482536448665,
    -0.46211715726000974,
    -0,
    0.24491866240370913,
    0.7615941559557649,
    0.9866142981514303,
    0.9999999958776927,
    1,
    -1,
    NaN,
  ]);
});

test("costs 1 FLOP per element", () => {
  expect(priceOf(() => tanh(abstractTensor([32, 512, 3072])))).toEqual({
    flops: 32 * 512 * 3072,
    matmulFlops: 0,
    bytesRead: 4 * 32 * 512 * 3072,
    bytesWritten: 4 * 32 * 512 * 3072,
  });
});

test("is odd", () => {
  const x = randn([50], { seed: 4, dtype: "float64" });
  expect(tanh(neg(x)).toArray()).toEqual(neg(tanh(x)).toArray());
});
