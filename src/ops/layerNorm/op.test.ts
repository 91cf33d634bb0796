import { expect, test } from "vitest";
import { costFormulas, expectValues, wave } from "../../../test/expect.js";
import { abstractTensor, randn } from "../../tensor/create.js";
import { add } from "../add/op.js";
import { mean } from "../mean/op.js";
import { mul } from "../mul/op.js";
import { layerNorm } from "./op.js";

// F.layer_norm(sin(arange(8)).reshape(2, 4), (4,), sin(2 * arange(4)), sin(3 * arange(4)), 1e-5), then without both
test("agrees with PyTorch, with and without weight and bias", () => {
  const affine = [0, 0.9659931, -1.092317, 0.6403839, 0, -0.7696572, -0.346338, -0.03231612];
  const plain = [-1.164342, 0.9071543, 1.074126, -0.8169389, -0.6773874, -1.001627, 0.08842797, 1.590587];
  for (const dtype of ["float32", "float64"] as const) {
    const x = wave([2, 4], 1, dtype);
    expectValues(layerNorm(x, wave([4], 2, dtype), wave([4], 3, dtype)), affine, 2e-6);
    expectValues(layerNorm(x), plain, 2e-6);
    expectValues(
      layerNorm(x, undefined, wave([4], 3, dtype)),
      add(layerNorm(x), wave([4], 3)).dataSync() as Float64Array,
    );
  }
});

test("the result has mean 0 and mean square 1, however x is shifted and scaled", () => {
  const x = add(mul(randn([6, 256], { seed: 5 }), 30), 1000);
  const y = layerNorm(x);
  expectValues(mean(y, -1), new Float32Array(6), 1e-5);
  expectValues(mean(mul(y, y), -1), new Float32Array(6).fill(1), 1e-4);
});

test("costs 7 FLOPs per element with weight and bias, 5 without", () => {
  const [x, d] = [abstractTensor([32, 512, 768]), abstractTensor([768])];
  expect(costFormulas(() => layerNorm(x, d, d)).flops.value()).toBe(BigInt(7 * 32 * 512 * 768));
  expect(costFormulas(() => layerNorm(x, d)).flops.value()).toBe(BigInt(6 * 32 * 512 * 768));
  expect(costFormulas(() => layerNorm(x)).flops.value()).toBe(BigInt(5 * 32 * 512 * 768));
  expect(costFormulas(() => layerNorm(x, d, d)).bytesRead.value()).toBe(
    BigInt(4 * (32 * 512 * 768 + 2 * 768)),
  );
  expect(String(costFormulas(() => layerNorm(abstractTensor(["B", "d"]), abstractTensor(["d"]))).flops)).toBe(
    "6·B·d",
  );
});

test("parameters of another length are named", () => {
  expect(() => layerNorm(abstractTensor(["B", "n", 512]), abstractTensor([768]))).toThrow(
    "layerNorm: expects last dim 768, got [B, n, 512]",
  );
});
