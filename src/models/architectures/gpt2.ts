import * as z from "zod";
import type { Gpt2Config } from "../config/common.js";
import {
  activation,
  commonKeys,
  count,
  flag,
  gpt2SizeKeys,
  only,
  parseConfig,
  publishedType,
  real,
  requireDivides,
  size,
} from "../config/schema.js";
import type { Architecture, WeightRules } from "./architecture.js";

const schema = z.looseObject({
  ...commonKeys,
  ...gpt2SizeKeys,
  n_positions: count(1024),
  activation_function: activation.default("gelu_new"),
  layer_norm_epsilon: real(1e-5),
  scale_attn_weights: flag(true),
  scale_attn_by_inverse_layer_idx: flag(false),
  tie_word_embeddings: flag(true),
  add_cross_attention: only(false),
});

const minGptSchema = z.looseObject({ ...commonKeys, ...gpt2SizeKeys, block_size: size });

type Sizes = z.output<typeof minGptSchema> | z.output<typeof schema>;

function sharedFields(modelType: string, name: string, keys: Sizes) {
  requireDivides(modelType, ["n_embd", keys.n_embd], ["n_head", keys.n_head]);
  return {
    family: "gpt2" as const,
    name,
    modelType,
    vocabSize: keys.vocab_size,
    hiddenSize: keys.n_embd,
    layers: keys.n_layer,
    heads: keys.n_head,
    keyValueHeads: keys.n_head,
    headSize: keys.n_embd / keys.n_head,
    intermediateSize: keys.n_inner ?? 4 * keys.n_embd,
    dtype: publishedType(keys),
  };
}

const names: WeightRules = { prefixes: ["transformer."], ignore: [/\.attn\.(bias|masked_bias)$/] };

export const gpt2: Architecture = {
  modelType: "gpt2",
  read: (raw, name): Gpt2Config => {
    const keys = parseConfig("gpt2", schema, raw);
    return {
      ...sharedFields("gpt2", name, keys),
      maxPositions: keys.n_positions,
      activation: keys.activation_function,
      tiedEmbeddings: keys.tie_word_embeddings,
      layerNormEps: keys.layer_norm_epsilon,
      scaleAttention: keys.scale_attn_weights,
      scaleByLayer: keys.scale_attn_by_inverse_layer_idx,
    };
  },
  weights: { ...names, transposed: /\.(c_attn|c_proj|c_fc)\.weight$/ },
};

/** Karpathy's minGPT: GPT-2 with an untied head and weights stored [out, in]. */
const minGpt = (modelType: string): Architecture => ({
  modelType,
  read: (raw, name): Gpt2Config => {
    const keys = parseConfig(modelType, minGptSchema, raw);
    return {
      ...sharedFields(modelType, name, keys),
      maxPositions: keys.block_size,
      activation: "gelu_new",
      tiedEmbeddings: false,
      layerNormEps: 1e-5,
      scaleAttention: true,
      scaleByLayer: false,
    };
  },
  weights: names,
});

export const minGpts = ["gpt-nano", "gpt-micro", "gpt-mini", "gopher-44m"].map(minGpt);
