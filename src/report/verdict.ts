import type { Analysis } from "./analysis.js";
import { decimal, duration, gigabytes, integer } from "./format.js";

/** The answer in a sentence or two: does it fit, and what bounds it. */
export interface Verdict {
  readonly fits: boolean | null;
  readonly memory: string;
  readonly time: string | null;
}

export function verdictOf(analysis: Analysis): Verdict {
  const { fit, memory, settings, hardware } = analysis;
  if (fit === null) {
    return {
      fits: null,
      memory: `Needs ${gigabytes(memory.totalBytes)} for ${settings.mode}. Name a GPU to see whether that fits, and times.`,
      time: null,
    };
  }
  const part = fit.neededBytes / fit.availableBytes;
  const share = part < 0.01 ? "< 1" : decimal(part * 100, 0);
  const used = `${gigabytes(fit.neededBytes)} of ${gigabytes(fit.availableBytes)} (${share} %)`;
  const room = fit.fits
    ? `Fits ${hardware!.name}: ${used}. Batches up to ${integer(fit.largestBatch)} do.`
    : `Does not fit ${hardware!.name}: ${used}. ${wayOut(analysis)}`;
  return { fits: fit.fits, memory: room, time: timeLine(analysis) };
}

function wayOut({ fit, settings, memory }: Analysis): string {
  const { largestBatch, fitsWithCheckpointing } = fit!;
  const smaller = largestBatch > 0 ? [`a batch of ${integer(largestBatch)} does`] : [];
  const recomputed = gigabytes(memory.trainingWithCheckpointing.totalBytes);
  const checkpointed = fitsWithCheckpointing ? [`gradient checkpointing does, at ${recomputed}`] : [];
  const ways = [...smaller, ...checkpointed];
  if (ways.length > 0) return `But ${ways.join(", and ")}.`;
  return settings.batch > 1 || settings.mode === "training"
    ? "No batch fits: use a smaller dtype, a larger GPU or several."
    : "Use a smaller dtype, a larger GPU or several.";
}

function timeLine({ time, settings, model }: Analysis): string | null {
  if (time.boundSeconds === null) return null;
  const { bound, boundSeconds, tokensPerSecond, decodeSeconds, computeBoundFraction } = time;
  const share = decimal((bound === "compute" ? computeBoundFraction : 1 - computeBoundFraction) * 100, 0);
  const what =
    settings.mode === "training" ? "A step" : model.family === "bert" ? "A forward pass" : "Prefill";
  const step = `${what} takes at least ${duration(boundSeconds)}: ${integer(tokensPerSecond)} tokens/s at most.`;
  const by = `${bound === "compute" ? "Compute" : "Memory"}-bound for ${share} % of its forward time.`;
  if (decodeSeconds === null) return `${step} ${by}`;
  return `${step} ${by} Then ${duration(decodeSeconds)} per token: ${integer(settings.batch / decodeSeconds)} tokens/s at most.`;
}
