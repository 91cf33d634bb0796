import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import "../../src/backends/cpu.js";
import { writeSafetensors } from "../../src/formats/index.js";
import { Decoding } from "../../src/models/decoding.js";
import { Bert } from "../../src/models/families/bert.js";
import { loadModel } from "../../src/models/weights/load.js";
import { selectNative } from "../../src/native/index.js";
import { KeyValueCache } from "../../src/nn/cache.js";
import { slice } from "../../src/ops/slice/op.js";
import { tensor } from "../../src/tensor/create.js";
import type { Tensor } from "../../src/tensor/tensor.js";
import { numbers, relativeError } from "./compare.js";

interface Golden {
  readonly config: Readonly<Record<string, unknown>>;
  readonly ids: number[][];
  readonly tensors: Readonly<Record<string, number[]>>;
  readonly output: number[];
  readonly pooled?: number[];
}

const goldens = JSON.parse(
  await readFile(join(import.meta.dirname, "../goldens/transformers.json"), "utf8"),
) as Record<string, Golden>;

/** The formula of `values` in transformers.py; `nudge` n rounds about half of the values to the other float32 beside them. */
function weight(index: number, name: string, shape: readonly number[], nudge = 0): Tensor {
  const length = shape.reduce((product, size) => product * size, 1);
  const around = shape.length === 1 && name.endsWith("weight") ? 1 : 0;
  const data = Float32Array.from(
    { length },
    (_, i) =>
      (((i * 7919 + index * 104729 + Math.floor(i / 13) * 31) % 1009) / 2018 - 0.25 + around) *
      (1 + 2 ** -24 * Math.sin(nudge * (13.1 * i + index))),
  );
  return tensor(data, { shape });
}

/** Writes the checkpoint of a golden as it would be published; answers the folder. */
async function save({ config, tensors }: Golden, nudge = 0): Promise<string> {
  const folder = await mkdtemp(join(temporary, "model-"));
  await writeFile(join(folder, "config.json"), JSON.stringify(config));
  const weights = Object.entries(tensors).map(
    ([name, shape], i) => [name, weight(i, name, shape, nudge)] as const,
  );
  await writeSafetensors(join(folder, "model.safetensors"), new Map(weights));
  return folder;
}

const temporary = await mkdtemp(join(tmpdir(), "lintel-golden-"));
afterAll(() => rm(temporary, { recursive: true }));

const cases = Object.entries(goldens);
const causal = cases.filter(([, { config }]) => !String(config["model_type"]).includes("bert"));

describe.each(cases)("%s", (_, golden) => {
  const ids = tensor(golden.ids, { dtype: "int32" });

  test.each(["eager", "fused"] as const)("%s forward agrees with NumPy in float64", async (attention) => {
    const model = await loadModel(await save(golden), { attention });
    expect(relativeError(numbers(model.forward(ids)), golden.output)).toBeLessThan(2e-6);
    const pooled = model instanceof Bert ? model.pooled : undefined;
    expect(relativeError(pooled === undefined ? [] : numbers(pooled), golden.pooled ?? [])).toBeLessThan(
      2e-6,
    );
  });

  test.each(["eager", "fused"] as const)(
    "%s padding changes nothing for the real tokens",
    async (attention) => {
      const model = await loadModel(await save(golden), { attention });
      const padded = tensor(
        golden.ids.map((row) => [...row, 1, 1]),
        { dtype: "int32" },
      );
      const attentionMask = tensor(
        golden.ids.map((row) => [...row.map(() => 1), 0, 0]),
        { dtype: "int32" },
      );
      const output = model.forward(padded, { attentionMask });
      expect(relativeError(numbers(slice(output, 1, 0, 5)), golden.output)).toBeLessThan(2e-6);
    },
  );
});

describe.each(causal)("%s", (_, golden) => {
  /** Logits [B, 1, V] of each position: of the whole sequence at once, and step by step with a cache. */
  async function bothWays(
    dtype: "float32" | "float64",
    nudge = 0,
  ): Promise<{ whole: number[]; step: number[] }[]> {
    const model = await loadModel(await save(golden, nudge), { dtype });
    const ids = tensor(golden.ids, { dtype: "int32" });
    const cache = new KeyValueCache();
    const whole = model.forward(ids);
    return [0, 1, 2, 3, 4].map((i) => ({
      whole: numbers(slice(whole, 1, i, i + 1)),
      step: numbers(model.forward(slice(ids, 1, i, i + 1), { cache })),
    }));
  }

  test("decoding with a cache gives the same logits", async () => {
    // One engine for both ways, where rounding cannot part them by more.
    selectNative("off");
    for (const { whole, step } of await bothWays("float32").finally(() => selectNative("auto"))) {
      expect(relativeError(step, whole)).toBeLessThan(2e-6);
    }
    const exact = await bothWays("float64");
    for (const { whole, step } of exact) expect(relativeError(step, whole)).toBeLessThan(2e-14);
    // In float32 up to rounding, and to what the model makes of it: the last layer of gemma2 normalises a vector that is
    // nearly zero, so that its logits answer to the last bit of a weight with a dozen units in their own last place.
    const errors = (await bothWays("float32")).map(({ whole, step }) => relativeError(step, whole));
    if (errors.every((error) => error < 2e-6)) return;
    const nudged = await Promise.all([1, 2, 3, 4].map((nudge) => bothWays("float64", nudge)));
    for (const [i, error] of errors.entries()) {
      const answers = nudged.map((logits) => relativeError(logits[i].whole, exact[i].whole));
      expect(error).toBeLessThan(Math.max(2e-6, 4 * Math.max(...answers)));
    }
  });

  test("compiled steps agree with NumPy in float64", async () => {
    const model = await loadModel(await save(golden));
    const [first, ...others] = golden.ids[0];
    const width = model.config.vocabSize;
    const cache = new KeyValueCache();
    model.forward(tensor([[first]], { dtype: "int32" }), { cache });
    const decoding = new Decoding(model, cache, golden.ids[0].length);
    for (const [i, id] of others.entries()) {
      const expected = golden.output.slice((i + 1) * width, (i + 2) * width);
      expect(relativeError(numbers(decoding.step(id)!), expected)).toBeLessThan(2e-6);
    }
    decoding.end();
  });
});
