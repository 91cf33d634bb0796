import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import "../../src/backends/cpu.js";
import { readNpz } from "../../src/formats/index.js";
import { generate } from "../../src/models/generate.js";
import type { Model } from "../../src/models/model.js";
import { loadModel } from "../../src/models/weights/load.js";
import { KeyValueCache } from "../../src/nn/cache.js";
import { tensor } from "../../src/tensor/create.js";
import type { Tensor } from "../../src/tensor/tensor.js";
import { describeWithData } from "../data.js";
import { numbers, relativeError } from "./compare.js";

describeWithData("stories260K (Llama, grouped queries, tied head)", (folder) => {
  let model: Model;
  beforeAll(async () => {
    model = await loadModel(join(folder, "weights/stories260K-hf"));
  });

  test.each(["eager", "fused"] as const)(
    "%s logits agree with an independent float64 forward",
    async (attention) => {
      const golden = await readNpz(join(folder, "weights/stories260K-hf/golden_logits_f64.npz"));
      const other = await loadModel(join(folder, "weights/stories260K-hf"), { attention });
      const ids = tensor([numbers(golden.get("input_ids")!)], { dtype: "int32" });
      const error = relativeError(numbers(other.forward(ids)), numbers(golden.get("logits")!));
      expect(error).toBeLessThan(1e-5);
    },
  );

  test("200 greedy tokens spell the published story", async () => {
    const golden = JSON.parse(
      readFileSync(join(folder, "weights/stories260K-hf/greedy-text.json"), "utf8"),
    ) as { tokens: number[]; logits_pos0: number[] };
    const seen: number[] = [];
    let first: Tensor | undefined;
    const tokens = await generate(model, [1], {
      maxNewTokens: 200,
      onToken: (id, logits) => {
        seen.push(id);
        first ??= logits;
      },
    });
    expect(tokens).toEqual(golden.tokens.slice(0, 200));
    expect(seen).toEqual(tokens);
    expect(relativeError(numbers(first!), golden.logits_pos0)).toBeLessThan(1e-5);
  });

  test("the cache changes nothing, however the prompt is cut", () => {
    const prompt = [1, 403, 407, 261, 378, 432, 383];
    const whole = model.forward(tensor([prompt], { dtype: "int32" }));
    const cache = new KeyValueCache();
    model.forward(tensor([prompt.slice(0, 3)], { dtype: "int32" }), { cache });
    model.forward(tensor([prompt.slice(3, 4)], { dtype: "int32" }), { cache });
    const rest = model.forward(tensor([prompt.slice(4)], { dtype: "int32" }), { cache });
    expect(cache.length).toBe(7);
    expect(relativeError(numbers(rest), numbers(whole).slice(4 * 512))).toBeLessThan(1e-5);
  });
});
