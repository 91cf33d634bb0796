import { describe, expect, expectTypeOf, test } from "vitest";
import "../backends/cpu.js";
import { ConfigError, ShapeError } from "../base/errors.js";
import { gelu, input, randn, tensor, type Tensor } from "../fluent/index.js";
import { MultiHeadAttention } from "./attention.js";
import { Embedding } from "./embedding.js";
import { LayerNorm } from "./layer-norm.js";
import { Linear } from "./linear.js";
import { GatedMlp, Mlp } from "./mlp.js";
import { withParameters } from "./parameters.js";
import { RMSNorm } from "./rms-norm.js";

const values = (x: Tensor): number[] => Array.from(x.dataSync() as ArrayLike<number>, Number);
const range = (x: Tensor): [low: number, high: number] => [Math.min(...values(x)), Math.max(...values(x))];

describe("shapes are checked as you type", () => {
  const x = input(["B", "n", 768]);

  test("Linear: [..., In] -> [..., Out]", () => {
    const y = new Linear(768, 3072, { bias: true, device: "abstract" }).forward(x);
    expectTypeOf(y).toEqualTypeOf<Tensor<["B", "n", 3072]>>();
    expect(String(y.dims)).toBe("B,n,3072");
    // @ts-expect-error -- the last dim of x is 768, not 512
    expect(() => new Linear(512, 3072, { device: "abstract" }).forward(x)).toThrow(ShapeError);
  });

  test("Linear: a size that the compiler does not know would switch every check off", () => {
    const size: number = 768;
    // @ts-expect-error -- plain number
    expect(new Linear(size, 8).weight.shape).toEqual([8, 768]);
  });

  test("Embedding: [...] -> [..., D]", () => {
    const y = new Embedding(30522, 768).forward(tensor([[1, 2, 3]], { dtype: "int32" }));
    expectTypeOf(y).toEqualTypeOf<Tensor<[1, 3, 768]>>();
    expect(y.shape).toEqual([1, 3, 768]);
  });

  test("norms and attention: [..., D] -> [..., D]", () => {
    withParameters("abstract", () => {
      expectTypeOf(new LayerNorm(768).forward(x)).toEqualTypeOf<Tensor<["B", "n", 768]>>();
      expectTypeOf(new RMSNorm(768).forward(x)).toEqualTypeOf<Tensor<["B", "n", 768]>>();
      expectTypeOf(new MultiHeadAttention(768, 12).forward(x)).toEqualTypeOf<Tensor<["B", "n", 768]>>();
      // @ts-expect-error -- 768 is not 512
      expect(() => new LayerNorm(512).forward(x)).toThrow(ShapeError);
      // @ts-expect-error -- 768 is not 512
      expect(() => new RMSNorm(512).forward(x)).toThrow(ShapeError);
      // @ts-expect-error -- 768 is not 512
      expect(() => new MultiHeadAttention(512, 8).forward(x)).toThrow(ShapeError);
    });
  });

  test("a layer in a generic function keeps the caller's dims", () => {
    const project = <N extends number | string>(rows: Tensor<[N, 4]>): Tensor<[N, 2]> =>
      new Linear(4, 2).forward(rows);
    expect(project(randn([3, 4])).shape).toEqual([3, 2]);
  });
});

describe("parameters start as in PyTorch", () => {
  test("Linear: uniform in ±1/√In", () => {
    const { weight, bias } = new Linear(400, 300, { seed: 1 });
    for (const parameter of [weight, bias!]) {
      const [low, high] = range(parameter);
      expect(low).toBeGreaterThanOrEqual(-0.05);
      expect(high).toBeLessThan(0.05);
      expect(high - low).toBeGreaterThan(0.097);
    }
  });

  test("Embedding: standard normal", () => {
    const drawn = values(new Embedding(200, 100, { seed: 1 }).weight);
    const mean = drawn.reduce((sum, x) => sum + x, 0) / drawn.length;
    const variance = drawn.reduce((sum, x) => sum + (x - mean) ** 2, 0) / drawn.length;
    // Standard errors for 20,000 values: 0.007 and 0.01.
    expect(Math.abs(mean)).toBeLessThan(0.03);
    expect(Math.abs(variance - 1)).toBeLessThan(0.05);
  });

  test("norms: weight 1 and bias 0", () => {
    const norm = new LayerNorm(5);
    expect(values(norm.weight)).toEqual([1, 1, 1, 1, 1]);
    expect(values(norm.bias!)).toEqual([0, 0, 0, 0, 0]);
    expect(values(new RMSNorm(2).weight)).toEqual([1, 1]);
    expect(values(new RMSNorm(2, { unitOffset: true }).weight)).toEqual([0, 0]);
  });

  test("equal seeds give equal layers, other seeds and neighbours do not", () => {
    const weights = (seed: number): number[] => values(new Linear(3, 3, { seed }).weight);
    expect(weights(7)).toEqual(weights(7));
    expect(weights(7)).not.toEqual(weights(8));
    const [a, b] = withParameters({ seed: 7 }, () => [new Linear(3, 3), new Linear(3, 3)]);
    expect(values(a.weight)).toEqual(weights(7));
    expect(values(a.weight)).not.toEqual(values(b.weight));
  });

  test("the device and dtype around them count, their own options count more", () => {
    const layer = withParameters({ device: "abstract", dtype: "bfloat16" }, () => [
      new Linear(16384, 53248),
      new Linear(2, 3, { device: "cpu", dtype: "float64" }),
    ]);
    expect(layer.map(({ weight }) => `${weight.device} ${weight.dtype}`)).toEqual([
      "abstract bfloat16",
      "cpu float64",
    ]);
    expect(layer[0].parameterCount).toBe(16384 * 53248 + 53248);
    expect(new Linear(2, 3).weight.device).toBe("cpu");
  });

  test("an unknown device is refused", () => {
    expect(() => withParameters("meta" as "abstract", () => new LayerNorm(1))).toThrow(ConfigError);
  });
});

describe("what layers compute", () => {
  test("Linear is x Wᵀ + b", () => {
    const layer = new Linear(2, 3);
    layer.setParameter(
      "weight",
      tensor([
        [1, 0],
        [0, 1],
        [1, 1],
      ]),
    );
    layer.setParameter("bias", tensor([10, 20, 30]));
    expect(layer.forward(tensor([[1, 2]])).toArray()).toEqual([[11, 22, 33]]);
    expect(new Linear(2, 3, { bias: false }).bias).toBeUndefined();
  });

  test("RMSNorm with unit offset multiplies by 1 + weight", () => {
    const plain = new RMSNorm(4, { eps: 1e-6 });
    const offset = new RMSNorm(4, { eps: 1e-6, unitOffset: true });
    plain.setParameter("weight", tensor([1.5, 2, 0.5, 1]));
    offset.setParameter("weight", tensor([0.5, 1, -0.5, 0]));
    const x = randn([3, 4], { seed: 2 });
    expect(values(offset.forward(x))).toEqual(values(plain.forward(x)));
  });

  test("feed-forward blocks name their activation", () => {
    const x = randn([2, 4], { seed: 3 });
    const relu = new Mlp(4, 8, { activation: "relu", seed: 5 });
    const silu = new Mlp(4, 8, { activation: "silu", seed: 5 });
    expect(values(relu.forward(x))).not.toEqual(values(silu.forward(x)));
    const gated = new GatedMlp(4, 8);
    expect([...gated.namedParameters()].map(([path]) => path)).toEqual([
      "gate_proj.weight",
      "up_proj.weight",
      "down_proj.weight",
    ]);
  });
});

test("a linear layer with an activation is one op, and gives what two give", () => {
  const layer = new Linear(6, 5, { activation: "gelu", seed: 3 });
  const plain = new Linear(6, 5, { seed: 3 });
  const x = randn([4, 6], { seed: 1 });
  const [fused, separate] = [layer.forward(x).dataSync(), gelu(plain.forward(x)).dataSync()];
  fused.forEach((value, i) => expect(value).toBeCloseTo(Number(separate[i]), 6));
  expect(() => new Linear(6, 5, { activation: "swish" as "silu" })).toThrow("activation must be one of");
});
