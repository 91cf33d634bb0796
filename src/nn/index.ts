// Layers: parameters and the computation that uses them.
// oxlint-disable-next-line import/no-unassigned-import -- registers the CPU engine
import "../backends/cpu.js";

export { activate, activations, type Activation } from "./activation.js";
export { attend, mergeHeads, splitHeads, type AttendOptions, type AttentionMode } from "./attend.js";
export {
  MultiHeadAttention,
  SizedMultiHeadAttention,
  type AttentionBias,
  type AttentionInputs,
  type MultiHeadAttentionOptions,
} from "./attention.js";
export { KeyValueCache } from "./cache.js";
export { Embedding } from "./embedding.js";
export { LayerNorm, type LayerNormOptions } from "./layer-norm.js";
export { Linear, type LinearOptions } from "./linear.js";
export { GatedMlp, Mlp, type MlpOptions } from "./mlp.js";
export { Module } from "./module.js";
export { withParameters, type ParameterDevice, type ParameterOptions } from "./parameters.js";
export { RMSNorm, type RMSNormOptions } from "./rms-norm.js";
export { SizedEmbedding, SizedLayerNorm, SizedLinear, SizedRMSNorm } from "./sized.js";
