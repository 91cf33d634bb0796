import * as z from "zod";
import {
  activation,
  commonKeys,
  count,
  flag,
  gpt2SizeKeys,
  parseConfig,
  publishedType,
  real,
  size,
} from "../config/schema.js";
import type { Architecture } from "./architecture.js";
import { neoxConfig } from "./neox.js";

const schema = z.looseObject({
  ...commonKeys,
  ...gpt2SizeKeys,
  n_positions: count(2048),
  activation_function: activation.default("gelu_new"),
  layer_norm_epsilon: real(1e-5),
  rotary_dim: size.nullable().default(64),
  tie_word_embeddings: flag(false),
});

/** GPT-J: rotates neighbouring pairs, attention and MLP side by side (Wang and Komatsuzaki, 2021). */
export const gptj: Architecture = {
  modelType: "gptj",
  read: (raw, name) => {
    const keys = parseConfig("gptj", schema, raw);
    return neoxConfig(
      {
        modelType: "gptj",
        name,
        vocabSize: keys.vocab_size,
        hiddenSize: ["n_embd", keys.n_embd],
        heads: ["n_head", keys.n_head],
        layers: keys.n_layer,
        intermediateSize: keys.n_inner,
        maxPositions: keys.n_positions,
        activation: keys.activation_function,
        layerNormEps: keys.layer_norm_epsilon,
        tiedEmbeddings: keys.tie_word_embeddings,
        dtype: publishedType(keys),
        rotary: {
          theta: 10000,
          part: { key: "rotary_dim", elements: keys.rotary_dim ?? keys.n_embd / keys.n_head },
          style: "interleaved",
        },
      },
      {
        headBias: true,
        parallel: true,
        sharedNorm: true,
      },
    );
  },
  weights: {
    renames: [
      [/^transformer\.wte\./, "model.embed_tokens."],
      [/^transformer\.ln_f\./, "model.final_layernorm."],
      [/^transformer\.h\./, "model.layers."],
      [/\.ln_1\./, ".input_layernorm."],
      [/\.attn\.out_proj\./, ".self_attn.dense."],
      [/\.attn\./, ".self_attn."],
      [/\.fc_in\./, ".fc1."],
      [/\.fc_out\./, ".fc2."],
    ],
    ignore: [/\.attn\.(bias|masked_bias|embed_positions)$/],
  },
};
