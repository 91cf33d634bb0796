import { ConfigError } from "../base/errors.js";
import { readOptions } from "../base/options.js";
import { attentionModes, type AttentionMode } from "../nn/attend.js";
import { withParameters, type ParameterDevice } from "../nn/parameters.js";
import type { DType } from "../tensor/dtype.js";
import type { Family, ModelConfig, RawConfig } from "./config/common.js";
import { loadConfig } from "./config/load.js";
import { Bert } from "./families/bert.js";
import { Gpt2 } from "./families/gpt2.js";
import { Llama } from "./families/llama.js";
import { Neox } from "./families/neox.js";
import type { FamilyOptions } from "./families/options.js";
import type { Model } from "./model.js";

export interface BuildOptions {
  /** Of the parameters. Default `"float32"`. */
  readonly dtype?: DType | undefined;
  /** `"abstract"` builds any size at once: shapes and costs, no numbers. Default `"cpu"`: random weights. */
  readonly device?: ParameterDevice | undefined;
  /** `"eager"` shows every op of attention, `"fused"` is one op. Default `"eager"`. */
  readonly attention?: AttentionMode | undefined;
  /** Of the random weights. Default 0. */
  readonly seed?: number | undefined;
}

type Build<F extends Family> = (config: Extract<ModelConfig, { family: F }>, options: FamilyOptions) => Model;

const families: { readonly [F in Family]: Build<F> } = {
  bert: (config, options) => new Bert(config, options),
  gpt2: (config, options) => new Gpt2(config, options),
  llama: (config, options) => new Llama(config, options),
  neox: (config, options) => new Neox(config, options),
};

/**
 * The model that a config describes, with fresh parameters. Takes whatever `loadConfig` takes and throws what
 * it does.
 *
 * @example
 * const model = buildModel("llama-3.1-8b", { device: "abstract", dtype: "bfloat16" });
 * model.parameterCount; // 8030261248
 * model.forward(input(["B", "seq"], { dtype: "int32" })).shape; // [B, seq, 128256]
 */
export function buildModel(
  source: ModelConfig | RawConfig | string | URL,
  options: BuildOptions = {},
): Model {
  const given = readOptions("buildModel", options, ["dtype", "device", "attention", "seed"]);
  const { dtype = "float32", device = "cpu", attention, seed = 0 } = given;
  if (attention !== undefined && !attentionModes.includes(attention)) {
    const problem = `attention is ${attentionModes.join(" or ")}, not ${JSON.stringify(attention)}`;
    throw new ConfigError(problem, { key: "attention", value: attention });
  }
  const config = loadConfig(source);
  const build = families[config.family] as Build<Family>;
  return withParameters({ dtype, device, seed }, () => build(config as never, { attention }));
}
