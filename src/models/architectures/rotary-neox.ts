import * as z from "zod";
import {
  activation,
  commonKeys,
  count,
  flag,
  publishedType,
  real,
  size,
  sizeKeys,
} from "../config/schema.js";
import type { NeoxKeys } from "./neox.js";

/** The schema of what GPT-NeoX and Phi spell alike. */
export const rotaryKeys = {
  ...commonKeys,
  ...sizeKeys,
  intermediate_size: size,
  hidden_act: activation,
  max_position_embeddings: count(2048),
  layer_norm_eps: real(1e-5),
  rope_theta: real(10000),
  rope_scaling: z.null().optional(),
  tie_word_embeddings: flag(false),
};

/** The same as read. */
export const readRotaryKeys = (
  modelType: string,
  name: string,
  keys: z.output<z.ZodObject<typeof rotaryKeys>>,
): Omit<NeoxKeys, "rotary"> => ({
  modelType,
  name,
  vocabSize: keys.vocab_size,
  hiddenSize: ["hidden_size", keys.hidden_size],
  heads: ["num_attention_heads", keys.num_attention_heads],
  layers: keys.num_hidden_layers,
  intermediateSize: keys.intermediate_size,
  maxPositions: keys.max_position_embeddings,
  activation: keys.hidden_act,
  layerNormEps: keys.layer_norm_eps,
  tiedEmbeddings: keys.tie_word_embeddings,
  dtype: publishedType(keys),
});
