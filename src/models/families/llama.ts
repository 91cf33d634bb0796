import { SizedMultiHeadAttention, type MultiHeadAttention } from "../../nn/attention.js";
import { GatedMlp } from "../../nn/mlp.js";
import { Module } from "../../nn/module.js";
import { SizedEmbedding, SizedLinear, SizedRMSNorm } from "../../nn/sized.js";
import { add } from "../../ops/add/op.js";
import { mul } from "../../ops/mul/op.js";
import type { Tensor } from "../../tensor/tensor.js";
import type { LlamaConfig } from "../config/common.js";
import { Model, type ForwardOptions } from "../model.js";
import { outputHead } from "./head.js";
import type { FamilyOptions } from "./options.js";

const norm = ({ hiddenSize, rmsNormEps: eps, unitOffsetNorm: unitOffset }: LlamaConfig): SizedRMSNorm =>
  new SizedRMSNorm(hiddenSize, { eps, unitOffset });

class LlamaLayer extends Module {
  readonly input_layernorm: SizedRMSNorm;
  readonly self_attn: MultiHeadAttention;
  readonly post_attention_layernorm: SizedRMSNorm;
  readonly mlp: GatedMlp;

  constructor(config: LlamaConfig, layer: number, { attention }: FamilyOptions) {
    super();
    const { hiddenSize, heads, keyValueHeads, headSize, biases, rotary, activation } = config;
    this.input_layernorm = norm(config);
    this.self_attn = new SizedMultiHeadAttention(hiddenSize, heads, {
      keyValueHeads,
      headSize,
      bias: biases,
      causal: true,
      window: config.windows[layer],
      rotary,
      qkNorm: config.qkNorm ? { eps: config.rmsNormEps } : undefined,
      attention,
    });
    this.post_attention_layernorm = norm(config);
    this.mlp = new GatedMlp(hiddenSize, config.intermediateSize, { activation, bias: biases.mlp });
  }

  forward(x: Tensor, { attentionMask: mask, cache }: ForwardOptions): Tensor {
    const attended = add(x, this.self_attn.forward(this.input_layernorm.forward(x), { mask, cache }));
    return add(attended, this.mlp.forward(this.post_attention_layernorm.forward(attended)));
  }
}

class LlamaDecoder extends Module {
  readonly embed_tokens: SizedEmbedding;
  readonly layers: readonly LlamaLayer[];
  readonly norm: SizedRMSNorm;
  readonly #embeddingScale: number;

  constructor(config: LlamaConfig, options: FamilyOptions) {
    super();
    this.embed_tokens = new SizedEmbedding(config.vocabSize, config.hiddenSize);
    this.layers = Array.from({ length: config.layers }, (_, i) => new LlamaLayer(config, i, options));
    this.norm = norm(config);
    this.#embeddingScale = config.scaledEmbeddings ? Math.sqrt(config.hiddenSize) : 1;
  }

  forward(ids: Tensor, options: ForwardOptions): Tensor {
    const rows = this.embed_tokens.forward(ids); // [B, n, d]
    const embedded = this.#embeddingScale === 1 ? rows : mul(rows, this.#embeddingScale);
    return this.norm.forward(this.layers.reduce((x, layer) => layer.forward(x, options), embedded));
  }
}

/** Llama, Mistral, Qwen and Gemma: ids [B, n] -> logits [B, n, V] (Touvron et al., 2023). */
export class Llama extends Model<LlamaConfig> {
  readonly model: LlamaDecoder;
  readonly lm_head: SizedLinear;

  constructor(config: LlamaConfig, options: FamilyOptions = {}) {
    super(config);
    this.model = new LlamaDecoder(config, options);
    this.lm_head = outputHead(this.model.embed_tokens, config);
  }

  forward(ids: Tensor, options: ForwardOptions = {}): Tensor {
    return this.lm_head.forward(this.model.forward(ids, options));
  }
}
