import * as z from "zod";
import type { BertConfig } from "../config/common.js";
import {
  activation,
  commonKeys,
  count,
  flag,
  only,
  parseConfig,
  publishedType,
  real,
  requireDivides,
  size,
  sizeKeys,
} from "../config/schema.js";
import type { Architecture, WeightRules } from "./architecture.js";

const schema = z.looseObject({
  ...commonKeys,
  ...sizeKeys,
  intermediate_size: size,
  hidden_act: activation.default("gelu"),
  max_position_embeddings: count(512),
  type_vocab_size: count(2),
  layer_norm_eps: real(1e-12),
  pad_token_id: z.number().int().nonnegative().nullish(),
  attention_bias: flag(true),
  position_embedding_type: only("absolute"),
  is_decoder: only(false),
  add_cross_attention: only(false),
});

/** Names of old checkpoints, buffers, and the heads of the pretraining and fine-tuning tasks. */
const bertWeights: WeightRules = {
  prefixes: ["bert."],
  renames: [
    [/\.gamma$/, ".weight"],
    [/\.beta$/, ".bias"],
  ],
  ignore: [/position_ids$/, /token_type_ids$/, /^(cls|classifier|qa_outputs|dropout)\./],
};

interface Differences {
  readonly modelType: string;
  /** RoBERTa counts positions from the row after the padding token's. */
  readonly positionsAfterPadding?: boolean;
  readonly weights: WeightRules;
}

/** BERT, and the encoders that differ from it by data only. */
function bertLike({ modelType, positionsAfterPadding = false, weights }: Differences): Architecture {
  return {
    modelType,
    weights,
    read: (raw, name): BertConfig => {
      const keys = parseConfig(modelType, schema, raw);
      const { hidden_size: hiddenSize, num_attention_heads: heads } = keys;
      requireDivides(modelType, ["hidden_size", hiddenSize], ["num_attention_heads", heads]);
      const firstPosition = positionsAfterPadding ? (keys.pad_token_id ?? 1) + 1 : 0;
      return {
        family: "bert",
        name,
        modelType,
        vocabSize: keys.vocab_size,
        hiddenSize,
        layers: keys.num_hidden_layers,
        heads,
        keyValueHeads: heads,
        headSize: hiddenSize / heads,
        intermediateSize: keys.intermediate_size,
        maxPositions: keys.max_position_embeddings - firstPosition,
        activation: keys.hidden_act,
        tiedEmbeddings: true,
        dtype: publishedType(keys),
        layerNormEps: keys.layer_norm_eps,
        tokenTypes: keys.type_vocab_size,
        firstPosition,
        attentionBias: keys.attention_bias,
        pooler: true,
      };
    },
  };
}

export const bert = bertLike({ modelType: "bert", weights: bertWeights });

/** RoBERTa (Liu et al., 2019) and the models that took over its code. */
export const robertas = ["roberta", "xlm-roberta", "camembert"].map((modelType) =>
  bertLike({
    modelType,
    positionsAfterPadding: true,
    weights: { ...bertWeights, prefixes: ["roberta."], ignore: [...bertWeights.ignore!, /^lm_head\./] },
  }),
);
