// Prices models before they run: what fits on one H100, and how fast it can be at most.
import { dim, input } from "lintel";
import {
  forwardTiming,
  hardware,
  peakActivationBytes,
  trace,
  trainingMemory,
  weightsBytes,
} from "lintel/cost";
import { buildModel } from "lintel/models";

const gpu = hardware["h100-sxm"];
const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(1)} GB`;
const milliseconds = (seconds: number) => `${(seconds * 1000).toFixed(1)} ms`;

console.log(
  `${gpu.name}: ${gigabytes(gpu.memoryBytes)}, ${gpu.peakFlopsPerSecond.bfloat16 / 1e12} TFLOP/s in bfloat16`,
);
const seq = 1024;
for (const name of ["gpt2-xl", "llama-2-7b", "llama-3.1-8b"]) {
  const model = buildModel(name, { device: "abstract", dtype: "bfloat16", attention: "fused" });
  const step = trace(model, [input([dim("B"), seq], "int32")]);
  const weights = weightsBytes(step);
  console.log(
    `\n${name}, ${(model.parameterCount / 1e9).toFixed(2)} G parameters, ${gigabytes(weights)} of weights`,
  );

  const { layers, keyValueHeads, headSize } = model.config;
  for (const B of [1, 16, 128]) {
    const sized = step.bind({ B });
    const cache = 2 * layers * keyValueHeads * headSize * 2 * B * seq; // keys and values, 2 bytes each
    const needs = {
      inference: weights + cache + peakActivationBytes(sized),
      training: trainingMemory(sized, { checkpointing: true }).totalBytes,
    };
    const seconds = sized.ops.reduce((sum, record) => sum + forwardTiming(record, gpu).seconds, 0);
    const verdicts = Object.entries(needs).map(
      ([what, need]) =>
        `${what} ${gigabytes(need).padStart(8)} ${need <= gpu.memoryBytes ? "fits   " : "too big"}`,
    );
    console.log(
      `  batch ${String(B).padStart(3)}:  ${verdicts.join("   ")}   forward ≥ ${milliseconds(seconds)}`,
    );
  }
  console.log(
    `  one more token: ≥ ${milliseconds(weights / gpu.bandwidthBytesPerSecond)}, as every weight is read`,
  );
}
