import type { KeyValueCache } from "../nn/cache.js";
import { Module } from "../nn/module.js";
import type { Tensor } from "../tensor/tensor.js";
import type { Family, ModelConfig } from "./config/common.js";

export interface ForwardOptions {
  /** Which tokens are no padding, [B, m], the cached ones included; non-zero keeps. */
  readonly attentionMask?: Tensor | undefined;
  /** Keys and values of what came before; causal models only. */
  readonly cache?: KeyValueCache | undefined;
  /** Segment of every token, [B, n] int32; all zero when absent. BERT only. */
  readonly tokenTypes?: Tensor | undefined;
}

/**
 * A transformer built from a config. `forward` takes int32 ids [B, n] and gives the logits [B, n, V] of a causal
 * model or the last hidden state [B, n, d] of an encoder.
 */
export abstract class Model<C extends ModelConfig = ModelConfig> extends Module {
  readonly config: C;

  constructor(config: C) {
    super();
    this.config = config;
  }

  /** What people call it: the preset, the folder, or the model type. */
  get name(): string {
    return this.config.name;
  }

  get family(): Family {
    return this.config.family;
  }

  abstract forward(ids: Tensor, options?: ForwardOptions): Tensor;
}
