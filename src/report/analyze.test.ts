import { describe, expect, it } from "vitest";
import { ConfigError } from "../base/errors.js";
import { analyze } from "./analyze.js";
import type { BlockRow } from "./analysis.js";

describe("analyze", () => {
  const training = { batch: 32, seq: 512, dtype: "float32", gpu: "a100-40gb", mode: "training" } as const;
  const bert = analyze("bert-base-uncased", training);

  it("counts published models to the parameter", () => {
    const params = (name: string) => analyze(name, { batch: 1, seq: 8 }).params;
    expect(bert.params).toEqual({ total: 109_482_240, embedding: (30522 + 512 + 2) * 768, unused: 0 });
    expect(params("gpt2")).toEqual({ total: 124_439_808, embedding: (50257 + 1024) * 768, unused: 0 });
    expect(params("llama-3.1-8b").total).toBe(8_030_261_248);
    expect(params("textbook-bert").total).toBe(109_044_480);
  });

  it("traces the textbook's FLOPs: 96.6 G forward, 290 G for a training step", () => {
    const { flops } = analyze("textbook-bert", { batch: 1, seq: 512 });
    const pooler = 2 * 768 * 768;
    expect(flops.matmulForward).toBe(12 * 8_053_063_680 + pooler);
    expect(flops.matmulTrainingStep).toBe(3 * flops.matmulForward);
    expect(flops.trainingStep).toBe(flops.forward + flops.matmulBackward);
  });

  it("adds up: ops to totals, blocks to totals, parts to budgets", () => {
    const sum = (pick: (row: (typeof bert.ops)[number]) => number) =>
      bert.ops.reduce((n, row) => n + pick(row), 0);
    expect(sum((row) => row.flops)).toBe(bert.flops.forward);
    expect(sum((row) => row.matmulFlops)).toBe(bert.flops.matmulForward);
    expect(sum((row) => row.bytesRead)).toBe(bert.bytes.forwardRead);
    expect(sum((row) => row.bytesWritten)).toBe(bert.bytes.forwardWritten);
    expect(sum((row) => row.params)).toBe(bert.params.total);
    const flops = ({ ops, children }: BlockRow): number =>
      ops.reduce((n, op) => n + op.flops, 0) +
      children.reduce((n, child) => n + flops(child) * child.count, 0);
    expect(flops(bert.blocks)).toBe(bert.flops.forward);
    expect(bert.blocks.flops).toBe(bert.flops.forward);
    const { totalBytes, ...parts } = bert.memory.training;
    expect(Object.values(parts).reduce((a, b) => a + b)).toBe(totalBytes);
    expect(bert.memory.totalBytes).toBe(totalBytes);
  });

  it("bounds a step by its slowest resource, op by op", () => {
    const { time, ops } = bert;
    expect(ops.reduce((n, { seconds }) => n + seconds!, 0)).toBeCloseTo(time.forwardSeconds!, 12);
    expect(time.boundSeconds).toBe(time.forwardSeconds! + time.backwardSeconds! + time.optimizerSeconds!);
    expect(time.boundSeconds).toBeGreaterThan(time.computeSeconds!);
    expect(ops.find(({ op }) => op === "softmax")?.bound).toBe("memory");
    expect(ops.find(({ op }) => op === "linear")?.bound).toBe("compute");
  });

  it("finds the largest batch that fits, exactly", () => {
    const { largestBatch } = bert.fit!;
    expect(analyze("bert-base-uncased", { ...training, batch: largestBatch }).fit?.fits).toBe(true);
    expect(analyze("bert-base-uncased", { ...training, batch: largestBatch + 1 }).fit?.fits).toBe(false);
    expect(analyze("llama-2-7b", { seq: 128, dtype: "float32", gpu: "rtx-4090" }).fit).toMatchObject({
      fits: false,
      largestBatch: 0,
    });
  });

  it("prices keys and values: 2 · layers · key heads · head size · bytes, nothing for encoders", () => {
    const llama = analyze("llama-3.1-8b", { batch: 4, seq: 1024, dtype: "bfloat16" });
    expect(llama.memory.kvCacheBytesPerToken).toBe(2 * 32 * 8 * 128 * 2);
    expect(llama.memory.inference.kvCacheBytes).toBe(4 * 1024 * 131_072);
    expect(bert.memory.kvCacheBytesPerToken).toBe(0);
  });

  it("lets a window bound the cache", () => {
    const mistral = {
      model_type: "mistral",
      vocab_size: 100,
      hidden_size: 64,
      num_hidden_layers: 2,
      num_attention_heads: 4,
      num_key_value_heads: 4,
      intermediate_size: 128,
      max_position_embeddings: 64,
      sliding_window: 16,
    };
    const { memory } = analyze(mistral, { batch: 1, seq: 64, dtype: "float32" });
    expect(memory.inference.kvCacheBytes).toBe(16 * memory.kvCacheBytesPerToken);
  });

  it("prices a decoding step as reading the weights and the cache", () => {
    const { time, memory, hardware } = analyze("llama-3.1-8b", {
      seq: 2048,
      dtype: "bfloat16",
      gpu: "h100-sxm",
    });
    const read = memory.weightsBytes + memory.inference.kvCacheBytes;
    const embedding = 128_256 * 4096 * 2; // of which one row is read
    const floor = (read - embedding) / hardware!.bandwidthBytesPerSecond;
    expect(time.decodeSeconds! / floor).toBeGreaterThan(1);
    expect(time.decodeSeconds! / floor).toBeLessThan(1.05);
  });

  it("gives formulas in B and seq whose values are the numbers", () => {
    const symbolic = analyze("bert-base-uncased", { ...training, symbolic: true });
    expect(symbolic.symbolic?.["flops.matmulForward"]).toBe("36864·B·seq² + 169869312·B·seq + 1179648·B");
    expect(36864 * 32 * 512 ** 2 + 169869312 * 32 * 512 + 1179648 * 32).toBe(symbolic.flops.matmulForward);
    expect(symbolic.flops).toEqual(bert.flops);
    expect(symbolic.memory).toEqual(bert.memory);
    const scores = symbolic.ops.find(({ op }) => op === "matmul")!;
    expect(scores).toMatchObject({
      output: ["B", 12, "seq", "seq"],
      formula: "2·B·12·seq²·64",
      flops: 2 * 32 * 12 * 512 ** 2 * 64,
    });
    expect(bert.ops.find(({ op }) => op === "matmul")?.output).toEqual([32, 12, 512, 512]);
  });

  it("keeps of a Llama layer what its backward pass reads", () => {
    const [d, kv, f, heads] = [32, 16, 40, 4];
    const llama = (layers: number) =>
      analyze(
        {
          model_type: "llama",
          vocab_size: 50,
          hidden_size: d,
          num_hidden_layers: layers,
          num_attention_heads: heads,
          num_key_value_heads: 2,
          intermediate_size: f,
          max_position_embeddings: 64,
        },
        { batch: 2, seq: 16, dtype: "float32", mode: "training" },
      ).memory.activationsBytes;
    // Operands: of two norms, of the projections after them, rotated q and k, v, joined heads; of the MLP the gate,
    // its SiLU, the other half and their product. Results: the softmax.
    const widths = 2 * d + 2 * d + (d + 2 * kv) + d + 4 * f;
    expect(llama(3) - llama(2)).toBe(4 * (2 * 16 * widths + 2 * heads * 16 * 16));
  });

  it("drops the scores with fused attention", () => {
    const fused = analyze("bert-base-uncased", { ...training, attention: "fused" });
    const scores = 12 * 402_653_184; // the softmax of every layer
    expect(bert.memory.activationsBytes - fused.memory.activationsBytes).toBe(scores);
    expect(fused.flops.matmulForward).toBe(bert.flops.matmulForward);
  });

  it("takes an efficiency and TF32", () => {
    const slow = analyze("bert-base-uncased", { ...training, efficiency: 0.5 });
    expect(slow.time.boundSeconds! / bert.time.boundSeconds!).toBeCloseTo(2, 10);
    const tf32 = analyze("bert-base-uncased", { ...training, tf32: true });
    expect(bert.time.computeSeconds! / tf32.time.computeSeconds!).toBeCloseTo(8, 10);
  });

  it("has no times and no verdict without a GPU", () => {
    const { time, fit, ops } = analyze("gpt2", { seq: 16 });
    expect([time.boundSeconds, fit, ops[0].bound, ops[0].seconds]).toEqual([null, null, null, null]);
  });

  it.each([
    [{ batch: 0 }, "batch must be a whole number above 0, got 0"],
    [{ seq: 1.5 }, "seq must be a whole number above 0, got 1.5"],
    [{ seq: 600 }, "seq is 600, but bert-base-uncased has 512 positions; use at most 512"],
    [{ dtype: "int32" }, "dtype must be float32, float16, bfloat16 or float64, got int32"],
    [{ gpu: "h20" }, "unknown GPU 'h20'; did you mean h200?"],
    [{ mode: "train" }, "mode must be training or inference, got 'train'"],
    [{ efficiency: 2 }, "efficiency must be above 0 and at most 1, got 2"],
  ])("refuses %j", (options, message) => {
    expect(() => analyze("bert-base-uncased", options as object)).toThrow(message);
    expect(() => analyze("bert-base-uncased", options as object)).toThrow(ConfigError);
  });
});
