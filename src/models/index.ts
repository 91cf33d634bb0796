// Published transformers: config.json → layers, checkpoints → parameters.
// oxlint-disable-next-line import/no-unassigned-import -- registers the CPU engine
import "../backends/cpu.js";

export { buildModel, type BuildOptions } from "./build.js";
export type {
  BertConfig,
  CommonConfig,
  Family,
  Gpt2Config,
  LlamaConfig,
  ModelConfig,
  NeoxConfig,
  RawConfig,
} from "./config/common.js";
export { loadConfig } from "./config/load.js";
export { Bert } from "./families/bert.js";
export { Gpt2 } from "./families/gpt2.js";
export { Llama } from "./families/llama.js";
export { Neox } from "./families/neox.js";
export { generate, type GenerateOptions } from "./generate.js";
export { Model, type ForwardOptions } from "./model.js";
export { findPreset, presets, type PresetName } from "./presets/index.js";
export { loadModel, type LoadOptions } from "./weights/load.js";
export type { Architecture, WeightRules } from "./architectures/architecture.js";
export { architectures } from "./architectures/index.js";
