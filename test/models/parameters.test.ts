import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { buildModel } from "../../src/models/build.js";
import { architectures } from "../../src/models/architectures/index.js";
import { loadConfig } from "../../src/models/config/load.js";
import { describeWithData } from "../data.js";

const parameterCount = (source: string): number => buildModel(source, { device: "abstract" }).parameterCount;

describe("parameters of the presets", () => {
  test.each([
    ["bert-base-uncased", 109_482_240],
    ["textbook-bert", 109_044_480],
    ["bert-large-uncased", 335_141_888],
    ["gpt2", 124_439_808],
    ["gpt2-medium", 354_823_168],
    ["gpt2-large", 774_030_080],
    ["gpt2-xl", 1_557_611_200],
    ["llama-2-7b", 6_738_415_616],
    ["llama-3.1-8b", 8_030_261_248],
  ])("%s has %i", (name, expected) => {
    expect(parameterCount(name)).toBe(expected);
  });
});

test.each([
  ["opt-125m", 768, 12, 12, 125_239_296],
  ["opt-6.7b", 4096, 32, 32, 6_658_473_984],
])("%s", (_, hidden_size, layers, heads, expected) => {
  const config = {
    model_type: "opt",
    vocab_size: 50272,
    hidden_size,
    num_hidden_layers: layers,
    num_attention_heads: heads,
    ffn_dim: 4 * hidden_size,
    word_embed_proj_dim: hidden_size,
  };
  expect(buildModel(config, { device: "abstract" }).parameterCount).toBe(expected);
});

test("a head that shares the embedding table keeps the bias of its own", () => {
  const sizes = { vocab_size: 99, n_embd: 32, n_layer: 2, n_head: 2, rotary_dim: 8 };
  const count = (tied: boolean): number =>
    buildModel({ model_type: "gptj", ...sizes, tie_word_embeddings: tied }).parameterCount;
  const perLayer = 2 * 32 + 4 * 32 * 32 + 2 * 32 * 128 + 128 + 32;
  expect(count(true)).toBe(99 * 32 + 2 * perLayer + 2 * 32 + 99);
  expect(count(false)).toBe(count(true) + 99 * 32);
});

describeWithData("parameters of published configs", (folder) => {
  const expected = JSON.parse(readFileSync(join(folder, "configs/expected-params.json"), "utf8")) as Record<
    string,
    { params: number }
  >;
  const isRepresented = (name: string): boolean => {
    const raw = JSON.parse(readFileSync(join(folder, `configs/${name}.json`), "utf8")) as Record<
      string,
      unknown
    >;
    const { model_type: written } = raw;
    return architectures.has(typeof written === "string" ? written : name.split("-")[0]);
  };
  const represented = Object.keys(expected).filter(isRepresented);

  test("cover every type that is represented", () => {
    expect(represented.length).toBeGreaterThanOrEqual(25);
  });

  test.each(represented)("%s", (name) => {
    expect(parameterCount(join(folder, `configs/${name}.json`))).toBe(expected[name].params);
  });

  test.each(Object.keys(expected).filter((name) => !isRepresented(name)))(
    "%s is refused, not guessed",
    (name) => {
      expect(() => loadConfig(join(folder, `configs/${name}.json`))).toThrow(
        /does not represent exactly.*bert/,
      );
    },
  );
});
