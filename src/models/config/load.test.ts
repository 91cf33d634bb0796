import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { ConfigError } from "../../base/errors.js";
import { findPreset } from "../presets/index.js";
import type { LlamaConfig, RawConfig } from "./common.js";
import { loadConfig } from "./load.js";

const folder = mkdtempSync(join(tmpdir(), "lintel-config-"));
afterAll(() => rmSync(folder, { recursive: true }));

const bert = findPreset("bert-base-uncased");
const llama = findPreset("llama-2-7b");
const without = (raw: RawConfig, key: string): RawConfig =>
  Object.fromEntries(Object.entries(raw).filter(([name]) => name !== key));
const asLlama = (raw: RawConfig): LlamaConfig => loadConfig(raw) as LlamaConfig;

describe("where a config comes from", () => {
  test("a file, a folder, a preset's name and an object say the same", () => {
    writeFileSync(join(folder, "config.json"), JSON.stringify(llama));
    const expected = { ...loadConfig(llama), name: "x" };
    for (const source of [join(folder, "config.json"), folder, "llama-2-7b", llama]) {
      expect({ ...loadConfig(source), name: "x" }).toEqual(expected);
    }
  });

  test("reading twice changes nothing", () => {
    const config = loadConfig(bert);
    expect(loadConfig(config)).toBe(config);
  });

  test("the name is the preset's, the folder's or the file's", () => {
    writeFileSync(join(folder, "my-bert.json"), JSON.stringify(bert));
    expect(loadConfig(bert).name).toBe("bert-base-uncased");
    expect(loadConfig(join(folder, "my-bert.json")).name).toBe("my-bert");
    expect(loadConfig({ ...bert }).name).toBe("bert");
  });

  test("a byte order mark does no harm", () => {
    writeFileSync(join(folder, "marked.json"), `\uFEFF${JSON.stringify(bert)}`);
    expect(loadConfig(join(folder, "marked.json")).modelType).toBe("bert");
  });

  test("broken JSON names the file", () => {
    writeFileSync(join(folder, "broken.json"), "{ model_type: bert }");
    expect(() => loadConfig(join(folder, "broken.json"))).toThrow(/broken\.json is not valid JSON/);
  });

  test("what is not there names the closest presets", () => {
    expect(() => loadConfig("gpt2-mediun")).toThrow(/neither a config\.json.*did you mean gpt2-medium/);
    expect(() => findPreset("bert-base")).toThrow(/did you mean bert-base-uncased/);
    expect(() => findPreset("zzzzzzzzzzzzzzzzzzzz")).toThrow(/known: bert-base-uncased/);
  });
});

describe("what is refused names key, value and fix", () => {
  test.each<[RawConfig, RegExp]>([
    [without(bert, "hidden_size"), /config of bert: 'hidden_size' is missing; add it/],
    [{ ...bert, vocab_size: "30522" }, /'vocab_size' is "30522"; write a value of type number/],
    [{ ...bert, num_hidden_layers: 0 }, /'num_hidden_layers' is 0; write a number above 0/],
    [{ ...bert, num_hidden_layers: 1e9 }, /'num_hidden_layers' is 1000000000; write a number up to 10000/],
    [{ ...bert, num_hidden_layers: 2.5 }, /'num_hidden_layers' is 2\.5; write a value of type int/],
    [
      { ...bert, num_attention_heads: 7 },
      /'num_attention_heads' is 7 and does not divide 'hidden_size', which is 768/,
    ],
    [{ ...bert, hidden_act: "gleu" }, /'hidden_act' is "gleu", which is not supported; use "gelu" or/],
    [{ ...bert, position_embedding_type: "relative_key" }, /'position_embedding_type'.*use "absolute"/],
    [{ ...bert, is_decoder: true }, /'is_decoder' is true, which is not supported; use false/],
    [
      { ...llama, num_key_value_heads: 5 },
      /'num_key_value_heads' is 5 and does not divide 'num_attention_heads'/,
    ],
    [{ ...llama, head_dim: 5 }, /'head_dim' is 5.*make it even/],
    [
      { ...llama, rope_scaling: { type: "dynamic", factor: 2 } },
      /'rope_scaling\.rope_type' is "dynamic".*use default/,
    ],
    [
      { ...llama, rope_scaling: { type: "yarn", factor: 2, beta_fast: 1, beta_slow: 2 } },
      /'rope_scaling\.beta_fast' is 1; it must be above 'beta_slow', which is 2/,
    ],
    [
      { ...llama, rope_scaling: { type: "linear" } },
      /'rope_scaling\.factor' is missing; rope type 'linear' needs it/,
    ],
    [{ ...llama, layer_types: ["full_attention"] }, /'layer_types' has 1 entries for 32 layers/],
    [
      { ...llama, model_type: "t5" },
      /'model_type' is "t5", which Lintel does not represent exactly.*known: bert, .*llama/,
    ],
    [
      { ...llama, model_type: "opt", ffn_dim: 8, word_embed_proj_dim: 512 },
      /'word_embed_proj_dim' is 512, which is not supported; use 4096/,
    ],
    [without(llama, "model_type"), /'model_type' is missing; write one of bert, /],
    [{ ...llama, model_type: 7 }, /'model_type' is 7; write one of bert, /],
  ])("%#", (raw, message) => {
    expect(() => loadConfig(raw)).toThrow(ConfigError);
    expect(() => loadConfig(raw)).toThrow(message);
  });

  test("the error carries key and value", () => {
    const raw = { ...bert, vocab_size: -1 };
    expect(() => loadConfig(raw)).toThrow(
      expect.objectContaining({ details: { key: "vocab_size", value: -1, modelType: "bert" } }),
    );
  });
});

describe("defaults are those of transformers", () => {
  const minimal = {
    vocab_size: 100,
    hidden_size: 64,
    num_hidden_layers: 4,
    num_attention_heads: 8,
    intermediate_size: 128,
  };

  test("BERT", () => {
    expect(loadConfig({ model_type: "bert", ...minimal })).toMatchObject({
      maxPositions: 512,
      tokenTypes: 2,
      layerNormEps: 1e-12,
      activation: "gelu",
      attentionBias: true,
      dtype: "float32",
    });
  });

  test("RoBERTa counts positions from behind the padding token", () => {
    const config = loadConfig({ model_type: "roberta", ...minimal, max_position_embeddings: 514 });
    expect(config).toMatchObject({ maxPositions: 512, firstPosition: 2 });
  });

  test("GPT-2: n_inner is 4 · n_embd, also when it is null", () => {
    const gpt2 = { model_type: "gpt2", vocab_size: 10, n_embd: 12, n_layer: 1, n_head: 3, n_inner: null };
    expect(loadConfig(gpt2)).toMatchObject({
      intermediateSize: 48,
      maxPositions: 1024,
      tiedEmbeddings: true,
    });
  });

  test("Llama", () => {
    expect(loadConfig({ model_type: "llama", ...minimal, num_key_value_heads: null })).toMatchObject({
      keyValueHeads: 8,
      headSize: 8,
      rmsNormEps: 1e-6,
      tiedEmbeddings: false,
      activation: "silu",
      rotary: { theta: 10000 },
      windows: [null, null, null, null],
      biases: { qkv: false, output: false, mlp: false },
    });
  });

  test("Gemma", () => {
    expect(loadConfig({ model_type: "gemma", ...minimal, hidden_act: "gelu" })).toMatchObject({
      headSize: 256,
      tiedEmbeddings: true,
      activation: "gelu_pytorch_tanh",
    });
  });

  test("Qwen: a window only with its switch, and only from max_window_layers on", () => {
    const qwen = { model_type: "qwen2", ...minimal, sliding_window: 9, max_window_layers: 2 };
    expect(asLlama(qwen).windows).toEqual([null, null, null, null]);
    expect(asLlama({ ...qwen, use_sliding_window: true }).windows).toEqual([null, null, 9, 9]);
    expect(asLlama(qwen).biases).toEqual({ qkv: true, output: false, mlp: false });
  });

  test("Mistral: 4096 when absent, none when null", () => {
    const mistral = { model_type: "mistral", ...minimal };
    expect(asLlama(mistral)).toMatchObject({ keyValueHeads: 8, windows: [4096, 4096, 4096, 4096] });
    expect(asLlama({ ...mistral, num_key_value_heads: null }).keyValueHeads).toBe(8);
    expect(asLlama({ ...mistral, num_attention_heads: 16, num_key_value_heads: null }).keyValueHeads).toBe(
      16,
    );
    expect(asLlama({ ...mistral, sliding_window: null }).windows).toEqual([null, null, null, null]);
  });

  test("rope_parameters replaces rope_theta and rope_scaling", () => {
    const scaling = {
      factor: 8,
      low_freq_factor: 1,
      high_freq_factor: 4,
      original_max_position_embeddings: 8192,
    };
    const older = { ...llama, rope_theta: 5e5, rope_scaling: { type: "llama3", ...scaling } };
    const newer = {
      ...llama,
      rope_theta: null,
      rope_parameters: { rope_type: "llama3", rope_theta: 5e5, ...scaling },
    };
    expect(asLlama(newer).rotary).toEqual(asLlama(older).rotary);
    expect(asLlama(newer).rotary).toMatchObject({
      theta: 5e5,
      scaling: { type: "llama3", lowFreqFactor: 1 },
    });
  });

  test("yarn: positions, temperature, and where the blend lies", () => {
    const yarn = (scaling: object) =>
      asLlama({ ...llama, rope_scaling: { type: "yarn", factor: 4, ...scaling } });
    const { headSize, maxPositions } = asLlama(llama);
    const temperature = (config: LlamaConfig) => config.attentionScale * Math.sqrt(headSize);
    expect(yarn({}).maxPositions).toBe(4 * maxPositions);
    expect(yarn({ original_max_position_embeddings: 100 }).maxPositions).toBe(maxPositions);
    expect(yarn({}).rotary.scaling).toEqual({
      type: "yarn",
      factor: 4,
      betaFast: 32,
      betaSlow: 1,
      originalMaxPositionEmbeddings: maxPositions,
      truncate: true,
    });
    expect(temperature(yarn({}))).toBeCloseTo(1.2964769927807063, 12); // (0.1 ln 4 + 1)²
    expect(temperature(yarn({ attention_factor: 0.5 }))).toBeCloseTo(0.25, 12);
    expect(temperature(yarn({ mscale: 0.8, mscale_all_dim: 0.8 }))).toBeCloseTo(1, 12);
  });

  test("rope_parameters of GPT-NeoX and Phi hold the rotated part", () => {
    const phi = {
      model_type: "phi",
      ...minimal,
      rope_parameters: { rope_theta: 500, partial_rotary_factor: 0.25 },
    };
    expect(loadConfig(phi)).toMatchObject({ rotary: { theta: 500, size: 2, style: "half" } });
    const yarn = { ...phi, model_type: "gpt_neox", rope_parameters: { rope_type: "yarn", factor: 2 } };
    expect(() => loadConfig(yarn)).toThrow(/'rope_parameters\.rope_type' is "yarn".*use default/);
  });

  test("the part of a head that turns is even, and the key that says so is named", () => {
    const wrong = (config: RawConfig, message: string) => {
      expect(() => loadConfig(config)).toThrow(message);
    };
    const gptj = { model_type: "gptj", vocab_size: 9, n_embd: 64, n_layer: 1, n_head: 8 };
    wrong({ ...gptj, rotary_dim: 1 }, "'rotary_dim' is 1, which rotates 1 of the 8 elements of a head");
    wrong({ ...gptj, rotary_dim: 10 }, "'rotary_dim' is 10, which rotates 10 of the 8 elements");
    const neox = { model_type: "gpt_neox", ...minimal };
    wrong({ ...neox, rotary_pct: 2 }, "'rotary_pct' is 2, which rotates 16 of the 8 elements of a head");
    wrong(
      { ...neox, partial_rotary_factor: 0.1 },
      "'partial_rotary_factor' is 0.1, which rotates 0 of the 8",
    );
  });

  test("torch_dtype and dtype", () => {
    expect(loadConfig({ ...bert, torch_dtype: "float16" }).dtype).toBe("float16");
    expect(loadConfig({ ...bert, dtype: "bfloat16" }).dtype).toBe("bfloat16");
  });
});
