import { bytesOf } from "../tensor/dtype.js";
import { thisMachine } from "../cost/hardware/index.js";
import type { Hardware, NamedOperand } from "../cost/index.js";
import type { ModelConfig } from "../models/index.js";
import { significant } from "./format.js";
import type { Settings } from "./options.js";

/** What a reader must know to judge the numbers. */
export function notesOf(config: ModelConfig, settings: Settings, unused: readonly NamedOperand[]): string[] {
  const { mode, attention, dtype, device, efficiency, tf32 } = settings;
  const notes = [
    "FLOPs: one multiply-add counts as 2. Bytes: every operand of an op read once, every result written once.",
  ];
  if (mode === "training") {
    notes.push(
      "Training step: forward, plus the dX and dW product of every contraction; elementwise arithmetic of the " +
        "backward pass is not counted in FLOPs, its bytes are in the time.",
      "Activations: what the derivative of each op reads again, every tensor once. Dropout masks, the loss and " +
        "allocator overhead are not included.",
      bytesOf(dtype) === 2
        ? "Optimiser: Adam with a float32 master copy and two float32 moments, 12 bytes per parameter."
        : "Optimiser: Adam with two float32 moments, 8 bytes per parameter.",
    );
  } else {
    notes.push(
      "Activations: the most that is alive at once in the forward pass, each op with its operands and result.",
    );
  }
  if (config.family !== "bert") {
    notes.push(
      "Causal masks save nothing in the count: all of the scores are computed, logits for every position.",
    );
  }
  if (attention === "fused" && mode === "training") {
    notes.push(
      "Fused attention computes its scores again in the backward pass; that fifth product is not counted.",
    );
  }
  if (attention === "eager") {
    notes.push(
      "Attention: scores are written to memory (eager); --attention fused shows FlashAttention's traffic.",
    );
  }
  if (device !== undefined) notes.push(timeNote(device, efficiency));
  if (device !== undefined && device.id !== thisMachine) {
    if (dtype === "float32" && !tf32)
      notes.push("float32 products run outside the tensor cores; --tf32 allows them.");
    notes.push(
      "GPU memory is the vendor's decimal figure; the CUDA context and fragmentation take part of it.",
    );
  }
  if (unused.length > 0) {
    notes.push(
      `Parameters that the forward pass does not read: ${unused.map(({ name }) => name).join(", ")}.`,
    );
  }
  return notes;
}

function timeNote(device: Hardware, efficiency: number): string {
  if (efficiency !== 1)
    return `Time: every op at ${Math.round(efficiency * 100)} % of its roofline, compute and bandwidth alike.`;
  if (device.id === thisMachine)
    return `Time: a lower bound, every op at its roofline with ${measuredPeaks(device)}.`;
  return "Time: a lower bound, every op at its roofline with the vendor's dense peaks; real kernels reach less.";
}

/** What a roofline on this machine is made of. */
export function measuredPeaks({ peakFlopsPerSecond: peaks, bandwidthBytesPerSecond }: Hardware): string {
  const giga = (value: number): string => significant(value / 1e9);
  return (
    `what was measured here: products at ${giga(peaks.float32)} GFLOP/s in float32 (${giga(peaks.float64)} in ` +
    `float64), copies at ${giga(bandwidthBytesPerSecond)} GB/s read and written`
  );
}
