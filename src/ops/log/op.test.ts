import { expect, test } from "vitest";
import { expectClose, priceOf } from "../../../test/golden.js";
import { abstractTensor, randn, tensor } from "../../tensor/create.js";
import { log } from "./op.js";
import { exp } from "../exp/op.js";

test("agrees with NumPy", () => {
  const x = tensor([-3, -1.5, -0.5, -0, 0.25, 1, 2.5, 10, Infinity, -Infinity, NaN], { dtype: "float64" });
  // np.log(x)
  expectClose(log(x), [
    NaN,
    NaN,
    NaN,
    -Infinity,
    -1.3862943611198906,
    0,
    0.916290731874155,
    2.3025850929940455,
    Infinity,
    NaN,
    NaN,
  ]);
});

test("costs 1 FLOP per element", () => {
  expect(priceOf(() => log(abstractTensor([32, 512, 3072])))).toEqual({
    flops: 32 * 512 * 3072,
    matmulFlops: 0,
    bytesRead: 4 * 32 * 512 * 3072,
    bytesWritten: 4 * 32 * 512 * 3072,
  });
});

test("undoes exp", () => {
  const x = randn([50], { seed: 1, dtype: "float64" });
  expectClose(log(exp(x)), x.toArray(), 1e-14);
});
