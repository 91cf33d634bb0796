import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import "../backends/cpu.js";
import { ConfigError } from "../base/errors.js";
import { observe } from "../op/observer.js";
import { cast } from "../ops/cast/op.js";
import { concat } from "../ops/concat/op.js";
import { sub } from "../ops/sub/op.js";
import { slice } from "../ops/slice/op.js";
import { abstractTensor, randn, tensor } from "../tensor/create.js";
import type { Tensor } from "../tensor/tensor.js";
import { alibiSlopes } from "./alibi.js";
import { attend } from "./attend.js";
import { MultiHeadAttention } from "./attention.js";
import { KeyValueCache } from "./cache.js";
import { visibleKeys } from "./mask.js";

/** The largest difference between two tensors. */
const distance = (a: Tensor, b: Tensor): number =>
  Math.max(...Array.from(sub(a, b).dataSync() as ArrayLike<number>, Math.abs));

const opsOf = (run: () => unknown): string[] => {
  const names: string[] = [];
  observe(({ op }) => names.push(op.name), run);
  return names;
};

const x = randn([2, 6, 32], { seed: 1 });

describe("eager and fused attention agree", () => {
  test.each([
    ["plain", {}],
    ["causal", { causal: true }],
    ["grouped queries", { causal: true, keyValueHeads: 2 }],
    ["one key head", { keyValueHeads: 1 }],
    ["window", { causal: true, window: 3 }],
    ["rotary", { causal: true, rotary: { theta: 100 } }],
    ["partly rotary, interleaved", { causal: true, rotary: { size: 4, style: "interleaved" as const } }],
    ["normed queries and keys", { qkNorm: { eps: 1e-6 }, headSize: 16 }],
    ["own scale", { scale: 0.1 }],
  ])("%s", (_, options) => {
    const eager = new MultiHeadAttention(32, 4, { ...options, seed: 5 });
    const fused = new MultiHeadAttention(32, 4, { ...options, seed: 5, attention: "fused" });
    expect(distance(eager.forward(x), fused.forward(x))).toBeLessThan(1e-6);
  });

  test.each(["bool", "int32", "float32"] as const)("with a %s mask of the padding", (dtype) => {
    const mask = cast(
      tensor([
        [1, 1, 1, 1, 1, 1],
        [1, 1, 1, 1, 0, 0],
      ]),
      dtype,
    );
    const [eager, fused] = (["eager", "fused"] as const).map((attention) =>
      new MultiHeadAttention(32, 4, { causal: true, seed: 5, attention }).forward(x, { mask }),
    );
    expect(distance(eager, fused)).toBeLessThan(1e-6);
  });
});

describe("what attention may see", () => {
  test("a causal layer never looks ahead", () => {
    const layer = new MultiHeadAttention(32, 4, { causal: true, seed: 5 });
    const whole = layer.forward(x);
    const prefix = layer.forward(slice(x, 1, 0, 4));
    expect(distance(slice(whole, 1, 0, 4), prefix)).toBeLessThan(1e-6);
  });

  test("the band of a window, behind a cache", () => {
    const visible = visibleKeys(2, 5, { causal: true, window: 3 }, false)!;
    expect(visible.toArray()).toEqual([
      [false, true, true, true, false],
      [false, false, true, true, true],
    ]);
    expect(visibleKeys(1, 5, { causal: true }, false)).toBeUndefined();
    expect(visibleKeys(1, 5, { causal: true, window: 5 }, false)).toBeUndefined();
    expect(visibleKeys(3, 3, {}, false)).toBeUndefined();
  });

  test("behind a cache, a window leaves out the keys that nobody sees", () => {
    const layer = new MultiHeadAttention(32, 4, { causal: true, window: 3, seed: 5 });
    const mask = tensor([
      [1, 1, 1, 1, 0, 1],
      [1, 1, 1, 1, 1, 1],
    ]);
    const whole = layer.forward(x, { mask });
    const cache = new KeyValueCache();
    layer.forward(slice(x, 1, 0, 4), { cache, mask: slice(mask, 1, 0, 4) });
    const lengths: string[] = [];
    const rest = observe(
      ({ op, outputs }) => {
        if (op.name === "softmax") lengths.push(outputs[0].dims.join(" "));
      },
      () => layer.forward(slice(x, 1, 4, 6), { cache, mask }),
    );
    expect(lengths).toEqual(["2 4 2 4"]);
    expect(cache.length).toBe(6);
    expect(distance(rest, slice(whole, 1, 4, 6))).toBeLessThan(1e-6);
  });

  test("any chunks of a padded batch, behind any window, give what one pass gives", () => {
    const chunks = fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 6 });
    const options = fc.record({
      window: fc.option(fc.integer({ min: 1, max: 6 })),
      attention: fc.constantFrom("eager" as const, "fused" as const),
      keyValueHeads: fc.constantFrom(1, 2),
    });
    const law = fc.property(chunks, options, fc.nat(1), (lengths, given, padding) => {
      const layer = new MultiHeadAttention(8, 2, { ...given, causal: true, rotary: {}, seed: 3 });
      const total = lengths.reduce((sum, length) => sum + length, 0);
      const positions = randn([2, total, 8], { seed: total });
      const mask = tensor([1, 0].map((keeps) => [padding === 0 || keeps, ...Array(total - 1).fill(1)]));
      const cache = new KeyValueCache();
      let past = 0;
      const parts = lengths.map((length) => {
        const next = slice(positions, 1, past, (past += length));
        return layer.forward(next, { cache, mask: slice(mask, 1, 0, past) });
      });
      const whole = layer.forward(positions, { mask });
      // What a padding sees itself is nobody's business.
      expect(distance(slice(concat(parts, 1), 1, padding), slice(whole, 1, padding))).toBeLessThan(2e-6);
    });
    fc.assert(law, { numRuns: 60 });
  });

  test("a mask that does not cover the cache is refused, and leaves it as it was", () => {
    const layer = new MultiHeadAttention(32, 4, { causal: true });
    const cache = new KeyValueCache();
    layer.forward(x, { cache });
    const mask = tensor([[true], [true]]);
    expect(() => layer.forward(slice(x, 1, 0, 1), { cache, mask })).toThrow(/must cover all 7 keys/);
    expect(cache.length).toBe(6);
  });

  test("a row of padding gives numbers", () => {
    const mask = tensor([[true], [false]]);
    const q = randn([2, 1, 1, 4]);
    const output = attend(q, q, q, { mask });
    expect(Array.from(output.dataSync() as Float32Array).every(Number.isFinite)).toBe(true);
  });
});

test("grouped queries read every key head once", () => {
  const layer = new MultiHeadAttention(4096, 32, { keyValueHeads: 8, bias: false, device: "abstract" });
  const shapes: string[] = [];
  observe(
    ({ op, inputs }) => {
      if (op.name === "matmul") shapes.push(inputs.map(({ dims }) => dims.join(" ")).join(" @ "));
    },
    () => layer.forward(abstractTensor(["B", "n", 4096])),
  );
  expect(shapes).toEqual(["B 8 4·n 128 @ B 8 128 n", "B 8 4·n n @ B 8 n 128"]);
});

test("eager attention shows its parts, fused attention is one op", () => {
  const named = ["matmul", "mul", "where", "softmax", "scaledDotProductAttention"];
  const [eager, fused] = (["eager", "fused"] as const).map((attention) => {
    const layer = new MultiHeadAttention(32, 4, { causal: true, attention });
    return opsOf(() => layer.forward(x)).filter((op) => named.includes(op));
  });
  expect(eager).toEqual(["matmul", "mul", "where", "softmax", "matmul"]);
  expect(fused).toEqual(["scaledDotProductAttention"]);
});

test("a bounded score never exceeds its bound", () => {
  const q = randn([1, 1, 4, 8], { seed: 1 });
  const scores: Tensor[] = [];
  observe(
    ({ op, inputs }) => {
      if (op.name === "softmax") scores.push(inputs[0]);
    },
    () => attend(q, q, q, { softcap: 0.5, scale: 100, mode: "fused" }),
  );
  const values = Array.from(scores[0].dataSync() as Float32Array, Math.abs);
  expect(Math.max(...values)).toBeLessThanOrEqual(0.5);
});

test("alibi slopes: powers of two, then every other power between", () => {
  expect(alibiSlopes(8)).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map((i) => 2 ** -i));
  expect(alibiSlopes(3)).toEqual([2 ** -4, 2 ** -8, 2 ** -2]);
});

test("heads that do not divide are refused", () => {
  expect(() => new MultiHeadAttention(768, 7)).toThrow(ConfigError);
  expect(() => new MultiHeadAttention(768, 12, { keyValueHeads: 5 })).toThrow(
    "MultiHeadAttention: keyValueHeads is 5 and does not divide heads, which is 12",
  );
});
