import { describe, expect, test } from "vitest";
import "../../src/backends/cpu.js";
import { buildModel } from "../../src/models/build.js";
import type { RawConfig } from "../../src/models/config/common.js";
import { findPreset } from "../../src/models/presets/index.js";
import { KeyValueCache } from "../../src/nn/cache.js";
import type { Cost } from "../../src/op/define.js";
import { input } from "../../src/fluent/index.js";
import { observe } from "../../src/op/observer.js";
import { bindSize, toSize, type SizeLike } from "../../src/shape/dim.js";
import { Polynomial } from "../../src/shape/polynomial.js";
import { abstractTensor, tensor } from "../../src/tensor/create.js";
import type { Tensor } from "../../src/tensor/tensor.js";

const bert = { hidden_size: 12, num_hidden_layers: 2, num_attention_heads: 3, intermediate_size: 20 };
const llama = { ...bert, hidden_size: 24, num_attention_heads: 4, num_key_value_heads: 2, vocab_size: 11 };
const configs: readonly RawConfig[] = [
  { model_type: "bert", ...bert, vocab_size: 13 },
  { model_type: "roberta", ...bert, vocab_size: 13 },
  { model_type: "distilbert", vocab_size: 13, dim: 12, n_layers: 2, n_heads: 3, hidden_dim: 20 },
  { model_type: "gpt2", vocab_size: 11, n_embd: 12, n_layer: 2, n_head: 3 },
  { model_type: "gpt-nano", vocab_size: 11, n_embd: 12, n_layer: 2, n_head: 3, block_size: 32 },
  { model_type: "llama", ...llama },
  { model_type: "mistral", ...llama, sliding_window: 2 },
  { model_type: "qwen2", ...llama },
  { model_type: "qwen3", ...llama },
  { model_type: "gemma", ...llama },
  { model_type: "gemma2", ...llama, sliding_window: 2 },
  { model_type: "phi", ...bert, vocab_size: 11, hidden_size: 24 },
  { model_type: "gpt_neox", ...bert, vocab_size: 11, hidden_size: 24 },
  { model_type: "gptj", vocab_size: 11, n_embd: 24, n_layer: 2, n_head: 3, rotary_dim: 4 },
  { model_type: "opt", ...bert, vocab_size: 11, ffn_dim: 20 },
  { model_type: "bloom", vocab_size: 11, hidden_size: 24, n_layer: 2, n_head: 3 },
];

/** What the engine says about one op, with B, seq and past bound to sizes. */
interface Step {
  readonly op: string;
  readonly path: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly cost: readonly bigint[];
}

const sizes = { B: 2, seq: 5, past: 4 };
const spelled = (x: Tensor): string =>
  `[${x.dims.map((size) => bindSize(size, sizes)).join(", ")}] ${x.dtype}`;

function traceOf(run: () => Tensor): { steps: Step[]; output: Tensor } {
  const steps: Step[] = [];
  const output = observe(({ op, path, inputs, outputs, attributes }) => {
    const cost = (op.cost as (call: object) => Cost)({ inputs, outputs, attributes });
    steps.push({
      op: op.name,
      path,
      inputs: inputs.map(spelled),
      outputs: outputs.map(spelled),
      cost: [cost.flops, cost.matmulFlops, cost.bytesRead, cost.bytesWritten].map((formula) =>
        Polynomial.of(bindSize(formula, sizes)).value(),
      ),
    });
  }, run);
  return { steps, output };
}

const realIds = (batch: number, length: number): Tensor =>
  tensor(
    Int32Array.from({ length: batch * length }, (_, i) => (i * 5) % 11),
    { shape: [batch, length] },
  );
const symbolicIds = (...shape: SizeLike[]): Tensor => abstractTensor(shape.map(toSize), "int32");

describe.each(configs)("$model_type", (config) => {
  test.each(["eager", "fused"] as const)("the %s symbolic trace is the real trace, op by op", (attention) => {
    const real = traceOf(() => buildModel(config, { attention }).forward(realIds(2, 5)));
    const model = buildModel(config, { device: "abstract", attention });
    const symbolic = traceOf(() => model.forward(symbolicIds("B", "seq")));
    expect(symbolic.steps).toEqual(real.steps);
    expect(String(symbolic.output.dims.slice(0, 2))).toBe("B,seq");
    expect(real.output.dataSync().every(Number.isFinite)).toBe(true);
  });

  test("real weights take symbolic ids", () => {
    const { output } = traceOf(() => buildModel(config).forward(symbolicIds("B", "seq")));
    expect(spelled(output)).toMatch(/^\[2, 5, \d+\] float32$/);
  });
});

describe.each(configs.slice(3))("one step of $model_type behind a cache", (config) => {
  test("the symbolic trace is the real trace", () => {
    // What a window hides is known only with the length of the past.
    const length = "sliding_window" in config ? 4 : "past";
    const model = buildModel(config);
    const cache = new KeyValueCache();
    model.forward(realIds(2, 4), { cache });
    const real = traceOf(() => model.forward(realIds(2, 1), { cache }));
    const symbolic = traceOf(() =>
      buildModel(config, { device: "abstract" }).forward(symbolicIds("B", 1), {
        cache: new KeyValueCache({ length }),
      }),
    );
    expect(symbolic.steps).toEqual(real.steps);
  });
});

test("bfloat16 parameters stay bfloat16 through a forward pass", () => {
  const model = buildModel(findPreset("llama-3.1-8b"), { device: "abstract", dtype: "bfloat16" });
  expect(model.forward(symbolicIds("B", "seq")).dtype).toBe("bfloat16");
});

test("matmul FLOPs of published models, by their closed forms", () => {
  const matmulFlops = (preset: string, seq: number): bigint => {
    let total = 0n;
    observe(
      ({ op, inputs, outputs, attributes }) => {
        total += (op.cost as (call: object) => Cost)({ inputs, outputs, attributes }).matmulFlops.value();
      },
      () => buildModel(preset, { device: "abstract" }).forward(symbolicIds(1, seq)),
    );
    return total;
  };
  // 12 layers: 4 projections, scores and weighted sums, two feed-forward products; then the pooler.
  const bertLayer = 2 * 512 * (4 * 768 * 768 + 2 * 512 * 768 + 2 * 768 * 3072);
  expect(matmulFlops("bert-base-uncased", 512)).toBe(BigInt(12 * bertLayer + 2 * 768 * 768));
  const llamaLayer = 2 * 128 * (4 * 4096 * 4096 + 2 * 128 * 4096 + 3 * 4096 * 11008);
  expect(matmulFlops("llama-2-7b", 128)).toBe(BigInt(32 * llamaLayer + 2 * 128 * 4096 * 32000)); // 1700.0 GFLOP
});

test("the typed face takes and gives tensors", () => {
  const model = buildModel("llama-3.1-8b", { device: "abstract" });
  const logits = model.forward(input(["B", "seq"], { dtype: "int32" }));
  expect(logits.dims.join(" ")).toBe("B seq 128256");
  expect(logits.bind({ B: 2, seq: 8 }).shape).toEqual([2, 8, 128256]);
});
