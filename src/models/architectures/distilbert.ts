import * as z from "zod";
import type { BertConfig } from "../config/common.js";
import {
  activation,
  commonKeys,
  count,
  layerCount,
  only,
  parseConfig,
  publishedType,
  requireDivides,
  size,
} from "../config/schema.js";
import type { Architecture } from "./architecture.js";

const schema = z.looseObject({
  ...commonKeys,
  vocab_size: size,
  dim: size,
  n_layers: layerCount,
  n_heads: size,
  hidden_dim: size,
  activation: activation.default("gelu"),
  max_position_embeddings: count(512),
  sinusoidal_pos_embds: z.boolean().nullish(), // the table is stored either way
  is_decoder: only(false),
});

/** BERT with half the layers, without token types and pooler (Sanh et al., 2019). */
export const distilbert: Architecture = {
  modelType: "distilbert",
  read: (raw, name): BertConfig => {
    const keys = parseConfig("distilbert", schema, raw);
    requireDivides("distilbert", ["dim", keys.dim], ["n_heads", keys.n_heads]);
    return {
      family: "bert",
      name,
      modelType: "distilbert",
      vocabSize: keys.vocab_size,
      hiddenSize: keys.dim,
      layers: keys.n_layers,
      heads: keys.n_heads,
      keyValueHeads: keys.n_heads,
      headSize: keys.dim / keys.n_heads,
      intermediateSize: keys.hidden_dim,
      maxPositions: keys.max_position_embeddings,
      activation: keys.activation,
      tiedEmbeddings: true,
      dtype: publishedType(keys),
      layerNormEps: 1e-12,
      tokenTypes: 0,
      firstPosition: 0,
      attentionBias: true,
      pooler: false,
    };
  },
  weights: {
    prefixes: ["distilbert."],
    renames: [
      [/^transformer\./, "encoder."],
      [/\.attention\.q_lin\./, ".attention.self.query."],
      [/\.attention\.k_lin\./, ".attention.self.key."],
      [/\.attention\.v_lin\./, ".attention.self.value."],
      [/\.attention\.out_lin\./, ".attention.output.dense."],
      [/\.sa_layer_norm\./, ".attention.output.LayerNorm."],
      [/\.ffn\.lin1\./, ".intermediate.dense."],
      [/\.ffn\.lin2\./, ".output.dense."],
      [/\.output_layer_norm\./, ".output.LayerNorm."],
    ],
    ignore: [/position_ids$/, /^(vocab_|classifier|pre_classifier|qa_outputs)/],
  },
};
