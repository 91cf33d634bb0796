import type { Architecture } from "./architecture.js";
import { bert, robertas } from "./bert.js";
import { distilbert } from "./distilbert.js";
import { bloom } from "./bloom.js";
import { gpt2, minGpts } from "./gpt2.js";
import { gptj } from "./gptj.js";
import { gptNeox } from "./gpt-neox.js";
import { llama } from "./llama.js";
import { opt } from "./opt.js";
import { phi } from "./phi.js";
import { gemma, gemma2, mistral, qwen2, qwen3 } from "./variants.js";

/**
 * Every `model_type` that is represented exactly. Adding one is a line here and its data.
 *
 * @example
 * architectures.has("llama"); // true
 */
export const architectures: ReadonlyMap<string, Architecture> = new Map(
  [
    bert,
    ...robertas,
    distilbert,
    gpt2,
    ...minGpts,
    llama,
    mistral,
    qwen2,
    qwen3,
    gemma,
    gemma2,
    phi,
    opt,
    gptNeox,
    gptj,
    bloom,
  ].map((architecture) => [architecture.modelType, architecture] as const),
);
