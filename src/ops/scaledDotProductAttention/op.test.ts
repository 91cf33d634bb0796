import { expect, test } from "vitest";
import { costFormulas, expectValues, largestDifference, wave } from "../../../test/expect.js";
import { abstractTensor, randn, tensor } from "../../tensor/create.js";
import type { Tensor } from "../../tensor/tensor.js";
import { cast } from "../cast/op.js";
import { contiguous } from "../contiguous/op.js";
import { expand } from "../expand/op.js";
import { matmul } from "../matmul/op.js";
import { mul } from "../mul/op.js";
import { slice } from "../slice/op.js";
import { softmax } from "../softmax/op.js";
import { transpose } from "../transpose/op.js";
import { scaledDotProductAttention as attention } from "./op.js";

// q, k, v = w(2, 2, 4), w(1, 3, 4, k=2), w(1, 3, 2, k=3) with w = sin(arange(n) * k): two query heads, one key head.
// torch: softmax(q @ kᵀ / √d + mask) @ v with k and v repeated
test("agrees with PyTorch: plain, causal, boolean and additive mask", () => {
  for (const dtype of ["float32", "float64"] as const) {
    const [q, k, v] = [wave([2, 2, 4], 1, dtype), wave([1, 3, 4], 2, dtype), wave([1, 3, 2], 3, dtype)];
    expectValues(
      attention(q, k, v),
      [-0.2790781, 0.4073463, -0.3317788, 0.4582533, -0.1809348, 0.31463, -0.3338739, 0.4593876],
    );
    expectValues(
      attention(q, k, v, { causal: true }),
      [-0.1106778, 0.2484637, -0.3317788, 0.4582533, -0.1051649, 0.243117, -0.3338739, 0.4593876],
    );
    expectValues(
      attention(q, k, v, { mask: tensor([true, false, true]) }),
      [-0.2789719, 0.4058436, -0.3656645, 0.4881085, -0.1366339, 0.2707755, -0.3517408, 0.4748959],
    );
    expectValues(
      attention(q, k, v, { mask: wave([2, 3], 5, dtype), scale: 1 }),
      [-0.2228671, 0.3531274, -0.3100026, 0.4390034, -0.06241731, 0.2010263, -0.3175793, 0.4442797],
    );
  }
});

const heads = (h: number, n: number, d: number, seed: number): Tensor => randn([2, h, n, d], { seed });

test("is softmax(q kᵀ / √d) v, on sizes that need many blocks", () => {
  const [q, k, v] = [heads(3, 300, 16, 1), heads(3, 1100, 16, 2), heads(3, 1100, 24, 3)];
  const expected = matmul(softmax(mul(matmul(q, transpose(k)), 0.25)), v);
  expect(largestDifference(attention(q, k, v), expected)).toBeLessThan(1e-5);
});

test("float32 agrees with float64 for grouped heads, masks and causal blocks", () => {
  for (const [n, m] of [
    [1, 37],
    [5, 37],
    [150, 150],
    [140, 300],
    [9, 4],
  ]) {
    const [q, k, v] = [heads(6, n, 16, 1), heads(2, m, 16, 2), heads(2, m, 8, 3)];
    const boolean = cast(randn([6, 1, m], { seed: 4 }), "int32"); // zero, hence false, for two thirds
    for (const mask of [undefined, cast(boolean, "bool"), randn([2, 1, n, m], { seed: 5 })]) {
      for (const causal of [false, true]) {
        const wide = [q, k, v].map((x) => cast(x, "float64"));
        const expected = attention(wide[0], wide[1], wide[2], { mask, causal });
        const actual = attention(q, k, v, { mask, causal });
        expect(largestDifference(actual, cast(expected, "float32"))).toBeLessThan(2e-6);
      }
    }
  }
});

test("reads strided operands: heads split from one projection", () => {
  const split = (x: Tensor) => transpose(x, 1, 2); // [B, n, h, d] -> [B, h, n, d]
  const [q, k, v] = [1, 2, 3].map((seed) => split(randn([2, 7, 4, 8], { seed })));
  const expected = attention(mul(q, 1), mul(k, 1), mul(v, 1), { causal: true });
  expect(largestDifference(attention(q, k, v, { causal: true }), expected)).toBe(0);
});

test.each(["float32", "bfloat16", "float64"] as const)("reads masks of any strides in %s", (dtype) => {
  const [q, k, v] = [heads(2, 20, 8, 1), heads(2, 20, 8, 2), heads(2, 20, 8, 3)].map((x) => cast(x, dtype));
  const column = tensor(Array.from({ length: 20 }, (_, i) => [i % 3 > 0]));
  for (const mask of [
    expand(column, [20, 20]),
    transpose(expand(column, [20, 20])),
    slice(column, 0, 0, 1),
  ]) {
    for (const rows of [20, 2]) {
      const [queries, seen] = [slice(q, 2, 0, rows), mask.sizes[0] === 1 ? mask : slice(mask, 0, 0, rows)];
      const expected = attention(queries, k, v, { mask: contiguous(seen) });
      expect(largestDifference(attention(queries, k, v, { mask: seen }), expected)).toBe(0);
    }
  }
});

test("a decoding step equals the last row of the whole", () => {
  const [q, k, v] = [heads(4, 20, 8, 1), heads(2, 20, 8, 2), heads(2, 20, 8, 3)];
  const last = attention(slice(q, 2, 19, 20), k, v, { causal: true });
  expect(largestDifference(last, slice(attention(q, k, v, { causal: true }), 2, 19, 20))).toBeLessThan(1e-6);
});

test("a query that sees no key gives zeros", () => {
  const [q, k, v] = [heads(2, 3, 4, 1), heads(2, 2, 4, 2), heads(2, 2, 4, 3)];
  const y = attention(q, k, v, { causal: true }); // query 0 of 3 precedes both keys
  expectValues(slice(y, 2, 0, 1), new Float32Array(16), 0);
  expectValues(attention(q, k, v, { mask: tensor([false, false]) }), new Float32Array(48), 0);
});

test("empty batches, queries and keys", () => {
  expect(attention(wave([0, 2, 3, 4]), wave([0, 2, 5, 4]), wave([0, 2, 5, 6])).shape).toEqual([0, 2, 3, 6]);
  for (const dtype of ["float32", "float64"] as const) {
    const [q, k, v] = [wave([2, 3, 4], 1, dtype), wave([2, 0, 4], 1, dtype), wave([2, 0, 6], 1, dtype)];
    expectValues(attention(q, k, v), new Float32Array(36), 0);
    expect(attention(k, q, q, { causal: true }).shape).toEqual([2, 0, 4]);
  }
});

test("half types work in float32 and round once", () => {
  const [q, k, v] = [1, 2, 3].map((seed) => cast(heads(2, 9, 8, seed), "bfloat16"));
  const y = attention(q, k, v);
  expect(y.dtype).toBe("bfloat16");
  const expected = attention(cast(q, "float32"), cast(k, "float32"), cast(v, "float32"));
  expect(largestDifference(y, cast(expected, "bfloat16"))).toBeLessThan(0.01);
});

test("counts two contractions, scaling and softmax; reads q, k, v and writes the output once", () => {
  const [q, k] = [abstractTensor(["B", 12, "seq", 64]), abstractTensor(["B", 12, "seq", 64])];
  const cost = costFormulas(() => attention(q, k, k));
  expect(String(cost.matmulFlops)).toBe("2·B·12·seq²·128");
  const sizes = { B: 32, seq: 512 };
  const scores = 32 * 12 * 512 * 512;
  expect(cost.flops.substitute(sizes).value()).toBe(BigInt(2 * scores * 128 + 6 * scores));
  const tensorBytes = 4 * 32 * 12 * 512 * 64;
  expect(cost.bytesRead.substitute(sizes).value()).toBe(BigInt(3 * tensorBytes));
  expect(cost.bytesWritten.substitute(sizes).value()).toBe(BigInt(tensorBytes));
});

test("grouped queries read fewer keys", () => {
  const [q, k] = [abstractTensor([1, 32, 1, 128]), abstractTensor([1, 8, 4096, 128])];
  const cost = costFormulas(() => attention(q, k, k));
  expect(cost.bytesRead.value()).toBe(BigInt(4 * (32 * 128 + 2 * 8 * 4096 * 128)));
  expect(cost.matmulFlops.value()).toBe(BigInt(2 * 32 * 4096 * 256));
});

test("operands that do not fit are shown in full", () => {
  const [q, k] = [abstractTensor(["B", 12, "n", 64]), abstractTensor(["B", 12, "m", 64])];
  const shapes = "scaledDotProductAttention: q [B, 12, n, 64], k";
  expect(() => attention(q, abstractTensor(["B", 12, "m", 32]), k)).toThrow(
    `${shapes} [B, 12, m, 32], v [B, 12, m, 64]: widths 64 and 32 of q and k differ`,
  );
  expect(() => attention(q, k, q)).toThrow("lengths m and n of k and v differ");
  const five = abstractTensor(["B", 5, "m", 64]);
  expect(() => attention(q, five, five)).toThrow("the heads of k must divide those of q");
  expect(() => attention(q, k, k, { mask: abstractTensor(["m", "n"]) })).toThrow(
    "mask [m, n] does not broadcast to [B, 12, n, m]",
  );
  expect(() => attention(q, k, k, { mask: abstractTensor(["n", "m"], "int32") })).toThrow("got int32");
});
