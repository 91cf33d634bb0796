import { expect, test } from "vitest";
import {
  costFormulas,
  expectClose,
  expectValues,
  largestDifference,
  opsOf,
  wave,
} from "../../../test/expect.js";
import { ConfigError, DTypeError } from "../../base/errors.js";
import { abstractTensor, randn, tensor } from "../../tensor/create.js";
import { add } from "../add/op.js";
import { cast } from "../cast/op.js";
import { gelu } from "../gelu/op.js";
import { geluTanh } from "../geluTanh/op.js";
import { matmul } from "../matmul/op.js";
import { relu } from "../relu/op.js";
import { silu } from "../silu/op.js";
import { slice } from "../slice/op.js";
import { transpose } from "../transpose/op.js";
import { linear } from "./op.js";

// F.linear(sin(arange(6)).reshape(2, 3), sin(2 * arange(6)).reshape(2, 3), sin(3 * arange(2)))
test("agrees with PyTorch", () => {
  const expected = [0.07698884, 0.4789593, 0.03755772, -0.1253848];
  for (const dtype of ["float32", "float64"] as const) {
    expectValues(linear(wave([2, 3], 1, dtype), wave([2, 3], 2, dtype), wave([2], 3, dtype)), expected);
  }
});

test("is x Wᵀ + b for any strides: transposed weights, sliced inputs, one vector", () => {
  const conv = randn([40, 70], { seed: 1 }); // [in, out], as GPT-2 stores it
  const bias = randn([70], { seed: 2 });
  const x = randn([3, 5, 40], { seed: 3 });
  const inputs = [
    x,
    slice(randn([3, 9, 40], { seed: 4 }), 1, 2, 7),
    transpose(randn([5, 3, 40], { seed: 5 }), 0, 1),
  ];
  for (const input of inputs) {
    const expected = add(matmul(input, conv), bias);
    expect(largestDifference(linear(input, transpose(conv), bias), expected)).toBeLessThan(1e-5);
  }
  const vector = randn([40], { seed: 6 });
  expect(largestDifference(linear(vector, transpose(conv)), matmul(vector, conv))).toBeLessThan(1e-5);
});

test("half types accumulate in float32 and round once", () => {
  const x = randn([4, 3000], { seed: 1, dtype: "float16" });
  const weight = randn([2, 3000], { seed: 2, dtype: "float16" });
  const exact = linear(cast(x, "float64"), cast(weight, "float64"));
  expect(linear(x, weight).dtype).toBe("float16");
  expect(largestDifference(cast(linear(x, weight), "float64"), exact)).toBeLessThan(0.06); // values near 100, 10 bits
});

test("integers are exact", () => {
  const x = tensor([[3, -4]], { dtype: "int32" });
  expect(linear(x, tensor([[5, 6]], { dtype: "int32" }), tensor([7], { dtype: "int32" })).toArray()).toEqual([
    [-2],
  ]);
});

test("costs two FLOPs per multiply-add, and one per element for the bias", () => {
  const [x, weight] = [abstractTensor([32, 512, 768]), abstractTensor([3072, 768])];
  const cost = costFormulas(() => linear(x, weight, abstractTensor([3072])));
  expect(cost.matmulFlops.value()).toBe(BigInt(2 * 32 * 512 * 768 * 3072));
  expect(cost.flops.value()).toBe(BigInt(2 * 32 * 512 * 768 * 3072 + 32 * 512 * 3072));
  expect(cost.bytesRead.value()).toBe(BigInt(4 * (32 * 512 * 768 + 3072 * 768 + 3072)));
  expect(cost.bytesWritten.value()).toBe(BigInt(4 * 32 * 512 * 3072));
  const symbolic = costFormulas(() => linear(abstractTensor(["B", "seq", 768]), weight));
  expect(String(symbolic.flops)).toBe("2·B·seq·768·3072");
});

test("keeps the names of the leading axes", () => {
  expect(String(linear(abstractTensor(["B", "seq", 768]), abstractTensor([3072, 768])).dims)).toBe(
    "B,seq,3072",
  );
});

test("sizes that do not meet are named, before anything runs", () => {
  const weight = abstractTensor([3072, 768]);
  expect(() => linear(abstractTensor([32, 512]), weight)).toThrow(
    "linear(768 -> 3072): input [32, 512] has last dim 512",
  );
  expect(() => linear(abstractTensor([32, 768]), weight, abstractTensor([768]))).toThrow(
    "linear(768 -> 3072): the bias must be [3072], got [768]",
  );
  expect(() => linear(abstractTensor([768]), abstractTensor([768]))).toThrow(
    "must have 2 axes, [out, in], got [768]",
  );
});

test("integers are exact, as in matmul", () => {
  const x = tensor([2n ** 53n + 1n, 2n]);
  const weight = tensor([[3n, 1n], [0n, -1n]]); // prettier-ignore
  expect(linear(x, weight).toArray()).toEqual([3n * 2n ** 53n + 5n, -2]);
  expect(linear(x, weight, tensor([1n, 7n])).toArray()).toEqual([3n * 2n ** 53n + 6n, 5]);
});

test("observers see one op", () => {
  expect(opsOf(() => linear(wave([2, 3]), wave([4, 3]), wave([4]))).map(({ op }) => op.name)).toEqual([
    "linear",
  ]);
});

const activations = { relu, gelu, geluTanh, silu };

test("an activation and a residual end the layer as ops of their own would", () => {
  const [x, weight, bias] = [wave([5, 7]), wave([6, 7]), wave([6])];
  const residual = wave([5, 6]);
  for (const name of ["relu", "gelu", "geluTanh", "silu"] as const) {
    const separate = add(activations[name](linear(x, weight, bias)), residual);
    expectClose(linear(x, weight, bias, { activation: name, residual }), separate.toArray(), 1e-6);
    expectClose(
      linear(x, weight, undefined, { activation: name }),
      activations[name](linear(x, weight)).toArray(),
      1e-6,
    );
  }
});

test("an ending costs what its ops cost, without their bytes", () => {
  const [x, weight] = [abstractTensor([32, 768]), abstractTensor([3072, 768])];
  const residual = abstractTensor([32, 3072]);
  const cost = costFormulas(() => linear(x, weight, undefined, { activation: "gelu", residual }));
  expect(cost.flops.value()).toBe(BigInt(2 * 32 * 768 * 3072 + 5 * 32 * 3072 + 32 * 3072));
  expect(cost.bytesRead.value()).toBe(BigInt(4 * (32 * 768 + 3072 * 768 + 32 * 3072)));
  expect(cost.bytesWritten.value()).toBe(BigInt(4 * 32 * 3072));
});

test("an ending that does not fit is refused", () => {
  const [x, weight] = [abstractTensor(["B", 4]), abstractTensor([3, 4])];
  expect(() => linear(x, weight, undefined, { residual: abstractTensor([3]) })).toThrow(
    "linear(4 -> 3): the residual must be as the result [B, 3], got [3]",
  );
  const unknown = { activation: "swish" } as unknown as { activation: "silu" };
  expect(() => linear(x, weight, undefined, unknown)).toThrow(ConfigError);
  const integers = tensor([[1, 2]], { dtype: "int32" });
  expect(() => linear(integers, integers, undefined, { activation: "relu" })).toThrow(DTypeError);
});
