import * as z from "zod";
import {
  commonKeys,
  count,
  flag,
  layerCount,
  only,
  parseConfig,
  publishedType,
  real,
  size,
} from "../config/schema.js";
import type { RawConfig } from "../config/common.js";
import type { Architecture } from "./architecture.js";
import { neoxConfig } from "./neox.js";

const schema = z.looseObject({
  ...commonKeys,
  vocab_size: size,
  hidden_size: size,
  n_layer: layerCount,
  n_head: size,
  seq_length: count(2048),
  layer_norm_epsilon: real(1e-5),
  tie_word_embeddings: flag(true),
  apply_residual_connection_post_layernorm: only(false),
});

const defined = (keys: RawConfig): RawConfig =>
  Object.fromEntries(Object.entries(keys).filter(([, value]) => value !== undefined));

/** BLOOM: linear biases in place of positions ("BLOOM", 2022). */
export const bloom: Architecture = {
  modelType: "bloom",
  read: (raw, name) => {
    // The first checkpoints write n_embed and num_attention_heads, later ones hidden_size and n_head.
    const { n_embed: hidden_size, num_attention_heads: n_head } = raw;
    const keys = parseConfig("bloom", schema, { ...defined({ hidden_size, n_head }), ...raw });
    return neoxConfig(
      {
        modelType: "bloom",
        name,
        vocabSize: keys.vocab_size,
        hiddenSize: ["hidden_size", keys.hidden_size],
        heads: ["n_head", keys.n_head],
        layers: keys.n_layer,
        maxPositions: keys.seq_length,
        activation: "gelu_new",
        layerNormEps: keys.layer_norm_epsilon,
        tiedEmbeddings: keys.tie_word_embeddings,
        dtype: publishedType(keys),
        rotary: null,
      },
      {
        attentionBias: true,
        fusedProjection: true,
        alibi: true,
        embeddingNorm: true,
      },
    );
  },
  weights: {
    prefixes: ["transformer."],
    renames: [
      [/^word_embeddings_layernorm\./, "model.embed_layernorm."],
      [/^word_embeddings\./, "model.embed_tokens."],
      [/^ln_f\./, "model.final_layernorm."],
      [/^h\./, "model.layers."],
      [/\.self_attention\./, ".self_attn."],
      [/\.dense_h_to_4h\./, ".fc1."],
      [/\.dense_4h_to_h\./, ".fc2."],
    ],
  },
};
