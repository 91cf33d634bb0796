import * as z from "zod";
import {
  activation,
  commonKeys,
  count,
  flag,
  only,
  optionalSize,
  parseConfig,
  publishedType,
  real,
  size,
  sizeKeys,
} from "../config/schema.js";
import { spreadRopeParameters } from "../config/rope.js";
import type { Architecture } from "./architecture.js";
import { neoxConfig } from "./neox.js";

const schema = z.looseObject({
  ...commonKeys,
  ...sizeKeys,
  num_key_value_heads: optionalSize,
  intermediate_size: size,
  hidden_act: activation.default("gelu_new"),
  max_position_embeddings: count(2048),
  layer_norm_eps: real(1e-5),
  rope_theta: real(10000),
  partial_rotary_factor: real(0.5),
  tie_word_embeddings: flag(false),
  rope_scaling: z.null().optional(),
  qk_layernorm: only(false),
});

/** Phi-1, 1.5 and 2: attention and MLP side by side behind one norm ("Textbooks Are All You Need II", 2023). */
export const phi: Architecture = {
  modelType: "phi",
  read: (raw, name) => {
    const keys = parseConfig("phi", schema, spreadRopeParameters(raw));
    return neoxConfig(
      {
        modelType: "phi",
        name,
        vocabSize: keys.vocab_size,
        hiddenSize: ["hidden_size", keys.hidden_size],
        heads: ["num_attention_heads", keys.num_attention_heads],
        keyValueHeads: keys.num_key_value_heads,
        layers: keys.num_hidden_layers,
        intermediateSize: keys.intermediate_size,
        maxPositions: keys.max_position_embeddings,
        activation: keys.hidden_act,
        layerNormEps: keys.layer_norm_eps,
        tiedEmbeddings: keys.tie_word_embeddings,
        dtype: publishedType(keys),
        rotary: {
          theta: keys.rope_theta,
          part: { key: "partial_rotary_factor", fraction: keys.partial_rotary_factor },
          style: "half",
        },
      },
      {
        attentionBias: true,
        headBias: true,
        parallel: true,
        sharedNorm: true,
      },
    );
  },
  weights: { ignore: [/\.rotary_emb\.inv_freq$/] },
};
