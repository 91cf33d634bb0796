import { expect, test } from "vitest";
import { costFormulas, expectValues, wave } from "../../../test/expect.js";
import { abstractTensor, randn, tensor } from "../../tensor/create.js";
import { mul } from "../mul/op.js";
import { cosineSimilarity } from "./op.js";

// F.cosine_similarity(sin(arange(6)).reshape(2, 3), sin(2 * arange(6)).reshape(2, 3), dim=-1), then with
// sin(2 * arange(3))[None] along dim=0
test("agrees with PyTorch", () => {
  expectValues(cosineSimilarity(wave([2, 3]), wave([2, 3], 2)), [0.05252799, -0.1863261]);
  expectValues(cosineSimilarity(wave([2, 3]), wave([1, 3], 2), 0), [0, 0.05290079, 0.02655432]);
});

test("is 1 for a multiple, −1 for its negative, 0 for zeros", () => {
  const x = randn([5, 40], { seed: 2 });
  expectValues(cosineSimilarity(x, mul(x, 7)), [1, 1, 1, 1, 1]);
  expectValues(cosineSimilarity(x, mul(x, -1)), [-1, -1, -1, -1, -1]);
  expectValues(cosineSimilarity(tensor([0, 0]), tensor([1, 2])), [0], 0);
});

test("a query broadcasts against documents; names stay", () => {
  expect(cosineSimilarity(wave([40]), wave([9, 40], 2)).shape).toEqual([9]);
  expect(String(cosineSimilarity(abstractTensor([768]), abstractTensor(["n", 768])).dims)).toBe("n");
});

test("costs three multiply-adds per pair and four operations per result", () => {
  const cost = costFormulas(() => cosineSimilarity(abstractTensor([768]), abstractTensor([1000, 768])));
  expect(cost.flops.value()).toBe(BigInt(6 * 1000 * 768 + 4 * 1000));
});

test("shapes that do not broadcast are an error", () => {
  expect(() => cosineSimilarity(wave([3]), wave([4]))).toThrow(
    "cosineSimilarity: cannot broadcast [3] with [4]",
  );
});
