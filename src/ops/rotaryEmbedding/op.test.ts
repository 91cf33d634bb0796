import { expect, test } from "vitest";
import { costFormulas, expectValues, largestDifference, wave } from "../../../test/expect.js";
import { abstractTensor, randn, tensor } from "../../tensor/create.js";
import { concat } from "../concat/op.js";
import { matmul } from "../matmul/op.js";
import { slice } from "../slice/op.js";
import { transpose } from "../transpose/op.js";
import { rotaryFrequencies } from "./frequencies.js";
import { rotaryEmbedding } from "./op.js";

// x = sin(arange(12)).reshape(3, 4); x * cos + rotate_half(x) * sin as in Hugging Face's modeling_llama, float64
test("agrees with Hugging Face's half-rotated layout", () => {
  const expected = [
    0, 0.841471, 0.9092974, 0.14112, -0.1737821, -0.9654461, -0.7877962, 0.6473647, 0.08295869, 0.4320345,
    1.126014, -0.9915484,
  ];
  expectValues(rotaryEmbedding(wave([3, 4])), expected);
  expectValues(rotaryEmbedding(wave([3, 4], 1, "float32")), expected);
  const later = [
    0.8719474, 0.6708037, 0.2579333, 0.5272671, -0.8047323, -1.162397, -0.05682411, 0.0007850642, 1.103294,
    0.959417, 0.2398564, -0.4993407,
  ];
  expectValues(rotaryEmbedding(wave([3, 4]), { theta: 100, offset: 5 }), later);
  const positions = tensor([5, 6, 7], { dtype: "int32" });
  expectValues(rotaryEmbedding(wave([3, 4]), { theta: 100, positions }), later);
});

// (x[..., 0::2] + 1j * x[..., 1::2]) * np.exp(1j * outer(arange(3), inverse_frequencies))
test("interleaved pairs are complex numbers that turn", () => {
  const expected = [
    0, 0.841471, 0.9092974, 0.14112, 0.3980048, -1.154936, -0.2859713, 0.6541596, -0.7864566, 0.7281191,
    -0.5239138, -1.01067,
  ];
  expectValues(rotaryEmbedding(wave([3, 4]), { style: "interleaved" }), expected);
});

// transformers.modeling_rope_utils._compute_llama3_parameters: theta 500000, width 16, factor 8, 1, 4, 8192
test("Llama 3.1 keeps short wavelengths, stretches long ones and blends between", () => {
  const scaling = {
    type: "llama3",
    factor: 8,
    lowFreqFactor: 1,
    highFreqFactor: 4,
    originalMaxPositionEmbeddings: 8192,
  } as const;
  const expected = [
    1.0, 0.193922745, 0.0376060309, 0.00729266474, 0.000524846161, 3.4281022e-5, 6.64786987e-6, 1.28917317e-6,
  ];
  rotaryFrequencies(16, { theta: 500000, scaling }).forEach((frequency, i) =>
    expect(frequency / expected[i]).toBeCloseTo(1, 7),
  );
});

// transformers.modeling_rope_utils._compute_yarn_parameters in float64: Qwen 2.5 and gpt-oss
test.each([
  [
    128,
    1e6,
    { factor: 4, originalMaxPositionEmbeddings: 32768, truncate: true },
    {
      0: 1,
      20: 0.0133352143,
      27: 0.00242342238,
      33: 4.50323576e-4,
      40: 4.44569853e-5,
      48: 7.90569415e-6,
      63: 3.1023444e-7,
    },
  ],
  [
    64,
    150000,
    { factor: 32, originalMaxPositionEmbeddings: 4096, truncate: false },
    {
      0: 1,
      7: 0.0737445682,
      10: 0.0193350011,
      12: 0.00679495949,
      16: 4.56483919e-4,
      20: 1.81883367e-5,
      31: 3.02351143e-7,
    },
  ],
] as const)(
  "YaRN keeps fast pairs, stretches slow ones and blends by place: width %i",
  (width, theta, given, expected) => {
    const scaling = { type: "yarn", betaFast: 32, betaSlow: 1, ...given } as const;
    const frequencies = rotaryFrequencies(width, { theta, scaling });
    expect(frequencies).toHaveLength(width / 2);
    for (const [pair, value] of Object.entries(expected))
      expect(frequencies[Number(pair)] / value).toBeCloseTo(1, 7);
  },
);

test("a blend of no length is a step", () => {
  const scaling = {
    type: "yarn",
    factor: 2,
    betaFast: 2,
    betaSlow: 1,
    originalMaxPositionEmbeddings: 2,
    truncate: true,
  } as const;
  const frequencies = rotaryFrequencies(8, { theta: 1e4, scaling });
  expect([...frequencies].every(Number.isFinite)).toBe(true);
});

test("an unknown scaling is refused by name", () => {
  const scaling = { type: "ntk", factor: 2 } as never;
  expect(() => rotaryEmbedding(wave([3, 4]), { scaling })).toThrow(
    "rotaryEmbedding: the type of a scaling is linear, llama3, yarn, got 'ntk'",
  );
});

test("linear scaling is a slower walk through the positions", () => {
  const x = wave([4, 8]);
  const positions = tensor([0, 2, 4, 6], { dtype: "int64" });
  const scaled = rotaryEmbedding(x, { positions, scaling: { type: "linear", factor: 2 } });
  expect(largestDifference(scaled, rotaryEmbedding(x))).toBeLessThan(1e-15);
});

test("scores depend on the distance of positions only", () => {
  const [q, k] = [
    randn([1, 64], { seed: 1, dtype: "float64" }),
    randn([1, 64], { seed: 2, dtype: "float64" }),
  ];
  const score = (i: number, j: number) =>
    matmul(rotaryEmbedding(q, { offset: i }), transpose(rotaryEmbedding(k, { offset: j }))).item();
  expect(score(103, 100)).toBeCloseTo(score(3, 0), 10);
});

test("rows one at a time with an offset are the whole, as in a cache; heads share positions", () => {
  const x = randn([2, 3, 5, 8], { seed: 4 });
  const steps = [0, 1, 2, 3, 4].map((i) => rotaryEmbedding(slice(x, 2, i, i + 1), { offset: i }));
  expect(largestDifference(concat(steps, 2), rotaryEmbedding(x))).toBe(0);
});

test("positions per sequence broadcast over heads", () => {
  const x = randn([2, 3, 1, 8], { seed: 5 });
  const positions = tensor([[[4]], [[9]]], { dtype: "int32" }); // [2, 1, 1]
  const y = rotaryEmbedding(x, { positions });
  [4, 9].forEach((offset, i) => {
    const row = (t: typeof x) => slice(t, 0, i, i + 1);
    expect(largestDifference(row(y), rotaryEmbedding(row(x), { offset }))).toBe(0);
  });
});

test("costs 3 FLOPs per element", () => {
  const cost = costFormulas(() => rotaryEmbedding(abstractTensor(["B", 32, "seq", 128])));
  expect([String(cost.flops), String(cost.matmulFlops)]).toEqual(["3·B·32·seq·128", "0"]);
});

test("odd widths, short shapes and positions that do not fit are errors", () => {
  expect(() => rotaryEmbedding(wave([3, 5]))).toThrow(
    "rotaryEmbedding: x [3, 5]: the last dim 5 must be even",
  );
  expect(() => rotaryEmbedding(wave([4]))).toThrow("needs at least 2 axes, [..., n, d]");
  const positions = tensor([1, 2], { dtype: "int32" });
  expect(() => rotaryEmbedding(wave([3, 4]), { positions })).toThrow("positions [2] do not broadcast to [3]");
  expect(() => rotaryEmbedding(wave([3, 4]), { positions: wave([3]) })).toThrow(
    "must be integers, got float64",
  );
  expect(() => rotaryEmbedding(wave([3, 4]), { style: "gptj" as "half" })).toThrow(
    'style must be "half" or "interleaved", got "gptj"',
  );
});
