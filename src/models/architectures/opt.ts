import * as z from "zod";
import { ConfigError } from "../../base/errors.js";
import {
  activation,
  commonKeys,
  count,
  flag,
  only,
  optionalSize,
  parseConfig,
  publishedType,
  size,
  sizeKeys,
} from "../config/schema.js";
import type { Architecture } from "./architecture.js";
import { neoxConfig } from "./neox.js";

const schema = z.looseObject({
  ...commonKeys,
  ...sizeKeys,
  ffn_dim: size,
  activation_function: activation.default("relu"),
  max_position_embeddings: count(2048),
  word_embed_proj_dim: optionalSize,
  enable_bias: only(true),
  tie_word_embeddings: flag(true),
  do_layer_norm_before: only(true),
  layer_norm_elementwise_affine: only(true),
  _remove_final_layer_norm: only(false),
});

/** OPT in its pre-norm sizes, all but 350M (Zhang et al., 2022). */
export const opt: Architecture = {
  modelType: "opt",
  read: (raw, name) => {
    const keys = parseConfig("opt", schema, raw);
    const { hidden_size: hiddenSize, word_embed_proj_dim: projected } = keys;
    if (projected != null && projected !== hiddenSize) {
      throw new ConfigError(
        `config of opt: 'word_embed_proj_dim' is ${projected}, which is not supported; use ${hiddenSize}, the hidden_size`,
        { key: "word_embed_proj_dim", value: projected, modelType: "opt" },
      );
    }
    return neoxConfig(
      {
        modelType: "opt",
        name,
        vocabSize: keys.vocab_size,
        hiddenSize: ["hidden_size", hiddenSize],
        heads: ["num_attention_heads", keys.num_attention_heads],
        layers: keys.num_hidden_layers,
        intermediateSize: keys.ffn_dim,
        maxPositions: keys.max_position_embeddings,
        activation: keys.activation_function,
        layerNormEps: 1e-5,
        tiedEmbeddings: keys.tie_word_embeddings,
        dtype: publishedType(keys),
        rotary: null,
      },
      {
        attentionBias: true,
        firstPosition: 2,
      },
    );
  },
  weights: {
    renames: [
      [/^(model\.)?decoder\./, "model."],
      [/^model\.final_layer_norm\./, "model.final_layernorm."],
      [/\.self_attn\.out_proj\./, ".self_attn.dense."],
      [/\.self_attn_layer_norm\./, ".input_layernorm."],
      [/(\.\d+)\.final_layer_norm\./, "$1.post_attention_layernorm."],
      [/(\.\d+)\.(fc[12])\./, "$1.mlp.$2."],
    ],
  },
};
