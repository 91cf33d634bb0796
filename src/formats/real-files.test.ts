import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { describeWithData } from "../../test/data.js";
import { openCheckpoint, openSafetensors } from "./index.js";

/** What numpy.frombuffer gives, summed in float64: Σ vᵢ·(i + 1) depends on every value and its place. */
type Golden = readonly [
  file: string,
  tensor: string,
  shape: readonly number[],
  first: number,
  last: number,
  weighted: number,
];

const goldens: readonly Golden[] = [
  [
    "weights/stories260K-hf/model.safetensors",
    "model.embed_tokens.weight",
    [512, 64],
    -0.29474878311157227,
    -0.424032598733902,
    -10185845.197091585,
  ],
  [
    "weights/stories260K-hf/model.safetensors",
    "model.layers.4.mlp.down_proj.weight",
    [64, 172],
    -0.04791264981031418,
    -0.0035068716388195753,
    86155.09929116775,
  ],
  [
    "weights/gpt2-124M-cproj-0-3.safetensors",
    "h.1.attn.c_proj.weight",
    [768, 768],
    -0.09710798412561417,
    -0.08800575882196426,
    -25423551.05245067,
  ],
  [
    "weights/silero_vad_16k.safetensors",
    "conv1.weight",
    [128, 129, 3],
    0.055235814303159714,
    0.013691346161067486,
    -18442456.696134597,
  ],
  ["weights/gpt-nano-sort/model.safetensors", "transformer.h.0.attn.bias", [1, 1, 11, 11], 1, 1, 5126],
  [
    "weights/mnist-dalotia.safetensors",
    "conv1.weight",
    [8, 1, 3, 3],
    0.9448226094245911,
    0.21111109852790833,
    58.44951141253114,
  ],
  [
    "weights/sam-lora/lora_rank8.safetensors",
    "w_b_011",
    [768, 8],
    0.0020413952879607677,
    -0.005038873292505741,
    -1060.554099025349,
  ],
  [
    "safetensors-conformance/files/SafeTensors.jl__model.safetensors",
    "float16_357",
    [3, 5, 7],
    -0.7978515625,
    -0.60009765625,
    55.141563415527344,
  ],
  ["safetensors-conformance/files/SafeTensors.jl__model.safetensors", "int16_35", [3, 5], 39, 39, 6801],
  ["safetensors-conformance/files/SafeTensors.jl__model.safetensors", "int8_35", [3, 5], 94, 45, 6422],
  ["safetensors-conformance/files/candle__jfk-codes.safetensors", "codes", [1, 2, 828], 865, 889, 785928803],
];

describeWithData("real files", (folder) => {
  test.each(goldens)("%s %s is what NumPy reads", async (path, name, shape, first, last, weighted) => {
    const file = await openSafetensors(join(folder, path));
    const tensor = await file.tensor(name);
    const values = Array.from(tensor.dataSync(), Number);
    expect(tensor.shape).toEqual(shape);
    expect([values[0], values.at(-1)]).toEqual([first, last]);
    const sum = values.reduce((total, value, i) => total + value * (i + 1), 0);
    // Only the order of summation differs.
    const scale = values.reduce((total, value, i) => total + Math.abs(value) * (i + 1), 0);
    expect(Math.abs(sum - weighted)).toBeLessThanOrEqual(values.length * Number.EPSILON * scale);
    await file.close();
  });

  test("every weight file reads whole, and its parameters are counted", async () => {
    const counts: Record<string, number> = {};
    for (const entry of await readdir(join(folder, "weights"), { recursive: true })) {
      if (!entry.endsWith(".safetensors")) continue;
      const file = await openSafetensors(join(folder, "weights", entry));
      let elements = 0;
      for (const name of file.names) elements += (await file.tensor(name)).size;
      expect(file.parameterCount).toBe(elements);
      expect(file.warnings).toEqual([]);
      counts[entry] = elements;
      await file.close();
    }
    expect(counts).toMatchObject({
      "stories260K-hf/model.safetensors": 260_032,
      "gpt2-124M-cproj-0-3.safetensors": 3_145_728,
      "silero_vad_16k.safetensors": 309_633,
      "gpt-nano-sort/model.safetensors": 86_091,
      "mnist-dalotia.safetensors": 9_098,
      "sam-lora/lora_rank8.safetensors": 294_912,
    });
  });

  test("a model folder opens by its path", async () => {
    const model = await openCheckpoint(join(folder, "weights/stories260K-hf"));
    expect(model.metadata).toEqual({ format: "pt" });
    expect(model.names).toHaveLength(47);
    expect(model.info("model.norm.weight")).toMatchObject({
      dtype: "float32",
      storedDType: "F32",
      shape: [64],
    });
    await model.close();
  });
});
