import { expect, test } from "vitest";
import { costFormulas, expectValues, largestDifference, wave } from "../../../test/expect.js";
import { abstractTensor, eye, randint, randn, tensor } from "../../tensor/create.js";
import type { Tensor } from "../../tensor/tensor.js";
import { cast } from "../cast/op.js";
import { expand } from "../expand/op.js";
import { slice } from "../slice/op.js";
import { transpose } from "../transpose/op.js";
import { matmul } from "./op.js";

const wide = (x: Tensor): Tensor => cast(x, "float64");

test("a small product by hand", () => {
  const a = [
    [1, 2],
    [3, 4],
  ];
  expect(
    matmul(
      tensor(a),
      tensor([
        [5, 6],
        [7, 8],
      ]),
    ).toArray(),
  ).toEqual([
    [19, 22],
    [43, 50],
  ]);
});

test("(AB)ᵀ = BᵀAᵀ and A·I = A, without copying the transposes", () => {
  const [a, b] = [randn([37, 53], { seed: 1 }), randn([53, 29], { seed: 2 })];
  expect(largestDifference(transpose(matmul(a, b)), matmul(transpose(b), transpose(a)))).toBeLessThan(1e-5);
  expect(largestDifference(matmul(a, eye(53)), a)).toBe(0);
});

test("(A·B)·x = A·(B·x)", () => {
  const [a, b, x] = [randn([40, 50], { seed: 1 }), randn([50, 60], { seed: 2 }), randn([60], { seed: 3 })];
  const [left, right] = [
    matmul(matmul(wide(a), wide(b)), wide(x)),
    matmul(wide(a), matmul(wide(b), wide(x))),
  ];
  expect(largestDifference(left, right)).toBeLessThan(1e-11);
});

test("float32 and half types accumulate in float32 or wider, whatever the strides and batches", () => {
  const a = slice(transpose(randn([3, 2, 70, 40], { seed: 1 }), 0, 1), 2, 5, 35); // [2, 3, 30, 40]
  const b = transpose(randn([3, 25, 40], { seed: 2 })); // [3, 40, 25]
  const exact = matmul(wide(a), wide(b));
  expect(largestDifference(wide(matmul(a, b)), exact)).toBeLessThan(2e-5);
  for (const [dtype, tolerance] of [
    ["float16", 0.02],
    ["bfloat16", 0.15],
  ] as const) {
    const [narrowA, narrowB] = [cast(a, dtype), cast(b, dtype)];
    const y = matmul(narrowA, narrowB);
    expect(y.dtype).toBe(dtype);
    expect(largestDifference(wide(y), matmul(wide(narrowA), wide(narrowB)))).toBeLessThan(tolerance);
    expect(matmul(narrowA, b).dtype).toBe("float32");
  }
});

test("batches broadcast, through stride 0 as well", () => {
  const [a, b] = [wave([4, 1, 2, 3]), wave([5, 3, 2], 2)];
  const y = matmul(a, b);
  expect(y.shape).toEqual([4, 5, 2, 2]);
  expect(largestDifference(matmul(expand(a, [4, 5, 2, 3]), expand(b, [4, 5, 3, 2])), y)).toBe(0);
});

test("vectors are a row on the left and a column on the right", () => {
  const [x, a] = [wave([3]), wave([2, 3, 4], 2)];
  expect(matmul(x, a).shape).toEqual([2, 4]);
  expect(matmul(a, wave([4])).shape).toEqual([2, 3]);
  expect(matmul(x, x).shape).toEqual([]);
});

test("empty sizes give empty results, or zeros when nothing is summed", () => {
  expect(matmul(wave([0, 3]), wave([3, 2])).shape).toEqual([0, 2]);
  expectValues(matmul(wave([2, 0]), wave([0, 2])), [0, 0, 0, 0], 0);
});

// np.matmul with the same dtype: int32 wraps at 2**32, int64 at 2**64, bool is any-and
test("integers are exact and wrap as in NumPy", () => {
  const row = tensor([[2147483647, 3]], { dtype: "int32" });
  expect(matmul(row, tensor([[2147483647], [5]], { dtype: "int32" })).toArray()).toEqual([[16]]);
  const big = tensor([[9007199254740993n, 1n]]);
  expect(matmul(big, tensor([[3n], [4n]])).dataSync()).toEqual(new BigInt64Array([27021597764222983n]));
  expect(
    matmul(tensor([[200, 100]], { dtype: "uint8" }), tensor([[2], [1]], { dtype: "uint8" })).item(),
  ).toBe(244);
  expect(matmul(tensor([[true, true]]), tensor([[true], [true]])).toArray()).toEqual([[true]]);
  const [a, b] = [randint(-1000, 1000, [20, 30], { seed: 1 }), randint(-1000, 1000, [30, 10], { seed: 2 })];
  expect(largestDifference(wide(matmul(a, b)), matmul(wide(a), wide(b)))).toBe(0);
  // Sums on both sides of 2⁵³, where float64 ends to be exact.
  for (const factor of [2 ** 25, 2 ** 26, 2 ** 27]) {
    const [x, z] = [
      randint(factor, factor + 9, [3, 4], { seed: 3 }),
      randint(factor, factor + 9, [4, 5], { seed: 4 }),
    ];
    const [left, right] = [x, z].map((t) => Array.from(t.dataSync() as Int32Array, BigInt));
    const sums = Array.from({ length: 15 }, (_, at) => {
      const [i, j] = [Math.floor(at / 5), at % 5];
      return [0, 1, 2, 3].reduce((total, p) => total + left[4 * i + p] * right[5 * p + j], 0n);
    });
    expect([...(matmul(cast(x, "int64"), cast(z, "int64")).dataSync() as BigInt64Array)]).toEqual(sums);
    const wrapped = sums.map((sum) => Number(BigInt.asIntN(32, sum)));
    expect([...(matmul(x, z).dataSync() as Int32Array)]).toEqual(wrapped);
  }
});

test("costs 2·m·n·k per batch; a shared operand is read once", () => {
  const cost = costFormulas(() =>
    matmul(abstractTensor([32, 12, 512, 64]), abstractTensor([32, 12, 64, 512])),
  );
  expect(cost.matmulFlops.value()).toBe(BigInt(2 * 32 * 12 * 512 * 512 * 64));
  expect(cost.bytesWritten.value()).toBe(BigInt(4 * 32 * 12 * 512 * 512));
  const shared = costFormulas(() => matmul(abstractTensor([32, 512, 768]), abstractTensor([768, 3072])));
  expect(shared.bytesRead.value()).toBe(BigInt(4 * (32 * 512 * 768 + 768 * 3072)));
  const symbolic = costFormulas(() =>
    matmul(abstractTensor(["B", 12, "seq", 64]), abstractTensor(["B", 12, 64, "seq"])),
  );
  expect(String(symbolic.flops)).toBe("2·B·12·seq²·64");
});

test("NaN and infinity spread", () => {
  expectValues(matmul(tensor([[NaN, 1]]), tensor([[1], [1]])), [NaN]);
  expectValues(matmul(tensor([[Infinity, 1]]), tensor([[1], [1]])), [Infinity]);
});
