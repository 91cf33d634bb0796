import { capped } from "../../nn/attend.js";
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

function selfAttention(config: LlamaConfig, layer: number, { attention }: FamilyOptions): MultiHeadAttention {
  const { hiddenSize, heads, keyValueHeads, headSize, biases, rotary, rmsNormEps: eps } = config;
  return new SizedMultiHeadAttention(hiddenSize, heads, {
    keyValueHeads,
    headSize,
    bias: biases,
    causal: true,
    window: config.windows[layer],
    rotary,
    qkNorm: config.qkNorm ? { eps } : undefined,
    scale: config.attentionScale,
    softcap: config.attentionSoftcap,
    attention,
  });
}

const feedForward = ({ hiddenSize, intermediateSize, activation, biases }: LlamaConfig): GatedMlp =>
  new GatedMlp(hiddenSize, intermediateSize, { activation, bias: biases.mlp });

class LlamaLayer extends Module {
  readonly input_layernorm: SizedRMSNorm;
  readonly self_attn: MultiHeadAttention;
  readonly post_attention_layernorm: SizedRMSNorm;
  readonly mlp: GatedMlp;

  constructor(config: LlamaConfig, layer: number, options: FamilyOptions) {
    super();
    this.input_layernorm = norm(config);
    this.self_attn = selfAttention(config, layer, options);
    this.post_attention_layernorm = norm(config);
    this.mlp = feedForward(config);
  }

  forward(x: Tensor, { attentionMask: mask, cache }: ForwardOptions): Tensor {
    const attended = add(x, this.self_attn.forward(this.input_layernorm.forward(x), { mask, cache }));
    return add(attended, this.mlp.forward(this.post_attention_layernorm.forward(attended)));
  }
}

/** Gemma 2's layer: each half is normalised before and after. */
class SandwichLayer extends Module {
  readonly input_layernorm: SizedRMSNorm;
  readonly self_attn: MultiHeadAttention;
  readonly post_attention_layernorm: SizedRMSNorm;
  readonly pre_feedforward_layernorm: SizedRMSNorm;
  readonly mlp: GatedMlp;
  readonly post_feedforward_layernorm: SizedRMSNorm;

  constructor(config: LlamaConfig, layer: number, options: FamilyOptions) {
    super();
    this.input_layernorm = norm(config);
    this.self_attn = selfAttention(config, layer, options);
    this.post_attention_layernorm = norm(config);
    this.pre_feedforward_layernorm = norm(config);
    this.mlp = feedForward(config);
    this.post_feedforward_layernorm = norm(config);
  }

  forward(x: Tensor, { attentionMask: mask, cache }: ForwardOptions): Tensor {
    const attention = this.self_attn.forward(this.input_layernorm.forward(x), { mask, cache });
    const attended = add(x, this.post_attention_layernorm.forward(attention));
    const fed = this.mlp.forward(this.pre_feedforward_layernorm.forward(attended));
    return add(attended, this.post_feedforward_layernorm.forward(fed));
  }
}

class LlamaDecoder extends Module {
  readonly embed_tokens: SizedEmbedding;
  readonly layers: readonly (LlamaLayer | SandwichLayer)[];
  readonly norm: SizedRMSNorm;
  readonly #embeddingScale: number;

  constructor(config: LlamaConfig, options: FamilyOptions) {
    super();
    this.embed_tokens = new SizedEmbedding(config.vocabSize, config.hiddenSize);
    const Layer = config.postNorms ? SandwichLayer : LlamaLayer;
    this.layers = Array.from({ length: config.layers }, (_, i) => new Layer(config, i, options));
    this.norm = norm(config);
    this.#embeddingScale = config.scaledEmbeddings ? Math.sqrt(config.hiddenSize) : 1;
  }

  forward(ids: Tensor, options: ForwardOptions): Tensor {
    const rows = this.embed_tokens.forward(ids); // [B, n, d]
    const embedded = this.#embeddingScale === 1 ? rows : mul(rows, this.#embeddingScale);
    return this.norm.forward(this.layers.reduce((x, layer) => layer.forward(x, options), embedded));
  }
}

/**
 * Llama, Mistral, Qwen and Gemma: ids [B, n] -> logits [B, n, V] (Touvron et al., 2023).
 *
 * @example
 * buildModel("llama-2-7b", { device: "abstract" }) instanceof Llama; // true
 */
export class Llama extends Model<LlamaConfig> {
  readonly model: LlamaDecoder;
  readonly lm_head: SizedLinear;

  constructor(config: LlamaConfig, options: FamilyOptions = {}) {
    super(config);
    this.model = new LlamaDecoder(config, options);
    this.lm_head = outputHead(this.model.embed_tokens, config);
  }

  forward(ids: Tensor, given: ForwardOptions = {}): Tensor {
    const options = this.readForward(ids, given);
    return options.cache?.attempt(() => this.#logits(ids, options)) ?? this.#logits(ids, options);
  }

  #logits(ids: Tensor, options: ForwardOptions): Tensor {
    const logits = this.lm_head.forward(this.model.forward(ids, options));
    const { finalSoftcap } = this.config;
    return finalSoftcap === null ? logits : capped(logits, finalSoftcap);
  }
}
