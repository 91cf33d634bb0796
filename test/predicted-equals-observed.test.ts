// One definition, three ways to price it: with names and sizes bound later, with sizes from the start, and by
// watching the model run on data. All must agree, op by op, to the integer.
import { describe, expect, it } from "vitest";
import "../src/backends/cpu.js";
import { Recorder, trace, type OpRecord, type Trace } from "../src/cost/index.js";
import { buildModel, loadConfig, type Model, type RawConfig } from "../src/models/index.js";
import { observe } from "../src/op/observer.js";
import { namedSize, type SizeLike } from "../src/shape/dim.js";
import { abstractTensor, randint } from "../src/tensor/create.js";
import type { DType } from "../src/tensor/dtype.js";

const bert = {
  model_type: "bert",
  vocab_size: 50,
  hidden_size: 24,
  num_hidden_layers: 2,
  num_attention_heads: 4,
  intermediate_size: 40,
  max_position_embeddings: 16,
  type_vocab_size: 2,
};
const gpt2 = { model_type: "gpt2", vocab_size: 50, n_positions: 16, n_embd: 24, n_layer: 2, n_head: 4 };
const llama = {
  model_type: "llama",
  vocab_size: 50,
  hidden_size: 32,
  num_hidden_layers: 2,
  num_attention_heads: 4,
  num_key_value_heads: 2,
  intermediate_size: 40,
  max_position_embeddings: 16,
};

const configs: Readonly<Record<string, RawConfig>> = {
  bert,
  roberta: { ...bert, model_type: "roberta", max_position_embeddings: 20, pad_token_id: 1 },
  gpt2,
  llama,
  "mistral with a window": { ...llama, model_type: "mistral", sliding_window: 4 },
  "qwen3 with normed heads": { ...llama, model_type: "qwen3", head_dim: 8 },
};

const summary = ({ path, op, isView, params, inputs, outputs, ...record }: OpRecord) => ({
  path,
  op,
  isView,
  params: params.value(),
  inputs: inputs.map(({ dims }) => dims.map(Number)),
  outputs: outputs.map(({ dims, dtype }) => [dtype, ...dims.map(Number)]),
  flops: record.flops.value(),
  matmulFlops: record.matmulFlops.value(),
  bytesRead: record.bytesRead.value(),
  bytesWritten: record.bytesWritten.value(),
});

const summaries = ({ records }: Trace) => records.map(summary);

function predicted(model: Model, batch: SizeLike, seq: SizeLike): Trace {
  return trace({
    namedParameters: () => model.namedParameters(),
    forward: () => model.forward(abstractTensor([batch, seq], "int32")),
  });
}

function observed(model: Model, batch: number, seq: number): Trace {
  const recorder = new Recorder(model.namedParameters());
  const ids = randint(0, 50, [batch, seq], { seed: 3 });
  const output = observe(recorder.observer, () => model.forward(ids));
  expect(output.isAbstract).toBe(false);
  return recorder.trace([output]);
}

describe.each(Object.entries(configs))("%s", (_, raw) => {
  describe.each(["eager", "fused"] as const)("%s attention", (attention) => {
    const config = loadConfig(raw);
    const abstractModel = (dtype: DType = "float32") =>
      buildModel(config, { device: "abstract", attention, dtype });
    const real = buildModel(config, { device: "cpu", attention });

    it.each([
      [2, 7],
      [1, 8],
      [3, 2],
    ])("B = %i, seq = %i", (batch, seq) => {
      const run = summaries(observed(real, batch, seq));
      expect(run.length).toBeGreaterThan(20);
      expect(summaries(predicted(abstractModel(), batch, seq))).toEqual(run);
      expect(summaries(predicted(abstractModel(), namedSize("B", batch), namedSize("seq", seq)))).toEqual(
        run,
      );
    });

    it("formulas bound afterwards", () => {
      const formulas = predicted(abstractModel(), "B", "seq");
      for (const [B, seq] of [
        [2, 7],
        [4, 16],
      ]) {
        expect(summaries(formulas.bind({ B, seq }))).toEqual(summaries(observed(real, B, seq)));
      }
    });

    it("one position", () => {
      expect(summaries(predicted(abstractModel(), namedSize("B", 2), 1))).toEqual(
        summaries(observed(real, 2, 1)),
      );
    });

    it("half types", () => {
      const half = buildModel(config, { device: "cpu", attention, dtype: "bfloat16" });
      expect(summaries(predicted(abstractModel("bfloat16"), 2, 5))).toEqual(summaries(observed(half, 2, 5)));
    });

    it("measures time on data only", () => {
      const seconds = ({ records }: Trace) => records.reduce((sum, record) => sum + record.seconds, 0);
      expect(seconds(observed(real, 2, 7))).toBeGreaterThan(0);
      expect(seconds(predicted(abstractModel(), 2, 7))).toBe(0);
    });
  });
});
