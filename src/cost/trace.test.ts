import { describe, expect, it } from "vitest";
import { linear } from "../ops/linear/op.js";
import { namedSize } from "../shape/dim.js";
import { Polynomial } from "../shape/polynomial.js";
import { abstractTensor } from "../tensor/create.js";
import type { Tensor } from "../tensor/tensor.js";
import { blockTree } from "./blocks.js";
import { encoder, encoderInputs } from "./encoder.fixture.js";
import { backwardMatmulFlops } from "./gradient.js";
import { bytesOfShape, type OpRecord } from "./record.js";
import { trace } from "./recorder.js";

const bert = trace(encoder(), encoderInputs("B", "seq"));
const sized = (batch: number, seq: number) => bert.bind({ B: batch, seq });

/** What is traced for module `path`, views aside. */
const at = (path: string, records: readonly OpRecord[] = bert.records) =>
  records.filter((record) => !record.isView && (record.path === path || record.path.startsWith(`${path}.`)));
const matmulOf = (records: readonly OpRecord[]) =>
  records.reduce((sum, { matmulFlops }) => sum + Number(matmulFlops.value()), 0);

describe("trace", () => {
  it("counts the textbook's parameters", () => {
    expect(bert.parameterCount.value()).toBe(109_044_480n);
    const layer = Polynomial.sum(at("layer.0").map(({ params }) => params));
    expect(layer.value()).toBe(7_084_800n);
  });

  it("counts parameters with named sizes as formulas", () => {
    const weight = abstractTensor(["d_ff", "d"]);
    const layer = {
      forward: (x: Tensor) => linear(x, weight),
      namedParameters: () => [["weight", weight] as const],
    };
    const { totals, parameterCount } = trace(layer, [abstractTensor(["n", "d"])]);
    expect(String(parameterCount)).toBe("d_ff·d");
    expect(totals.params.substitute({ d: 768, d_ff: 3072 }).value()).toBe(BigInt(768 * 3072));
  });

  it("counts every parameter once, and finds those that nothing reads", () => {
    expect(bert.totals.params.plus(768 * 768 + 768).equals(bert.parameterCount)).toBe(true);
    expect(bert.unusedParameters.map(({ name }) => name)).toEqual(["pooler.weight", "pooler.bias"]);
  });

  it("gives formulas as people write them", () => {
    const scores = at("layer.0.attention").find(({ op }) => op === "matmul")!;
    expect(String(scores.matmulFlops)).toBe("2·B·12·seq²·64");
    expect(bert.totals.matmulFlops.toCanonicalString()).toBe("36864·B·seq² + 169869312·B·seq");
  });

  it("prices one layer of BERT-base at B = 1, n = 512", () => {
    const layer = at("layer.0", sized(1, 512).records);
    expect(matmulOf(layer)).toBe(8_053_063_680);
    const of = (path: string) => matmulOf(at(`layer.0.${path}`, layer));
    expect(["query", "key", "value"].map((name) => of(`attention.${name}`))).toEqual(
      Array.from({ length: 3 }, () => 2 * 512 * 768 * 768),
    );
    const [scores, context] = at("layer.0.attention", layer).filter(({ op }) => op === "matmul");
    expect(scores.matmulFlops.value()).toBe(BigInt(12 * 2 * 512 * 512 * 64));
    expect(context.matmulFlops.value()).toBe(402_653_184n);
    expect(of("mlp")).toBe(4 * 512 * 768 * 3072);
    expect(sized(1, 512).totals.matmulFlops.value()).toBe(12n * 8_053_063_680n);
  });

  it("prices the feed-forward network at B = 32 as the textbook does", () => {
    expect(matmulOf(at("layer.0.mlp", sized(32, 512).records))).toBe(154_618_822_656);
  });

  it("adds up: totals are the sum over the records and over the block tree", () => {
    const { records, totals } = sized(2, 128);
    for (const key of ["flops", "matmulFlops", "bytesRead", "bytesWritten"] as const) {
      const sum = records.reduce((total, record) => total + record[key].value(), 0n);
      expect(totals[key].value()).toBe(sum);
      expect(blockTree(records).totals[key].value()).toBe(sum);
    }
  });

  it("keeps views in the trace, at no cost", () => {
    const views = bert.records.filter(({ isView }) => isView);
    expect(views.map(({ op }) => op)).toContain("transpose");
    expect(
      views.every((view) => view.flops.equals(0) && view.bytesRead.equals(0) && view.params.equals(0)),
    ).toBe(true);
    expect(bert.ops.length).toBe(bert.records.length - views.length);
  });

  it("follows the dimensions through one layer as the textbook tracks them", () => {
    const layer = bert.records.filter(({ path }) => path.startsWith("layer.0.attention"));
    expect(layer.map(({ op, outputs: [{ dims }] }) => `${op} [${dims.join(", ")}]`).slice(0, 8)).toEqual([
      "linear [B, seq, 768]",
      "reshape [B, seq, 12, 64]",
      "transpose [B, 12, seq, 64]",
      "linear [B, seq, 768]",
      "reshape [B, seq, 12, 64]",
      "transpose [B, 12, seq, 64]",
      "linear [B, seq, 768]",
      "reshape [B, seq, 12, 64]",
    ]);
  });

  it("is the same whether names get their sizes before or after", () => {
    const before = trace(encoder(), encoderInputs(namedSize("B", 4), namedSize("seq", 16)));
    const numbers = trace(encoder(), encoderInputs(4, 16));
    const costs = (records: readonly OpRecord[]) =>
      records.map((r) => [r.op, r.flops, r.matmulFlops, r.bytesRead, r.bytesWritten].map((c) => c.valueOf()));
    expect(costs(before.records)).toEqual(costs(numbers.records));
    expect(costs(sized(4, 16).records)).toEqual(costs(numbers.records));
  });
});

describe("the textbook's activation table", () => {
  // Checklist: 151.0 / 402.7 / 50.3 / 201.3 MB per layer at B = 32, n = 512, as printed by our own trace.
  const layer = at("layer.0", sized(32, 512).records);
  const written = (path: string, op?: string) =>
    at(`layer.0.${path}`, layer)
      .filter((record) => op === undefined || record.op === op)
      .map(({ outputs: [{ dims, dtype }] }) => Number(bytesOfShape(dims, dtype).value()));

  it("follows from the trace", () => {
    const projections = ["query", "key", "value"].flatMap((name) => written(`attention.${name}`));
    const projected = projections.reduce((a, b) => a + b);
    const [scores, context] = written("attention", "matmul");
    const [inner] = written("mlp.up");
    expect([projected, scores, context, inner]).toEqual([150_994_944, 402_653_184, 50_331_648, 201_326_592]);
    expect(projected + scores + context + inner).toBe(805_306_368);
    expect(12 * (projected + scores + context + inner)).toBe(9_663_676_416);
    expect(scores / (projected + scores + context + inner)).toBe(0.5);
  });
});

describe("backward", () => {
  it("has two products for every contraction but the scores' constants", () => {
    const { ops, totals } = sized(1, 512);
    expect(backwardMatmulFlops(ops).value()).toBe(2n * totals.matmulFlops.value());
    expect(Number(totals.matmulFlops.value()) * 3).toBe(289_910_292_480);
  });

  it("needs no gradient with respect to data", () => {
    const layer = encoder({ layers: 0 });
    const x = encoderInputs(1, 8);
    expect(backwardMatmulFlops(trace(layer, x).ops).value()).toBe(0n);
  });
});
