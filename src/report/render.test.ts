import { describe, expect, it } from "vitest";
import { analyze } from "./analyze.js";
import { stackedBar } from "./bar.js";
import { toCsv, toJson } from "./csv.js";
import { byteUnits, count, duration, integer, percent, significant } from "./format.js";
import { toText } from "./text.js";

const tiny = {
  model_type: "bert",
  vocab_size: 100,
  hidden_size: 32,
  num_hidden_layers: 2,
  num_attention_heads: 4,
  intermediate_size: 64,
  max_position_embeddings: 64,
  type_vocab_size: 2,
};
const training = analyze(tiny, { batch: 8, seq: 64, gpu: "a100-40gb", mode: "training", dtype: "float32" });
const inference = analyze("gpt2", { batch: 1, seq: 128, dtype: "float32", symbolic: true });
const escapes = String.fromCodePoint(27);

describe("text", () => {
  it.each([60, 80, 100, 120])("keeps within %i columns", (width) => {
    const deep = analyze("llama-3.1-8b", { batch: 64, seq: 2048, gpu: "h100-sxm", attention: "fused" });
    for (const analysis of [training, inference, deep]) {
      const lines = toText(analysis, { width }).split("\n");
      expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(width);
    }
  });

  it("in a narrow terminal gives up columns rather than the names of modules", () => {
    const text = toText(analyze("llama-2-7b", { gpu: "h200" }), { width: 60 });
    for (const name of ["embed_tokens", "· softmax", "gate_proj", "lm_head"])
      expect(text).toContain(`${name} `);
    expect(text).not.toMatch(/^\s*%/m);
  });

  it("is the same text with colours", () => {
    const colored = toText(training, { width: 100, color: true });
    expect(colored).toContain(`${escapes}[32m`);
    // oxlint-disable-next-line no-control-regex -- the escapes are what is removed
    expect(colored.replaceAll(/\u001B\[\d+m/g, "")).toBe(toText(training, { width: 100 }));
    expect(toText(training)).not.toContain(escapes);
  });

  it("says when it does not fit, and what would", () => {
    const text = toText(
      analyze("bert-base-uncased", { batch: 128, dtype: "float32", gpu: "a100-40gb", mode: "training" }),
    );
    expect(text).toContain("✘ Does not fit NVIDIA A100 40GB: 63.4 GB of 40.0 GB (158 %).");
    expect(text).toContain("a batch of 79");
    expect(text).toContain("┃");
    const llama = toText(analyze("llama-2-7b", { dtype: "float32", gpu: "rtx-4090" }), { width: 120 });
    expect(llama).toContain("Use a smaller dtype, a larger GPU or several.");
  });
});

describe("csv", () => {
  const lines = toCsv(training).trimEnd().split("\n");

  it("has one line per op, raw numbers, units in the header", () => {
    expect(lines.length).toBe(training.ops.length + 1);
    expect(lines.slice(0, 3).join("\n")).toMatchInlineSnapshot(`
      "path,op,inputs,output,dtype,params,flops,matmul_flops,bytes_read,bytes_written,flops_per_byte,bound,seconds,formula
      embeddings.word_embeddings,embedding,[8 64] [100 32],[8 64 32],float32,3200,0,0,67584,65536,0,memory,8.560771704180064e-8,0
      embeddings,add,[8 64 32] [64 32],[8 64 32],float32,2048,16384,0,73728,65536,0.11764705882352941,memory,8.95588424437299e-8,B·seq·32"
    `);
  });

  it("adds up to the totals", () => {
    const flops = lines[0].split(",").indexOf("flops");
    const sum = lines.slice(1).reduce((total, line) => total + Number(line.split(",")[flops]), 0);
    expect(sum).toBe(training.flops.forward);
  });
});

describe("json", () => {
  it("is the analysis, and survives the round trip", () => {
    expect(JSON.parse(toJson(training))).toEqual(training);
    expect(JSON.parse(toJson(inference)).schema).toBe("lintel.analyze/1");
  });
});

describe("numbers", () => {
  it.each([
    [significant(0.012345), "0.0123"],
    [significant(0.9999), "1.00"],
    [significant(12345), "12,345"],
    [count(999), "999"],
    [count(7_084_800), "7.08 M"],
    [count(8_030_261_248), "8.03 B"],
    [duration(0.0123), "12.3 ms"],
    [duration(2.5e-7), "250 ns"],
    [percent(0), "0 %"],
    [percent(0.00001), "< 0.1 %"],
    [integer(1234567), "1,234,567"],
    [byteUnits(5e8)[0].show(402_653_184), "402.7"],
    [byteUnits(5e8)[1].show(402_653_184), "384.0"],
  ])("%s", (shown, expected) => expect(shown).toBe(expected));
});

describe("stackedBar", () => {
  const parts = [
    { label: "a", value: 50 },
    { label: "b", value: 25 },
  ];
  it.each([
    [100, "█████▓▓▓··"],
    [75, "███████▓▓▓"],
    [50, "██████┃▓▓▓"],
  ])("of a capacity of %i", (capacity, bar) => expect(stackedBar(parts, capacity, 10)).toBe(bar));
  it("shows everything that is not nothing", () => {
    expect(stackedBar([{ label: "a", value: 1 }, ...parts], 1000, 10)).toBe("█▓▒·······");
  });
});
