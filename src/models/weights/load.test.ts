import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import "../../backends/cpu.js";
import { writeSafetensors } from "../../formats/index.js";
import { cast } from "../../ops/cast/op.js";
import { transpose } from "../../ops/transpose/op.js";
import { tensor, zeros } from "../../tensor/create.js";
import type { Tensor } from "../../tensor/tensor.js";
import { buildModel } from "../build.js";
import { loadModel } from "./load.js";

const llama = {
  model_type: "llama",
  vocab_size: 7,
  hidden_size: 8,
  num_hidden_layers: 1,
  num_attention_heads: 2,
  intermediate_size: 6,
};
const gpt2 = { model_type: "gpt2", vocab_size: 7, n_embd: 4, n_layer: 1, n_head: 2, n_positions: 5 };
const bert = { ...llama, model_type: "bert", max_position_embeddings: 9 };

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "lintel-load-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function save(config: object, weights: ReadonlyMap<string, Tensor>): Promise<string> {
  await writeFile(join(folder, "config.json"), JSON.stringify(config));
  await writeSafetensors(join(folder, "model.safetensors"), weights);
  return folder;
}

const parametersOf = (config: Readonly<Record<string, unknown>>): Map<string, Tensor> =>
  new Map(buildModel(config, { seed: 3 }).namedParameters());

describe("what does not fit is one clear error", () => {
  test("a missing weight", async () => {
    const weights = parametersOf(llama);
    weights.delete("model.layers.0.mlp.up_proj.weight");
    await expect(loadModel(await save(llama, weights))).rejects.toThrow(
      /model\.safetensors: weight 'model\.layers\.0\.mlp\.up_proj\.weight' \[6, 8\] of .* is missing/,
    );
  });

  test("a head that should have been tied", async () => {
    const weights = parametersOf(llama);
    weights.delete("lm_head.weight");
    await expect(loadModel(await save(llama, weights))).rejects.toThrow(
      /'lm_head\.weight' \[7, 8\].*is missing; set "tie_word_embeddings": true/,
    );
  });

  test("an unexpected weight", async () => {
    const weights = parametersOf(llama).set("model.layers.1.mlp.up_proj.weight", zeros([6, 8]));
    await expect(loadModel(await save(llama, weights))).rejects.toThrow(
      /unexpected weight 'model\.layers\.1\.mlp\.up_proj\.weight' \[6, 8\]: .* \(llama\) has no parameter/,
    );
  });

  test("two weights for one parameter", async () => {
    const weights = parametersOf(bert);
    weights.set("bert.pooler.dense.bias", zeros([8]));
    await expect(loadModel(await save(bert, weights))).rejects.toThrow(
      /the weights '.*pooler\.dense\.bias' and '.*pooler\.dense\.bias' both belong to parameter 'pooler\.dense\.bias'/,
    );
  });

  test("a wrong shape names expected, found and file", async () => {
    const weights = parametersOf(llama).set("model.norm.weight", zeros([9]));
    await expect(loadModel(await save(llama, weights))).rejects.toThrow(
      /model\.safetensors: weight 'model\.norm\.weight' has shape \[9\], but the config asks for \[8\]/,
    );
  });

  test("Conv1D weights that are not transposed", async () => {
    // Saved as [out, in]: only the square ones fit by accident.
    await expect(loadModel(await save(gpt2, parametersOf(gpt2)))).rejects.toThrow(
      /'h\.0\.attn\.c_attn\.weight' has shape \[12, 4\], but the config asks for \[4, 12\]/,
    );
  });
});

describe("what checkpoints have beside the parameters", () => {
  test("a tied head stored a second time, rotary buffers", async () => {
    const tied = { ...llama, tie_word_embeddings: true };
    const weights = parametersOf(tied);
    weights.set("lm_head.weight", weights.get("model.embed_tokens.weight")!);
    weights.set("model.layers.0.self_attn.rotary_emb.inv_freq", zeros([2]));
    const model = await loadModel(await save(tied, weights));
    expect(model.parameter("lm_head.weight")).toBe(model.parameter("model.embed_tokens.weight"));
  });

  test("gamma and beta of old BERTs, the pretraining heads, no pooler", async () => {
    const weights = new Map<string, Tensor>();
    for (const [path, parameter] of parametersOf(bert)) {
      const old = path
        .replace("LayerNorm.weight", "LayerNorm.gamma")
        .replace("LayerNorm.bias", "LayerNorm.beta");
      if (!path.startsWith("pooler.")) weights.set(`bert.${old}`, parameter);
    }
    weights.set("bert.embeddings.position_ids", tensor([[0, 1, 2]], { dtype: "int64" }));
    weights.set("cls.predictions.bias", zeros([7]));
    const model = await loadModel(await save(bert, weights));
    const expected = buildModel(bert, { seed: 3 });
    expect(model.parameterCount).toBe(expected.parameterCount - 8 * 8 - 8);
    const path = "encoder.layer.0.output.LayerNorm.weight";
    expect(model.parameter(path).toArray()).toEqual(expected.parameter(path).toArray());
  });

  test("GPT-2's Conv1D weights arrive [out, in]", async () => {
    const weights = parametersOf(gpt2);
    for (const [path, parameter] of weights) {
      if (/\.(c_attn|c_proj|c_fc)\.weight$/.test(path)) weights.set(path, transpose(parameter));
    }
    const model = await loadModel(await save(gpt2, weights));
    for (const [path, parameter] of parametersOf(gpt2)) {
      expect({ [path]: model.parameter(path).toArray() }).toEqual({ [path]: parameter.toArray() });
    }
  });
});

test("half weights become float32 unless they are to stay", async () => {
  const weights = new Map([...parametersOf(llama)].map(([path, x]) => [path, cast(x, "bfloat16")] as const));
  await save(llama, weights);
  const ids = tensor([[1, 2, 3]], { dtype: "int32" });
  const [wide, stored] = [await loadModel(folder), await loadModel(folder, { dtype: "stored" })];
  expect(wide.parameter("model.norm.weight").dtype).toBe("float32");
  expect(stored.parameter("model.norm.weight").dtype).toBe("bfloat16");
  expect(stored.forward(ids).dtype).toBe("bfloat16");
});

test("options that no model can have are refused", async () => {
  await save(llama, parametersOf(llama));
  await expect(loadModel(folder, { dtype: "int32" })).rejects.toThrow(
    "weights are floats, which int32 cannot hold",
  );
  await expect(loadModel(folder, { attention: "flash" as "fused" })).rejects.toThrow(
    'attention is eager or fused, not "flash"',
  );
});
