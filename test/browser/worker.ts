// The module worker: everything that a program would do off the main thread.
import { openSafetensors } from "lintel/formats";
import { runConformance } from "./conformance.js";
import { reportScope } from "./engine.js";
import { runLlama } from "./llama.js";
import { compareOps } from "./ops.js";
import { scope, type Message, type StoredTensor, type WorkerReport } from "./report.js";

async function readStored(): Promise<Record<string, StoredTensor>> {
  const response = await scope.fetch("/weights.safetensors");
  const file = await openSafetensors(await response.blob());
  const found: Record<string, StoredTensor> = {};
  for (const name of file.names) {
    const x = await file.tensor(name);
    const values = Array.from(x.dataSync() as ArrayLike<number | bigint>, Number);
    found[name] = { dtype: x.dtype, shape: [...x.sizes], values };
  }
  await file.close();
  return found;
}

async function report(): Promise<WorkerReport> {
  const here = await reportScope();
  return {
    ...here,
    comparisons: compareOps(),
    conformance: runConformance(),
    stored: await readStored(),
    llama: runLlama(),
  };
}

const message: Promise<Message> = report().then(
  (made) => ({ report: made }),
  (error: unknown) => ({ error: error instanceof Error ? String(error.stack) : String(error) }),
);
scope.postMessage(await message); // oxlint-disable-line unicorn/require-post-message-target-origin -- a worker has none
