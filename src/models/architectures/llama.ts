import * as z from "zod";
import { ConfigError } from "../../base/errors.js";
import type { Activation } from "../../nn/activation.js";
import type { LlamaConfig, RawConfig } from "../config/common.js";
import { readRope, ropeKeys } from "../config/rope.js";
import {
  activation,
  commonKeys,
  flag,
  optionalSize,
  parseConfig,
  publishedType,
  real,
  requireDivides,
  size,
  sizeKeys,
} from "../config/schema.js";
import { readWindows, windowKeys } from "../config/windows.js";
import type { Architecture, WeightRules } from "./architecture.js";

/** What tells one descendant of Llama from another: data only. */
export interface LlamaVariant {
  readonly modelType: string;
  readonly maxPositions: number;
  /** When `head_dim` is absent; hidden_size / heads unless given. */
  readonly headSize?: number;
  /** When `num_key_value_heads` is absent; all heads unless given. */
  readonly keyValueHeads?: number;
  readonly tiedEmbeddings?: boolean;
  /** Attention biases that no key of the config switches. */
  readonly fixedBias?: { readonly qkv: boolean; readonly output: boolean };
  readonly qkNorm?: boolean;
  /** When `sliding_window` is absent. */
  readonly slidingWindow?: number;
  /** The window counts only with `use_sliding_window: true`. */
  readonly windowNeedsSwitch?: boolean;
  /** Used unless `hidden_activation` says otherwise; `hidden_act` does not count. */
  readonly ownActivation?: Activation;
  readonly alternatingWindows?: boolean;
  /** When the keys of the same meaning are absent. */
  readonly queryScalar?: number;
  readonly attentionSoftcap?: number;
  readonly finalSoftcap?: number;
  readonly postNorms?: boolean;
  readonly unitOffsetNorm?: boolean;
  readonly scaledEmbeddings?: boolean;
}

const schema = z.looseObject({
  ...commonKeys,
  ...ropeKeys,
  ...windowKeys,
  ...sizeKeys,
  intermediate_size: size,
  num_key_value_heads: optionalSize,
  head_dim: optionalSize,
  max_position_embeddings: optionalSize,
  hidden_act: activation.default("silu"),
  hidden_activation: activation.nullish(),
  rms_norm_eps: real(1e-6),
  tie_word_embeddings: z.boolean().nullish(),
  attention_bias: flag(false),
  mlp_bias: flag(false),
  query_pre_attn_scalar: z.number().positive().nullish(),
  attn_logit_softcapping: z.number().positive().nullish(),
  final_logit_softcapping: z.number().positive().nullish(),
});

/** The head of a tied model is stored once; rotary frequencies are computed. */
const weights: WeightRules = { ignore: [/\.rotary_emb\.inv_freq$/] };

/** An architecture that differs from Llama by `variant`. */
export function llamaLike(variant: LlamaVariant): Architecture {
  return { modelType: variant.modelType, weights, read: (raw, name) => read(variant, raw, name) };
}

function read(variant: LlamaVariant, raw: RawConfig, name: string): LlamaConfig {
  const { modelType } = variant;
  const keys = parseConfig(modelType, schema, raw);
  const { hidden_size: hiddenSize, num_attention_heads: heads, num_hidden_layers: layers } = keys;
  const keyValueHeads = unlessAbsent(keys.num_key_value_heads, variant.keyValueHeads) ?? heads;
  requireDivides(modelType, ["num_attention_heads", heads], ["num_key_value_heads", keyValueHeads]);
  const givenHead = unlessAbsent(keys.head_dim, variant.headSize);
  if (givenHead === undefined) {
    requireDivides(modelType, ["hidden_size", hiddenSize], ["num_attention_heads", heads]);
  }
  const headSize = givenHead ?? hiddenSize / heads;
  requireEven(modelType, headSize);
  const queryScalar = variant.queryScalar ? (keys.query_pre_attn_scalar ?? variant.queryScalar) : headSize;
  const rope = readRope(keys, keys.max_position_embeddings ?? variant.maxPositions);
  return {
    family: "llama",
    name,
    modelType,
    vocabSize: keys.vocab_size,
    hiddenSize,
    layers,
    heads,
    keyValueHeads,
    headSize,
    intermediateSize: keys.intermediate_size,
    maxPositions: rope.maxPositions,
    activation: variant.ownActivation ? (keys.hidden_activation ?? variant.ownActivation) : keys.hidden_act,
    tiedEmbeddings: keys.tie_word_embeddings ?? variant.tiedEmbeddings ?? false,
    dtype: publishedType(keys),
    rmsNormEps: keys.rms_norm_eps,
    biases: {
      qkv: variant.fixedBias?.qkv ?? keys.attention_bias,
      output: variant.fixedBias?.output ?? keys.attention_bias,
      mlp: keys.mlp_bias,
    },
    qkNorm: variant.qkNorm ?? false,
    rotary: rope.rotary,
    windows: readWindows(keys, layers, variant),
    attentionScale: rope.attentionFactor ** 2 / Math.sqrt(queryScalar),
    attentionSoftcap: softcap(keys.attn_logit_softcapping, variant.attentionSoftcap),
    finalSoftcap: softcap(keys.final_logit_softcapping, variant.finalSoftcap),
    postNorms: variant.postNorms ?? false,
    unitOffsetNorm: variant.unitOffsetNorm ?? false,
    scaledEmbeddings: variant.scaledEmbeddings ?? false,
  };
}

/** Only an absent key takes the default of the model type; an explicit null means "none". */
const unlessAbsent = (
  written: number | null | undefined,
  fallback: number | undefined,
): number | undefined => (written === undefined ? fallback : (written ?? undefined));

/** Only model types with a default have the key at all. */
const softcap = (written: number | null | undefined, fallback: number | undefined): number | null =>
  (fallback === undefined ? undefined : unlessAbsent(written, fallback)) ?? null;

function requireEven(modelType: string, headSize: number): void {
  if (headSize % 2 === 0) return;
  throw new ConfigError(
    `config of ${modelType}: 'head_dim' is ${headSize}, but rotary positions turn pairs; make it even`,
    { key: "head_dim", value: headSize, modelType },
  );
}

export const llama = llamaLike({ modelType: "llama", maxPositions: 2048 });
