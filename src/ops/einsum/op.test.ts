import * as fc from "fast-check";
import { expect, test } from "vitest";
import { costFormulas, expectValues, largestDifference, opsOf, wave } from "../../../test/expect.js";
import { abstractTensor, arange, tensor } from "../../tensor/create.js";
import type { Tensor } from "../../tensor/tensor.js";
import { matmul } from "../matmul/op.js";
import { reshape } from "../reshape/op.js";
import { transpose } from "../transpose/op.js";
import { einsum } from "./op.js";

// np.einsum of w(*shape, k) = np.sin(np.arange(n) * k).reshape(shape)
test("agrees with NumPy", () => {
  const [a, b] = [wave([2, 3]), wave([3, 4], 2)];
  const chain = [-0.5044009, 0.5473508, 0.5432908, -0.5751596];
  expectValues(einsum("ij,jk,kl->il", a, b, wave([4, 2], 3)), chain);
  expectValues(einsum("ii->i", wave([3, 3])), [0, -0.7568025, 0.9893582]);
  expectValues(einsum("ii", wave([3, 3])), [0.2325558]);
  expectValues(einsum("ba", a), [0, 0.14112, 0.841471, -0.7568025, 0.9092974, -0.9589243]);
  expectValues(einsum("bi,ij,bj->b", a, wave([3, 3], 2), wave([2, 3], 3)), [0.4456579, 1.519615]);
});

// np.einsum("...ij,...jk->...ik", w(2, 1, 2, 3), w(3, 3, 2, k=2))
test("'...' broadcasts", () => {
  const expected = [
    0.2627936, -0.729797, -0.3759696, 0.8614575, 0.5878765, -0.6399825, -0.7332806, 0.7166313, 0.7293702,
    -0.3503064, -0.8615938, 0.3480068, 0.4816206, -0.9758758, -0.577632, 1.070762, 0.8640081, -0.7789367,
    -0.9774424, 0.8256517, 0.9765726, -0.3387419, -1.072005, 0.322697,
  ];
  const y = einsum("...ij,...jk->...ik", wave([2, 1, 2, 3]), wave([3, 3, 2], 2));
  expect(y.shape).toEqual([2, 3, 2, 2]);
  expectValues(y, expected);
});

/** Every label combination in turn: slow and obviously right. */
function bruteForce(spec: string, sizes: Record<string, number>, operands: readonly Tensor[]): number[] {
  const [left, output] = spec.split("->");
  const terms = left.split(",");
  const labels = [...new Set(output + left.replaceAll(",", ""))];
  const values = operands.map((operand) => operand.dataSync() as Float64Array);
  const position = (term: string, at: Record<string, number>) =>
    [...term].reduce((index, label) => index * sizes[label] + at[label], 0);
  const out: number[] = Array.from(
    { length: [...output].reduce((n, label) => n * sizes[label], 1) },
    () => 0,
  );
  const walk = (i: number, at: Record<string, number>): void => {
    if (i < labels.length) {
      for (let v = 0; v < sizes[labels[i]]; v++) walk(i + 1, { ...at, [labels[i]]: v });
      return;
    }
    out[position(output, at)] += values.reduce(
      (product, data, o) => product * data[position(terms[o], at)],
      1,
    );
  };
  walk(0, {});
  return out;
}

test("equals the sum over all index combinations, for any spec", () => {
  const term = fc
    .array(fc.constantFrom("a", "b", "c", "d"), { maxLength: 4 })
    .map((letters) => letters.join(""));
  const size = fc.integer({ min: 1, max: 3 });
  const sizes = fc.record({ a: size, b: size, c: size, d: size });
  const cases = fc.tuple(fc.array(term, { minLength: 1, maxLength: 3 }), fc.nat(), sizes);
  fc.assert(
    fc.property(cases, ([terms, seed, lengths]) => {
      const letters = [...new Set(terms.join(""))];
      const output = letters.filter((_, i) => (seed >> i) % 2 === 1).join("");
      const operands = terms.map((text, i) =>
        wave(
          [...text].map((label) => lengths[label as "a"]),
          i + 1,
        ),
      );
      const spec = `${terms.join(",")}->${output}`;
      expectValues(einsum(spec, ...operands), bruteForce(spec, lengths, operands), 1e-12);
    }),
    { numRuns: 150 },
  );
});

test("integers stay integers of their dtype", () => {
  const x = reshape(arange(6), [2, 3]);
  expect(einsum("ij->j", x).dtype).toBe("int32");
  expect(einsum("ij->j", x).toArray()).toEqual([3, 5, 7]);
  expect(einsum("ij,kj->ik", x, x).toArray()).toEqual([
    [5, 14],
    [14, 50],
  ]);
  expect(einsum("ij->", tensor([[true, false]])).item()).toBe(1);
});

test("is matmul and transpose under their usual names", () => {
  const [a, b] = [wave([2, 5, 7, 3]), wave([2, 5, 3, 4], 2)];
  expect(largestDifference(einsum("bhij,bhjk->bhik", a, b), matmul(a, b))).toBe(0);
  expect(largestDifference(einsum("bhij->bhji", a), transpose(a))).toBe(0);
});

test("a contraction costs its matmul; observers see one op", () => {
  const [q, k] = [abstractTensor(["B", 12, "seq", 64]), abstractTensor(["B", 12, "seq", 64])];
  expect(() => einsum("bhqd,bhkd->bhqk", q, k)).not.toThrow();
  const cost = costFormulas(() => einsum("bhqd,bhkd->bhqk", q, k));
  expect(String(cost.matmulFlops)).toBe("2·B·12·seq²·64");
  expect(cost.flops.equals(cost.matmulFlops)).toBe(true);
  expect(String(cost.bytesWritten)).toBe("B·12·seq²·4");
  expect(opsOf(() => einsum("ij,jk,kl->il", wave([2, 2]), wave([2, 2]), wave([2, 2])))).toHaveLength(1);
});

test("a chain is multiplied in the cheap order", () => {
  // A [2, 1000] first meets B [1000, 2], not B the wide C [2, 1000].
  const operands = [abstractTensor([2, 1000]), abstractTensor([1000, 2]), abstractTensor([2, 1000])];
  const cost = costFormulas(() => einsum("ij,jk,kl->il", ...operands));
  expect(cost.matmulFlops.value()).toBe(BigInt(2 * 2 * 1000 * 2 + 2 * 2 * 2 * 1000));
});

test("a diagonal or a transposition moves nothing; a sum reads its operand", () => {
  const square = abstractTensor([64, 64]);
  expect(costFormulas(() => einsum("ii->i", square)).bytesRead.value()).toBe(0n);
  const cost = costFormulas(() => einsum("ij->i", square));
  expect([cost.flops.value(), cost.matmulFlops.value()]).toEqual([BigInt(64 * 64), 0n]);
  expect([cost.bytesRead.value(), cost.bytesWritten.value()]).toEqual([BigInt(64 * 64 * 4), BigInt(64 * 4)]);
});

test("keeps names", () => {
  const y = einsum("bhqd,bhkd->bhqk", abstractTensor(["B", 12, "n", 64]), abstractTensor(["B", 12, "m", 64]));
  expect(String(y.dims)).toBe("B,12,n,m");
});

test("errors name the letter, the operand and its shape", () => {
  const [q, k] = [abstractTensor([32, 128, 768]), abstractTensor([32, 512, 512])];
  expect(() => einsum("bqd,bkd->bqk", q, k)).toThrow(
    "einsum: 'd' is 768 but operand 1 ('bkd' ~ [32, 512, 512]) has 512",
  );
  expect(() => einsum("bq,bkd->bqk", q, k)).toThrow(
    "einsum: operand 0 [32, 128, 768] has rank 3, but its subscript is 'bq'",
  );
  expect(() => einsum("bqd,bkd->bqk", q)).toThrow("einsum: missing operand 1");
  expect(() => einsum("bqd->bqd", q, k)).toThrow("einsum: 1 subscripts but more operands were given");
  expect(() => einsum("bqd->bqz", q)).toThrow("einsum: output index 'z' does not appear in the inputs");
  expect(() => einsum("bqd->bqq", q)).toThrow("output index 'q' appears twice");
  expect(() => einsum("...d->d", q)).toThrow("the inputs have '...', so the output 'd' must have it too");
  expect(() => einsum("b1d->b", q)).toThrow("'b1d' is not a subscript");
  const [n, m] = [abstractTensor(["n"]), abstractTensor(["m"])];
  expect(() => einsum("i,i->", n, m)).toThrow("einsum: 'i' is n but operand 1 ('i' ~ [m]) has m");
});

test("every step computes in the dtype of the result", () => {
  const [large, two] = [tensor([2 ** 31 - 1], { dtype: "int32" }), tensor([2], { dtype: "int32" })];
  // np.einsum("i,i,i->i", [2**31 - 1], [2], [0.5]), then with the product and the sum in front
  expect(einsum("i,i,i->i", large, two, tensor([0.5], { dtype: "float64" })).toArray()).toEqual([2147483647]);
  expect(einsum("i,i,i->", large, two, tensor([1n])).toArray()).toBe(2 ** 32 - 2);
  const pair = tensor([2 ** 31 - 1, 2], { dtype: "int32" });
  expect(einsum("i,j->j", pair, tensor([1n])).toArray()).toEqual([2 ** 31 + 1]);
});
