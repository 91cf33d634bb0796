import { expect, test } from "vitest";
import { expectClose, priceOf } from "../../../test/golden.js";
import { abstractTensor, randn, tensor } from "../../tensor/create.js";
import { sqrt } from "./op.js";
import { abs } from "../abs/op.js";
import { square } from "../square/op.js";

test("agrees with NumPy", () => {
  const x = tensor([-3, -1.5, -0.5, -0, 0.25, 1, 2.5, 10, Infinity, -Infinity, NaN], { dtype: "float64" });
  // np.sqrt(x)
  expectClose(sqrt(x), [
    NaN,
    NaN,
    NaN,
    -0,
    0.5,
    1,
    1.5811388300841898,
    3.1622776601683795,
    Infinity,
    NaN,
    NaN,
  ]);
});

test("costs 1 FLOP per element", () => {
  expect(priceOf(() => sqrt(abstractTensor([32, 512, 3072])))).toEqual({
    flops: 32 * 512 * 3072,
    matmulFlops: 0,
    bytesRead: 4 * 32 * 512 * 3072,
    bytesWritten: 4 * 32 * 512 * 3072,
  });
});

test("undoes square", () => {
  const x = randn([50], { seed: 1, dtype: "float64" });
  expectClose(sqrt(square(x)), abs(x).toArray());
});
