import { activate } from "../../nn/activation.js";
import { alibiBias } from "../../nn/alibi.js";
import { attend, mergeHeads, splitHeads } from "../../nn/attend.js";
import { Module } from "../../nn/module.js";
import { rotate } from "../../nn/rotate.js";
import { SizedEmbedding, SizedLayerNorm, SizedLinear } from "../../nn/sized.js";
import { add } from "../../ops/add/op.js";
import { split } from "../../ops/split/op.js";
import { addSizes } from "../../shape/dim.js";
import type { Tensor } from "../../tensor/tensor.js";
import type { NeoxConfig } from "../config/common.js";
import { Model, type ForwardOptions } from "../model.js";
import { outputHead } from "./head.js";
import type { FamilyOptions } from "./options.js";
import { positionRows } from "./positions.js";

class NeoxAttention extends Module {
  readonly query_key_value: SizedLinear | undefined;
  readonly q_proj: SizedLinear | undefined;
  readonly k_proj: SizedLinear | undefined;
  readonly v_proj: SizedLinear | undefined;
  readonly dense: SizedLinear;
  readonly #config: NeoxConfig;
  readonly #options: FamilyOptions;

  constructor(config: NeoxConfig, options: FamilyOptions) {
    super();
    const { hiddenSize, heads, keyValueHeads, headSize, attentionBias: bias } = config;
    if (config.fusedProjection) {
      this.query_key_value = new SizedLinear(hiddenSize, 3 * hiddenSize, { bias });
    } else {
      this.q_proj = new SizedLinear(hiddenSize, heads * headSize, { bias });
      this.k_proj = new SizedLinear(hiddenSize, keyValueHeads * headSize, { bias });
      this.v_proj = new SizedLinear(hiddenSize, keyValueHeads * headSize, { bias });
    }
    this.dense = new SizedLinear(hiddenSize, hiddenSize, { bias });
    this.#config = config;
    this.#options = options;
  }

  forward(x: Tensor, { attentionMask: mask, cache }: ForwardOptions): Tensor {
    const { heads, rotary, alibi } = this.#config;
    const past = cache?.lengthOf(this) ?? 0;
    const [q, k, v] = this.#project(x); // [B, h, n, d], [B, g, n, d]
    const turned = rotary === null ? k : rotate(k, rotary, past);
    const [keys, values] = cache?.append(this, turned, v) ?? [turned, v];
    const bias = alibi ? alibiBias(heads, keys.dims.at(-2)!, q.dtype) : undefined;
    const query = rotary === null ? q : rotate(q, rotary, past);
    const options = { causal: true, mask, bias, mode: this.#options.attention };
    return this.dense.forward(mergeHeads(attend(query, keys, values, options)));
  }

  #project(x: Tensor): readonly [q: Tensor, k: Tensor, v: Tensor] {
    const { heads, keyValueHeads } = this.#config;
    if (this.query_key_value !== undefined) {
      const perHead = splitHeads(this.query_key_value.forward(x), heads); // [B, h, n, 3d]
      return split(perHead, 3, -1) as [Tensor, Tensor, Tensor];
    }
    const q = splitHeads(this.q_proj!.forward(x), heads);
    const k = splitHeads(this.k_proj!.forward(x), keyValueHeads);
    return [q, k, splitHeads(this.v_proj!.forward(x), keyValueHeads)];
  }
}

class NeoxMlp extends Module {
  readonly fc1: SizedLinear;
  readonly fc2: SizedLinear;
  readonly #config: NeoxConfig;

  constructor(config: NeoxConfig) {
    super();
    this.fc1 = new SizedLinear(config.hiddenSize, config.intermediateSize);
    this.fc2 = new SizedLinear(config.intermediateSize, config.hiddenSize);
    this.#config = config;
  }

  forward(x: Tensor): Tensor {
    return this.fc2.forward(activate(this.#config.activation, this.fc1.forward(x)));
  }
}

class NeoxLayer extends Module {
  readonly input_layernorm: SizedLayerNorm;
  readonly self_attn: NeoxAttention;
  readonly post_attention_layernorm: SizedLayerNorm | undefined;
  readonly mlp: NeoxMlp;
  readonly #parallel: boolean;

  constructor(config: NeoxConfig, options: FamilyOptions) {
    super();
    const { hiddenSize, layerNormEps: eps } = config;
    this.input_layernorm = new SizedLayerNorm(hiddenSize, { eps });
    this.self_attn = new NeoxAttention(config, options);
    this.post_attention_layernorm = config.sharedNorm ? undefined : new SizedLayerNorm(hiddenSize, { eps });
    this.mlp = new NeoxMlp(config);
    this.#parallel = config.parallel;
  }

  forward(x: Tensor, options: ForwardOptions): Tensor {
    const normed = this.input_layernorm.forward(x);
    const attended = add(x, this.self_attn.forward(normed, options));
    const source = this.#parallel ? x : attended;
    return add(attended, this.mlp.forward(this.post_attention_layernorm?.forward(source) ?? normed));
  }
}

class NeoxDecoder extends Module {
  readonly embed_tokens: SizedEmbedding;
  readonly embed_positions: SizedEmbedding | undefined;
  readonly embed_layernorm: SizedLayerNorm | undefined;
  readonly layers: readonly NeoxLayer[];
  readonly final_layernorm: SizedLayerNorm;
  readonly #first: number;

  constructor(config: NeoxConfig, options: FamilyOptions) {
    super();
    const { hiddenSize, firstPosition, layerNormEps: eps } = config;
    this.embed_tokens = new SizedEmbedding(config.vocabSize, hiddenSize);
    this.#first = firstPosition ?? 0;
    this.embed_positions =
      firstPosition === null
        ? undefined
        : new SizedEmbedding(config.maxPositions + firstPosition, hiddenSize);
    this.embed_layernorm = config.embeddingNorm ? new SizedLayerNorm(hiddenSize, { eps }) : undefined;
    this.layers = Array.from({ length: config.layers }, () => new NeoxLayer(config, options));
    this.final_layernorm = new SizedLayerNorm(hiddenSize, { eps });
  }

  forward(ids: Tensor, options: ForwardOptions): Tensor {
    const words = this.embed_tokens.forward(ids); // [B, n, d]
    const from = addSizes(this.#first, options.cache?.length ?? 0);
    const table = this.embed_positions?.weight;
    const rows = table === undefined ? words : add(words, positionRows(table, from, ids.dims.at(-1)!));
    const embedded: Tensor = this.embed_layernorm?.forward(rows) ?? rows;
    return this.final_layernorm.forward(
      this.layers.reduce((x, layer) => layer.forward(x, options), embedded),
    );
  }
}

/**
 * GPT-NeoX, GPT-J, Phi, OPT and BLOOM: ids [B, n] -> logits [B, n, V] (Black et al., 2022).
 *
 * @example
 * const sizes = { vocab_size: 512, hidden_size: 16, intermediate_size: 64, num_hidden_layers: 2 };
 * buildModel({ model_type: "gpt_neox", num_attention_heads: 2, ...sizes }) instanceof Neox; // true
 */
export class Neox extends Model<NeoxConfig> {
  readonly model: NeoxDecoder;
  readonly lm_head: SizedLinear;

  constructor(config: NeoxConfig, options: FamilyOptions = {}) {
    super(config);
    this.model = new NeoxDecoder(config, options);
    this.lm_head = outputHead(this.model.embed_tokens, config, config.headBias);
  }

  forward(ids: Tensor, given: ForwardOptions = {}): Tensor {
    const options = this.readForward(ids, given);
    return options.cache?.attempt(() => this.#logits(ids, options)) ?? this.#logits(ids, options);
  }

  #logits(ids: Tensor, options: ForwardOptions): Tensor {
    return this.lm_head.forward(this.model.forward(ids, options));
  }
}
