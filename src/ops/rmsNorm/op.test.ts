import { expect, test } from "vitest";
import { costFormulas, expectValues, wave } from "../../../test/expect.js";
import { abstractTensor, randn } from "../../tensor/create.js";
import { mean } from "../mean/op.js";
import { mul } from "../mul/op.js";
import { rmsNorm } from "./op.js";

// x * rsqrt(mean(x**2, -1) + 1e-6) * sin(2 * arange(4)) for x = sin(arange(8)).reshape(2, 4)
test("agrees with the definition in PyTorch", () => {
  const expected = [0, 1.227258, -1.103772, -0.06324553, -0, -1.232505, 0.2989039, -0.259481];
  for (const dtype of ["float32", "float64"] as const) {
    const y = rmsNorm(wave([2, 4], 1, dtype), wave([4], 2, dtype), { eps: 1e-6 });
    expectValues(y, expected);
  }
});

test("the result has mean square 1, and a multiple of x the same result", () => {
  const x = randn([6, 256], { seed: 5 });
  const y = rmsNorm(x, undefined, { eps: 0 });
  expectValues(mean(mul(y, y), -1), new Float32Array(6).fill(1), 1e-5);
  expectValues(rmsNorm(mul(x, 8), undefined, { eps: 0 }), y.dataSync() as Float32Array, 1e-6);
});

test("costs 4 FLOPs per element with a weight, 3 without", () => {
  const x = abstractTensor(["B", 4096]);
  expect(String(costFormulas(() => rmsNorm(x, abstractTensor([4096]))).flops)).toBe("4·B·4096");
  expect(String(costFormulas(() => rmsNorm(x)).flops)).toBe("3·B·4096");
});

test("a weight of another length is named", () => {
  expect(() => rmsNorm(wave([2, 4]), wave([3]))).toThrow("rmsNorm: expects last dim 3, got [2, 4]");
});
