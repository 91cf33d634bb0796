// Prices models before they run: what fits on one H100, at which batch, and how fast it can be at most.
import { analyze } from "lintel/cost";

const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(1)} GB`;
const milliseconds = (seconds: number | null) => `${((seconds ?? 0) * 1000).toFixed(1)} ms`;
const print = (label: string, value: string) => console.log(`  ${label.padEnd(30)} ${value}`);

const options = { batch: 8, seq: 1024, dtype: "bfloat16", attention: "fused", gpu: "h100-sxm" } as const;
for (const name of ["gpt2-xl", "llama-2-7b", "llama-3.1-8b"]) {
  const inference = analyze(name, options);
  const training = analyze(name, { ...options, mode: "training" });
  const { memory, time, fit, hardware } = inference;

  console.log(`${name} on ${hardware!.name}, ${options.batch} sequences of ${options.seq} tokens`);
  print("parameters", inference.params.total.toLocaleString("en-US"));
  print("weights", gigabytes(memory.weightsBytes));
  print("keys and values", gigabytes(memory.inference.kvCacheBytes));
  print("inference", `${gigabytes(fit!.neededBytes)}, largest batch ${fit!.largestBatch}`);
  print("prompt, at least", `${milliseconds(time.forwardSeconds)}, bound by ${time.bound}`);
  print("one more token, at least", milliseconds(time.decodeSeconds));

  const { fits, fitsWithCheckpointing, neededBytes } = training.fit!;
  const verdict = fits ? "fits" : fitsWithCheckpointing === true ? "fits with checkpointing" : "does not fit";
  print("training with Adam", `${gigabytes(neededBytes)}, ${verdict}`);
  print("training step, at least", `${milliseconds(training.time.boundSeconds)}\n`);
}
