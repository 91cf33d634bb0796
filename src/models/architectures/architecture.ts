import type { ModelConfig, RawConfig } from "../config/common.js";

/** How the tensors of published checkpoints are called, relative to the paths of our modules. */
export interface WeightRules {
  /** Prefixes that some checkpoints put before every name: `"bert."`. */
  readonly prefixes?: readonly string[];
  /** Replacements from the checkpoint's name to ours, applied in order. */
  readonly renames?: readonly (readonly [from: RegExp, to: string])[];
  /** Buffers and task heads that the model does not have. */
  readonly ignore?: readonly RegExp[];
  /** Weights stored [in, out], as GPT-2's Conv1D does. */
  readonly transposed?: RegExp;
}

/** One `model_type`: how its config is read and how its checkpoints are named. Everything else is the family's. */
export interface Architecture {
  readonly modelType: string;
  readonly read: (raw: RawConfig, name: string) => ModelConfig;
  readonly weights: WeightRules;
}
