import { expect, test } from "vitest";
import { costFormulas, expectValues, wave } from "../../../test/expect.js";
import { abstractTensor, randn, tensor } from "../../tensor/create.js";
import { log } from "../log/op.js";
import { softmax } from "../softmax/op.js";
import { logSoftmax } from "./op.js";

// torch.log_softmax(torch.sin(torch.arange(6.)).reshape(2, 3), -1)
test("agrees with PyTorch", () => {
  const expected = [-1.758264, -0.9167928, -0.8489664, -0.5540412, -1.451964, -1.654085];
  for (const dtype of ["float32", "float64"] as const)
    expectValues(logSoftmax(wave([2, 3], 1, dtype)), expected);
});

test("is the logarithm of softmax along every axis", () => {
  const x = randn([4, 5, 6], { seed: 3 });
  for (const axis of [0, 1, 2]) {
    expectValues(logSoftmax(x, axis), log(softmax(x, axis)).dataSync() as Float32Array, 1e-5);
  }
});

test("stays finite where softmax underflows", () => {
  expectValues(logSoftmax(tensor([0, 1000])), [-1000, 0], 0);
});

test("costs 5 FLOPs per element", () => {
  expect(costFormulas(() => logSoftmax(abstractTensor([32, 50257]))).flops.value()).toBe(
    BigInt(5 * 32 * 50257),
  );
});
