import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import "../../src/backends/cpu.js";
import { loadModel } from "../../src/models/weights/load.js";
import { observe } from "../../src/op/observer.js";
import { softmax } from "../../src/ops/softmax/op.js";
import { tensor } from "../../src/tensor/create.js";
import type { Tensor } from "../../src/tensor/tensor.js";
import { describeWithData } from "../data.js";
import { numbers, relativeError } from "./compare.js";

/** Where each intermediate of the reference appears: module path, op, and which of several there. */
const places: readonly (readonly [name: string, path: string, op: string, nth: number])[] = [
  ["tok_emb", "wte", "embedding", 0],
  ["pos_emb", "", "slice", 0],
  ["x", "", "add", 0],
  ["ln1", "h.0.ln_1", "layerNorm", 0],
  ["qkv", "h.0.attn.c_attn", "linear", 0],
  ["q", "h.0.attn", "transpose", 0],
  ["k", "h.0.attn", "transpose", 1],
  ["v", "h.0.attn", "transpose", 2],
  ["att", "h.0.attn", "where", 0],
  ["attSm", "h.0.attn", "softmax", 0],
  ["y", "h.0.attn", "contiguous", 0],
  ["yProj", "h.0.attn.c_proj", "linear", 0],
  ["attnResid", "h.0", "add", 0],
  ["ln2", "h.0.ln_2", "layerNorm", 0],
  ["fc", "h.0.mlp.c_fc", "linear", 0],
  ["gelu", "h.0.mlp", "geluTanh", 0],
  ["mlp", "h.0.mlp.c_proj", "linear", 0],
  ["mlpResid", "h.0", "add", 1],
  ["block0", "h.0", "add", 1],
  ["block1", "h.1", "add", 1],
  ["block2", "h.2", "add", 1],
  ["ln_f", "ln_f", "layerNorm", 0],
  ["lm_head", "lm_head", "linear", 0],
];

interface Stored {
  readonly shape: readonly number[];
  /** float32 in base64. */
  readonly data: string;
}

describeWithData("gpt-nano-sort (minGPT) computes every intermediate that PyTorch did", (folder) => {
  const weights = join(folder, "weights/gpt-nano-sort");
  const partials = JSON.parse(
    readFileSync(join(weights, "gpt-nano-sort-t0-partials.json"), "utf8"),
  ) as Record<string, Stored>;
  const reference = (name: string): number[] => {
    const bytes = Buffer.from(partials[name].data, "base64");
    return Array.from({ length: bytes.length / 4 }, (_, i) => bytes.readFloatLE(4 * i));
  };
  const computed = new Map<string, Tensor[]>();
  let logits: Tensor;

  beforeAll(async () => {
    const model = await loadModel(weights);
    const ids = tensor(Int32Array.from(reference("idx")), { shape: [3, 11] });
    logits = observe(
      ({ op, path, outputs }) => {
        const place = `${path} ${op.name}`;
        computed.set(place, [...(computed.get(place) ?? []), outputs[0]]);
      },
      () => model.forward(ids),
    );
  });

  test.each(places)("%s", (name, path, op, nth) => {
    const output = computed.get(`${path} ${op}`)![nth];
    expect(output.size).toBe(reference(name).length);
    expect(relativeError(numbers(output), reference(name))).toBeLessThan(2e-6);
  });

  test("probs", () => {
    expect(relativeError(numbers(softmax(logits)), reference("probs"))).toBeLessThan(2e-6);
  });

  test("nothing that the reference stores is left out", () => {
    const compared = new Set([...places.map(([name]) => name), "probs", "idx", "config"]);
    expect(Object.keys(partials).filter((name) => !compared.has(name))).toEqual([]);
  });
});
