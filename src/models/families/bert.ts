import { activate } from "../../nn/activation.js";
import { attend, mergeHeads, splitHeads } from "../../nn/attend.js";
import { Module } from "../../nn/module.js";
import { SizedEmbedding, SizedLayerNorm, SizedLinear } from "../../nn/sized.js";
import { add } from "../../ops/add/op.js";
import { select } from "../../ops/select/op.js";
import { tanh } from "../../ops/tanh/op.js";
import type { Tensor } from "../../tensor/tensor.js";
import type { BertConfig } from "../config/common.js";
import { Model, type ForwardOptions } from "../model.js";
import type { FamilyOptions } from "./options.js";
import { positionRows } from "./positions.js";

class BertEmbeddings extends Module {
  readonly word_embeddings: SizedEmbedding;
  readonly position_embeddings: SizedEmbedding;
  readonly token_type_embeddings: SizedEmbedding | undefined;
  readonly LayerNorm: SizedLayerNorm;
  readonly #first: number;

  constructor(config: BertConfig) {
    super();
    const { hiddenSize, tokenTypes, firstPosition, layerNormEps: eps } = config;
    this.word_embeddings = new SizedEmbedding(config.vocabSize, hiddenSize);
    this.position_embeddings = new SizedEmbedding(config.maxPositions + firstPosition, hiddenSize);
    this.token_type_embeddings = tokenTypes > 0 ? new SizedEmbedding(tokenTypes, hiddenSize) : undefined;
    this.LayerNorm = new SizedLayerNorm(hiddenSize, { eps });
    this.#first = firstPosition;
  }

  forward(ids: Tensor, types: Tensor | undefined): Tensor {
    const words = this.word_embeddings.forward(ids); // [B, n, d]
    const places = positionRows(this.position_embeddings.weight, this.#first, ids.dims.at(-1)!); // [n, d]
    const typed = this.#typed(add(words, places), types);
    return this.LayerNorm.forward(typed);
  }

  /** Without token types every token is of type 0, which is one row for all. */
  #typed(x: Tensor, types: Tensor | undefined): Tensor {
    const table = this.token_type_embeddings;
    if (table === undefined) return x;
    return add(x, types === undefined ? select(table.weight, 0, 0) : table.forward(types));
  }
}

class BertSelfAttention extends Module {
  readonly query: SizedLinear;
  readonly key: SizedLinear;
  readonly value: SizedLinear;
  readonly #heads: number;
  readonly #options: FamilyOptions;

  constructor({ hiddenSize, heads, attentionBias: bias }: BertConfig, options: FamilyOptions) {
    super();
    this.query = new SizedLinear(hiddenSize, hiddenSize, { bias });
    this.key = new SizedLinear(hiddenSize, hiddenSize, { bias });
    this.value = new SizedLinear(hiddenSize, hiddenSize, { bias });
    this.#heads = heads;
    this.#options = options;
  }

  forward(x: Tensor, mask: Tensor | undefined): Tensor {
    const q = splitHeads(this.query.forward(x), this.#heads); // [B, h, n, d]
    const k = splitHeads(this.key.forward(x), this.#heads);
    const v = splitHeads(this.value.forward(x), this.#heads);
    return mergeHeads(attend(q, k, v, { mask, mode: this.#options.attention }));
  }
}

/** Projection, residual and norm: the end of both halves of a layer. */
class BertOutput extends Module {
  readonly dense: SizedLinear;
  readonly LayerNorm: SizedLayerNorm;

  constructor(inputs: number, { hiddenSize, layerNormEps: eps }: BertConfig, bias = true) {
    super();
    this.dense = new SizedLinear(inputs, hiddenSize, { bias });
    this.LayerNorm = new SizedLayerNorm(hiddenSize, { eps });
  }

  forward(x: Tensor, residual: Tensor): Tensor {
    return this.LayerNorm.forward(add(this.dense.forward(x), residual));
  }
}

class BertAttention extends Module {
  readonly self: BertSelfAttention;
  readonly output: BertOutput;

  constructor(config: BertConfig, options: FamilyOptions) {
    super();
    this.self = new BertSelfAttention(config, options);
    this.output = new BertOutput(config.hiddenSize, config, config.attentionBias);
  }

  forward(x: Tensor, mask: Tensor | undefined): Tensor {
    return this.output.forward(this.self.forward(x, mask), x);
  }
}

class BertIntermediate extends Module {
  readonly dense: SizedLinear;
  readonly #config: BertConfig;

  constructor(config: BertConfig) {
    super();
    this.dense = new SizedLinear(config.hiddenSize, config.intermediateSize);
    this.#config = config;
  }

  forward(x: Tensor): Tensor {
    return activate(this.#config.activation, this.dense.forward(x)); // [B, n, 4d]
  }
}

class BertLayer extends Module {
  readonly attention: BertAttention;
  readonly intermediate: BertIntermediate;
  readonly output: BertOutput;

  constructor(config: BertConfig, options: FamilyOptions) {
    super();
    this.attention = new BertAttention(config, options);
    this.intermediate = new BertIntermediate(config);
    this.output = new BertOutput(config.intermediateSize, config);
  }

  forward(x: Tensor, mask: Tensor | undefined): Tensor {
    const attended = this.attention.forward(x, mask);
    return this.output.forward(this.intermediate.forward(attended), attended);
  }
}

class BertEncoder extends Module {
  readonly layer: readonly BertLayer[];

  constructor(config: BertConfig, options: FamilyOptions) {
    super();
    this.layer = Array.from({ length: config.layers }, () => new BertLayer(config, options));
  }

  forward(x: Tensor, mask: Tensor | undefined): Tensor {
    return this.layer.reduce((hidden, layer) => layer.forward(hidden, mask), x);
  }
}

class BertPooler extends Module {
  readonly dense: SizedLinear;

  constructor({ hiddenSize }: BertConfig) {
    super();
    this.dense = new SizedLinear(hiddenSize, hiddenSize);
  }

  /** [B, n, d] -> [B, d], from the first token. */
  forward(x: Tensor): Tensor {
    return tanh(this.dense.forward(select(x, -2, 0)));
  }
}

/**
 * BERT, RoBERTa and DistilBERT: ids [B, n] -> last hidden state [B, n, d] (Devlin et al., 2019).
 *
 * @example
 * buildModel("bert-base-uncased", { device: "abstract" }) instanceof Bert; // true
 */
export class Bert extends Model<BertConfig> {
  readonly embeddings: BertEmbeddings;
  readonly encoder: BertEncoder;
  readonly pooler: BertPooler | undefined;
  #pooled: Tensor | undefined;

  constructor(config: BertConfig, options: FamilyOptions = {}) {
    super(config);
    this.embeddings = new BertEmbeddings(config);
    this.encoder = new BertEncoder(config, options);
    this.pooler = config.pooler ? new BertPooler(config) : undefined;
  }

  /** The pooler's output [B, d] of the latest `forward`; `undefined` before, and without a pooler. */
  get pooled(): Tensor | undefined {
    return this.#pooled;
  }

  forward(ids: Tensor, given: ForwardOptions = {}): Tensor {
    const { attentionMask, tokenTypes } = this.readForward(ids, given);
    const hidden = this.encoder.forward(this.embeddings.forward(ids, tokenTypes), attentionMask);
    this.#pooled = this.pooler?.forward(hidden);
    return hidden;
  }
}
