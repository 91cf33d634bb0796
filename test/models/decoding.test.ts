import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import "../../src/backends/cpu.js";
import { buildModel } from "../../src/models/build.js";
import { Decoding } from "../../src/models/decoding.js";
import type { Model } from "../../src/models/model.js";
import { KeyValueCache } from "../../src/nn/cache.js";
import { tensor } from "../../src/tensor/create.js";
import type { Tensor } from "../../src/tensor/tensor.js";
import { numbers, relativeError } from "./compare.js";

const goldens = JSON.parse(
  await readFile(join(import.meta.dirname, "../goldens/transformers.json"), "utf8"),
) as Record<string, { readonly config: Readonly<Record<string, unknown>> }>;

/** Long enough for every decoder here to be asked for 100 positions. */
const room = { max_position_embeddings: 256, n_positions: 256 };
const decoders = Object.entries(goldens)
  .filter(([, { config }]) => !String(config["model_type"]).includes("bert"))
  .map(([name, { config }]) => [name, { ...config, ...room }] as const);

const ids = (list: readonly number[]): Tensor => tensor([list], { dtype: "int32" });
/** The last row of logits [1, n, V]. */
const last = (logits: Tensor): number[] => numbers(logits).slice(-Number(logits.dims.at(-1)));
/** Rounding errors of a few dozen additions, many times over. */
const tolerance = 64 * 2 ** -23;

/** Both ways through `count` tokens behind a prompt; answers the largest relative error of a step. */
function largestError(model: Model, prompt: readonly number[], count: number): number {
  const [eager, compiled] = [new KeyValueCache(), new KeyValueCache()];
  model.forward(ids(prompt), { cache: eager });
  model.forward(ids(prompt), { cache: compiled });
  const decoding = new Decoding(model, compiled, prompt.length + 1);
  let largest = 0;
  for (let i = 0; i < count; i++) {
    const id = (i * 7 + 3) % model.config.vocabSize;
    const logits = decoding.step(id);
    if (logits === undefined) return Infinity;
    largest = Math.max(largest, relativeError(numbers(logits), last(model.forward(ids([id]), { cache: eager }))));
  }
  decoding.end();
  return largest;
}

describe.each(decoders)("%s", (_, config) => {
  test.each(["eager", "fused"] as const)("a compiled step agrees with the %s one, through a growth", (attention) => {
    const model = buildModel(config, { attention, seed: 3 });
    expect(largestError(model, [1, 2, 3, 4, 5], 90)).toBeLessThan(tolerance);
  });
});
