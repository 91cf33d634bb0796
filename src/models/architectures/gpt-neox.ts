import * as z from "zod";
import {
  activation,
  commonKeys,
  count,
  flag,
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
  intermediate_size: size,
  hidden_act: activation.default("gelu"),
  max_position_embeddings: count(2048),
  layer_norm_eps: real(1e-5),
  rotary_emb_base: z.number().positive().nullish(),
  rope_theta: real(10000),
  rotary_pct: z.number().positive().nullish(),
  partial_rotary_factor: real(0.25),
  rope_scaling: z.null().optional(),
  use_parallel_residual: flag(true),
  attention_bias: flag(true),
  tie_word_embeddings: flag(false),
});

/** GPT-NeoX and Pythia (Black et al., 2022). */
export const gptNeox: Architecture = {
  modelType: "gpt_neox",
  read: (raw, name) => {
    const keys = parseConfig("gpt_neox", schema, spreadRopeParameters(raw));
    return neoxConfig(
      {
        modelType: "gpt_neox",
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
        rotary: {
          theta: keys.rotary_emb_base ?? keys.rope_theta,
          part:
            typeof keys.rotary_pct === "number"
              ? { key: "rotary_pct", fraction: keys.rotary_pct }
              : { key: "partial_rotary_factor", fraction: keys.partial_rotary_factor },
          style: "half",
        },
      },
      {
        attentionBias: keys.attention_bias,
        fusedProjection: true,
        parallel: keys.use_parallel_residual,
      },
    );
  },
  weights: {
    renames: [
      [/^gpt_neox\.embed_in\./, "model.embed_tokens."],
      [/^gpt_neox\.final_layer_norm\./, "model.final_layernorm."],
      [/^gpt_neox\./, "model."],
      [/^embed_out\./, "lm_head."],
      [/\.attention\./, ".self_attn."],
      [/\.dense_h_to_4h\./, ".fc1."],
      [/\.dense_4h_to_h\./, ".fc2."],
    ],
    ignore: [/\.attention\.(bias|masked_bias)$/, /\.rotary_emb\.inv_freq$/],
  },
};
