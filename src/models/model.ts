import { describe } from "../base/describe.js";
import { ConfigError, ShapeError } from "../base/errors.js";
import { readOptions } from "../base/options.js";
import { checkCache, type KeyValueCache } from "../nn/cache.js";
import { Module } from "../nn/module.js";
import { requireTensors } from "../op/apply.js";
import { showShape } from "../shape/dim.js";
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
    if (typeof config !== "object" || config === null || typeof config.family !== "string") {
      throw new ConfigError(
        `${new.target.name}: takes a config that loadConfig has read, got ${describe(config)}; see buildModel`,
        { value: config },
      );
    }
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

  /** The options of `forward`. Fails unless ids and options are what this model takes. */
  protected readForward(ids: Tensor, options: ForwardOptions): ForwardOptions {
    const op = this.constructor.name;
    requireTensors(op, [ids]);
    const given = readOptions(op, options, ["attentionMask", "cache", "tokenTypes"]);
    const foreign = this.family === "bert" ? "cache" : "tokenTypes";
    if (given[foreign] !== undefined) {
      throw new ConfigError(`${op}: ${this.name} takes no ${foreign}`, { op, key: foreign });
    }
    checkCache(op, given.cache);
    if (ids.ndim === 2) return given;
    throw new ShapeError(`${op}: takes ids [B, n], one row for every sequence, got ${showShape(ids.dims)}`, {
      op,
      shapes: [ids.dims],
    });
  }

  /**
   * int32 ids [B, n] -> logits [B, n, V], or the last hidden state [B, n, d] of an encoder. Should it throw, the cache
   * is as it was before. Throws `ShapeError` for ids of another rank and for more tokens than there are positions,
   * `ConfigError` for an option that the family does not have.
   */
  abstract forward(ids: Tensor, options?: ForwardOptions): Tensor;
}
