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
 * A transformer built from a config. `forward` takes int32 ids [B, n] and gives the logits [B, n, V] of a
 * causal model or the last hidden state [B, n, d] of an encoder.
 *
 * @example
 * const model: Model = buildModel("gpt2", { device: "abstract" });
 * model.forward(input(["B", "n"], { dtype: "int32" })).shape; // [B, n, 50257]
 */
export abstract class Model<C extends ModelConfig = ModelConfig> extends Module {
  readonly config: C;

  constructor(config: C) {
    super();
    this.config = config;
  }

  /**
   * What people call it: the preset, the folder, or the model type.
   *
   * @example
   * buildModel("gpt2", { device: "abstract" }).name; // "gpt2"
   */
  get name(): string {
    return this.config.name;
  }

  /**
   * Which of the four definitions it is: `"bert"`, `"gpt2"`, `"llama"` or `"neox"`.
   *
   * @example
   * buildModel("llama-3.1-8b", { device: "abstract" }).family; // "llama"
   */
  get family(): Family {
    return this.config.family;
  }

  /** int32 ids [B, n] -> logits [B, n, V], or the last hidden state [B, n, d] of an encoder. */
  abstract forward(ids: Tensor, options?: ForwardOptions): Tensor;
}
