import {
  peakActivationBytes,
  trainingMemory,
  weightsBytes,
  type SizeOf,
  type Trace,
  type TrainingMemory,
} from "../cost/index.js";
import type { ModelConfig } from "../models/index.js";
import { bytesOf, type DType } from "../tensor/dtype.js";
import type { Fit, InferenceMemory } from "./analysis.js";
import type { Settings } from "./options.js";

/** Bytes that one position of one sequence adds to the cache: a key and a value per layer and key head. */
export function cacheBytesPerToken(config: ModelConfig, dtype: DType): number {
  if (config.family === "bert") return 0;
  return 2 * config.layers * config.keyValueHeads * config.headSize * bytesOf(dtype);
}

/** Positions that the cache holds, summed over layers: those with a window forget what is further back. */
export function cachedPositions(config: ModelConfig, seq: number): number {
  if (config.family !== "llama") return config.layers * seq;
  return config.windows.reduce<number>((total, window) => total + Math.min(seq, window ?? seq), 0);
}

function cacheBytes(config: ModelConfig, { dtype, seq }: Settings, batch: number): number {
  return (cacheBytesPerToken(config, dtype) / config.layers) * cachedPositions(config, seq) * batch;
}

export function inferenceMemory(
  trace: Trace,
  config: ModelConfig,
  settings: Settings,
  batch = settings.batch,
  sizeOf?: SizeOf,
): InferenceMemory {
  const weights = weightsBytes(trace);
  const activations = peakActivationBytes(trace, sizeOf);
  const cache = cacheBytes(config, settings, batch);
  return {
    weightsBytes: weights,
    activationsBytes: activations,
    kvCacheBytes: cache,
    totalBytes: weights + activations + cache,
  };
}

export interface Budgets {
  readonly training: TrainingMemory;
  readonly checkpointing: TrainingMemory;
  readonly inference: InferenceMemory;
}

/** Whether the chosen mode fits a device, and up to which batch it would. */
export function fitOf(
  sizesFor: (batch: number) => SizeOf,
  trace: Trace,
  config: ModelConfig,
  settings: Settings,
  { training, checkpointing, inference }: Budgets,
  availableBytes: number,
): Fit {
  const isTraining = settings.mode === "training";
  const needed = (batch: number): number => {
    const sizeOf = sizesFor(batch);
    return isTraining
      ? trainingMemory(trace, { sizeOf }).totalBytes
      : inferenceMemory(trace, config, settings, batch, sizeOf).totalBytes;
  };
  const neededBytes = (isTraining ? training : inference).totalBytes;
  return {
    fits: neededBytes <= availableBytes,
    neededBytes,
    availableBytes,
    largestBatch: largestWhere(
      (batch) => needed(batch) <= availableBytes,
      needed(1),
      needed(2),
      availableBytes,
    ),
    fitsWithCheckpointing: isTraining ? checkpointing.totalBytes <= availableBytes : null,
  };
}

/** Budgets grow by equal steps with the batch, but for a change of the op that peaks: a guess, then bisection. */
function largestWhere(fits: (batch: number) => boolean, one: number, two: number, available: number): number {
  if (one > available) return 0;
  const guess = 1 + Math.floor((available - one) / Math.max(1, two - one));
  if (fits(guess) && !fits(guess + 1)) return guess;
  let [low, high] = fits(guess) ? [guess, 2 * guess + 1] : [1, guess];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (fits(middle)) low = middle;
    else high = middle;
  }
  return low;
}
