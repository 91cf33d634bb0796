import { llamaLike } from "./llama.js";

/** Jiang et al., "Mistral 7B" (2023). */
export const mistral = llamaLike({
  modelType: "mistral",
  maxPositions: 131072,
  keyValueHeads: 8,
  fixedBias: { qkv: false, output: false },
  slidingWindow: 4096,
});

export const qwen2 = llamaLike({
  modelType: "qwen2",
  maxPositions: 32768,
  fixedBias: { qkv: true, output: false },
  slidingWindow: 4096,
  windowNeedsSwitch: true,
});

export const qwen3 = llamaLike({
  modelType: "qwen3",
  maxPositions: 32768,
  headSize: 128,
  qkNorm: true,
  slidingWindow: 4096,
  windowNeedsSwitch: true,
});

const gemmaCommon = {
  maxPositions: 8192,
  headSize: 256,
  tiedEmbeddings: true,
  unitOffsetNorm: true,
  scaledEmbeddings: true,
  // The first configs say "gelu" under hidden_act and mean the tanh form; the reference code overrides them.
  ownActivation: "gelu_pytorch_tanh",
} as const;

export const gemma = llamaLike({ modelType: "gemma", ...gemmaCommon });

/** "Gemma 2" (2024): norms on both sides, bounded scores and logits, every other layer with a window. */
export const gemma2 = llamaLike({
  modelType: "gemma2",
  ...gemmaCommon,
  slidingWindow: 4096,
  alternatingWindows: true,
  queryScalar: 256,
  attentionSoftcap: 50,
  finalSoftcap: 30,
  postNorms: true,
});
