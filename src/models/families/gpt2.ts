import { activate } from "../../nn/activation.js";
import { attend, mergeHeads, splitHeads } from "../../nn/attend.js";
import { Module } from "../../nn/module.js";
import { SizedEmbedding, SizedLayerNorm, SizedLinear } from "../../nn/sized.js";
import { add } from "../../ops/add/op.js";
import { split } from "../../ops/split/op.js";
import type { Tensor } from "../../tensor/tensor.js";
import type { Gpt2Config } from "../config/common.js";
import { Model, type ForwardOptions } from "../model.js";
import { outputHead } from "./head.js";
import type { FamilyOptions } from "./options.js";
import { positionRows } from "./positions.js";

class Gpt2Attention extends Module {
  /** q, k and v in one projection. */
  readonly c_attn: SizedLinear;
  readonly c_proj: SizedLinear;
  readonly #heads: number;
  readonly #scale: number;
  readonly #options: FamilyOptions;

  constructor(config: Gpt2Config, layer: number, options: FamilyOptions) {
    super();
    const { hiddenSize, heads, headSize, scaleAttention, scaleByLayer } = config;
    this.c_attn = new SizedLinear(hiddenSize, 3 * hiddenSize);
    this.c_proj = new SizedLinear(hiddenSize, hiddenSize);
    this.#heads = heads;
    this.#scale = (scaleAttention ? 1 / Math.sqrt(headSize) : 1) / (scaleByLayer ? layer + 1 : 1);
    this.#options = options;
  }

  forward(x: Tensor, { attentionMask: mask, cache }: ForwardOptions): Tensor {
    const [q, k, v] = split(this.c_attn.forward(x), 3, -1).map((part) => splitHeads(part, this.#heads));
    const [keys, values] = cache?.append(this, k, v) ?? [k, v];
    const options = { causal: true, scale: this.#scale, mask, mode: this.#options.attention };
    return this.c_proj.forward(mergeHeads(attend(q, keys, values, options)));
  }
}

class Gpt2Mlp extends Module {
  readonly c_fc: SizedLinear;
  readonly c_proj: SizedLinear;
  readonly #config: Gpt2Config;

  constructor(config: Gpt2Config) {
    super();
    this.c_fc = new SizedLinear(config.hiddenSize, config.intermediateSize);
    this.c_proj = new SizedLinear(config.intermediateSize, config.hiddenSize);
    this.#config = config;
  }

  forward(x: Tensor): Tensor {
    return this.c_proj.forward(activate(this.#config.activation, this.c_fc.forward(x)));
  }
}

class Gpt2Block extends Module {
  readonly ln_1: SizedLayerNorm;
  readonly attn: Gpt2Attention;
  readonly ln_2: SizedLayerNorm;
  readonly mlp: Gpt2Mlp;

  constructor(config: Gpt2Config, layer: number, options: FamilyOptions) {
    super();
    const { hiddenSize, layerNormEps: eps } = config;
    this.ln_1 = new SizedLayerNorm(hiddenSize, { eps });
    this.attn = new Gpt2Attention(config, layer, options);
    this.ln_2 = new SizedLayerNorm(hiddenSize, { eps });
    this.mlp = new Gpt2Mlp(config);
  }

  forward(x: Tensor, options: ForwardOptions): Tensor {
    const attended = add(x, this.attn.forward(this.ln_1.forward(x), options));
    return add(attended, this.mlp.forward(this.ln_2.forward(attended)));
  }
}

/**
 * GPT-2 and minGPT: ids [B, n] -> logits [B, n, V] (Radford et al., 2019).
 *
 * @example
 * buildModel("gpt2", { device: "abstract" }) instanceof Gpt2; // true
 */
export class Gpt2 extends Model<Gpt2Config> {
  readonly wte: SizedEmbedding;
  readonly wpe: SizedEmbedding;
  readonly h: readonly Gpt2Block[];
  readonly ln_f: SizedLayerNorm;
  readonly lm_head: SizedLinear;

  constructor(config: Gpt2Config, options: FamilyOptions = {}) {
    super(config);
    const { vocabSize, hiddenSize, layerNormEps: eps } = config;
    this.wte = new SizedEmbedding(vocabSize, hiddenSize);
    this.wpe = new SizedEmbedding(config.maxPositions, hiddenSize);
    this.h = Array.from({ length: config.layers }, (_, i) => new Gpt2Block(config, i, options));
    this.ln_f = new SizedLayerNorm(hiddenSize, { eps });
    this.lm_head = outputHead(this.wte, config);
  }

  forward(ids: Tensor, given: ForwardOptions = {}): Tensor {
    const options = this.readForward(ids, given);
    return options.cache?.attempt(() => this.#logits(ids, options)) ?? this.#logits(ids, options);
  }

  #logits(ids: Tensor, options: ForwardOptions): Tensor {
    const past = options.cache?.length ?? 0;
    const places = positionRows(this.wpe.weight, past, ids.dims.at(-1)!); // [n, d]
    const embedded = add(this.wte.forward(ids), places);
    const hidden = this.h.reduce((x, block) => block.forward(x, options), embedded);
    return this.lm_head.forward(this.ln_f.forward(hidden));
  }
}
