import { expect, test } from "vitest";
import { expectClose, priceOf } from "../../../test/golden.js";
import { abstractTensor, randn, tensor } from "../../tensor/create.js";
import { exp } from "./op.js";
import { add } from "../add/op.js";
import { mul } from "../mul/op.js";

test("agrees with NumPy", () => {
  const x = tensor([-3, -1.5, -0.5, -0, 0.25, 1, 2.5, 10, Infinity, -Infinity, NaN], { dtype: "float64" });
  // np.exp(x)
  expectClose(exp(x), [
    0.04978706836786394,
    0.22313016014842982,
    0.6065306597126334,
    1,
    1.2840254166877414,
    Math.E,
    12.182493960703473,
    22026.465794806718,
    Infinity,
    0,
    NaN,
  ]);
});

test("costs 1 FLOP per element", () => {
  expect(priceOf(() => exp(abstractTensor([32, 512, 3072])))).toEqual({
    flops: 32 * 512 * 3072,
    matmulFlops: 0,
    bytesRead: 4 * 32 * 512 * 3072,
    bytesWritten: 4 * 32 * 512 * 3072,
  });
});

test("turns sums into products", () => {
  const [a, b] = [randn([50], { seed: 1, dtype: "float64" }), randn([50], { seed: 2, dtype: "float64" })];
  expectClose(exp(add(a, b)), mul(exp(a), exp(b)).toArray(), 1e-14);
});
