import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Analysis } from "../report/index.js";
import { main } from "./program.js";

/** Runs a command line and returns what it wrote and answered. */
async function lintel(...argv: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const code = await main(argv, {
    stdout: (text) => void out.push(text),
    stderr: (text) => void err.push(text),
    width: 100,
    color: false,
    progress: false,
  });
  return { code, stdout: out.join(""), stderr: err.join("") };
}

const json = async (...argv: string[]): Promise<Record<string, unknown>> => {
  const { code, stdout, stderr } = await lintel(...argv, "--json");
  expect([code, stderr]).toEqual([0, ""]);
  return JSON.parse(stdout) as Record<string, unknown>;
};

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "lintel-cli-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const configFile = (name: string, content: unknown): string => {
  const path = join(folder, name);
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  return path;
};

const bert = {
  model_type: "bert",
  vocab_size: 100,
  hidden_size: 32,
  num_hidden_layers: 2,
  num_attention_heads: 4,
  intermediate_size: 64,
  max_position_embeddings: 64,
};

describe("lintel", () => {
  it("shows its help without arguments", async () => {
    const { code, stdout } = await lintel();
    expect(code).toBe(0);
    for (const verb of ["analyze", "run", "explain", "doctor"]) expect(stdout).toContain(`  ${verb} `);
  });

  it("knows its version", async () => {
    const { code, stdout } = await lintel("--version");
    expect(code).toBe(0);
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it("suggests the verb or the option that was meant", async () => {
    expect(await lintel("analyse")).toMatchObject({
      code: 2,
      stdout: "",
      stderr: expect.stringContaining("Did you mean analyze?"),
    });
    const option = await lintel("analyze", "gpt2", "--bath", "3");
    expect(option).toMatchObject({ code: 2, stderr: expect.stringContaining("Did you mean --batch?") });
  });

  it("names the help that helps", async () => {
    const refused = (...argv: string[]) =>
      lintel(...argv).then(({ stderr }) => stderr.trimEnd().split("\n").at(-1));
    expect(await refused("analyse")).toBe("(lintel --help says more)");
    expect(await refused("analyze")).toBe("(lintel analyze --help says more)");
    expect(await refused("run", "folder")).toBe("(lintel run --help says more)");
    expect(await refused("doctor", "nobody")).toBe("(lintel doctor --help says more)");
  });

  it("helps with a verb, and names the verbs for one that is none", async () => {
    expect(await lintel("help", "analyze")).toEqual(await lintel("analyze", "--help"));
    expect(await lintel("help")).toEqual(await lintel("--help"));
    expect(await lintel("help", "analyse")).toMatchObject({
      code: 2,
      stdout: "",
      stderr: expect.stringContaining("Allowed choices are analyze, run, explain, doctor."),
    });
  });
});

describe("lintel analyze", () => {
  it("prints a report, and the same analysis as JSON", async () => {
    const flags = [
      "analyze",
      "bert-base-uncased",
      "--batch",
      "32",
      "--seq",
      "512",
      "--gpu",
      "A100 40GB",
      "--mode",
      "training",
    ];
    const { code, stdout, stderr } = await lintel(...flags, "--dtype", "float32");
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toContain("✔ Fits NVIDIA A100 40GB: 17.2 GB of 40.0 GB (43 %). Batches up to 79 do.");
    const analysis = (await json(...flags)) as unknown as Analysis;
    expect(analysis.schema).toBe("lintel.analyze/1");
    expect(analysis.params.total).toBe(109_482_240);
    expect(analysis.settings).toMatchObject({ batch: 32, seq: 512, mode: "training", gpu: "a100-40gb" });
  });

  it("writes CSV and Markdown", async () => {
    expect((await lintel("analyze", "gpt2", "--seq", "8", "--csv")).stdout).toMatch(/^path,op,inputs,/);
    expect((await lintel("analyze", "gpt2", "--seq", "8", "--markdown")).stdout).toMatch(/^## gpt2\n/);
  });

  it("takes a config.json, and an efficiency in percent", async () => {
    const path = configFile("tiny.json", bert);
    const { settings, model } = (await json(
      "analyze",
      path,
      "--efficiency",
      "70%",
      "--seq",
      "16",
    )) as unknown as Analysis;
    expect([settings.efficiency, settings.seq, model.name]).toEqual([0.7, 16, "tiny"]);
  });

  it("asserts that it fits", async () => {
    const small = ["analyze", "gpt2", "--seq", "8", "--dtype", "float32"];
    expect((await lintel(...small, "--assert-fits", "1GB")).code).toBe(0);
    expect(await lintel(...small, "--assert-fits", "100MB")).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^lintel: does not fit: \d+ bytes are needed, 100000000 are there\n$/),
    });
    const large = [
      "analyze",
      "llama-2-7b",
      "--seq",
      "8",
      "--dtype",
      "float32",
      "--gpu",
      "rtx-4090",
      "--assert-fits",
    ];
    expect((await lintel(...large)).code).toBe(1);
    expect((await lintel(...small, "--assert-fits")).stderr).toContain("--assert-fits needs --gpu");
  });

  it.each([
    [["gpt2", "--batch", "0"], "--batch must be a whole number above 0, got '0'"],
    [["gpt2", "--seq", "abc"], "--seq must be a whole number above 0, got 'abc'"],
    [["gpt2", "--seq", "2000"], "seq is 2000, but gpt2 has 1024 positions; use at most 1024"],
    [["gpt2", "--gpu", "a100"], "unknown GPU 'a100'; did you mean a100-40gb or a100-80gb?"],
    [["gpt2", "--dtype", "fp16"], "--dtype must be float32 or float64 or float16 or bfloat16, got 'fp16'"],
    [["gpt2", "--mode", "train"], "--mode must be inference or training, got 'train'"],
    [["gpt2", "--efficiency", "fast"], "--efficiency must be a fraction such as 0.7 or 70%, got 'fast'"],
    [["gpt2", "--json", "--csv"], "--json, --csv and --markdown exclude each other"],
    [["gpt2-mediun"], "did you mean gpt2-medium"],
  ])("refuses %j", async (argv, message) => {
    const { code, stdout, stderr } = await lintel("analyze", ...argv);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  it.each([
    ["missing.json", { ...bert, hidden_size: undefined }, "'hidden_size'"],
    ["heads.json", { ...bert, num_attention_heads: 5 }, "num_attention_heads"],
    ["unknown.json", { ...bert, model_type: "mamba" }, '"mamba"'],
    ["broken.json", "{ not json", "is not valid JSON"],
    ["pickle.bin", "PK\u0003\u0004", "pickle.bin is no config.json but a zip archive, as torch.save writes"],
  ])("refuses the config %s", async (name, content, message) => {
    const { code, stdout, stderr } = await lintel("analyze", configFile(name, content));
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(message);
    expect(stderr).toContain(join(folder, name));
    expect(stderr.trimEnd().split("\n")).toHaveLength(1);
  });
});

describe("messages", () => {
  it("carry no control characters to the terminal", async () => {
    const { code, stderr } = await lintel("analyze", `${String.fromCodePoint(27)}[31mred`);
    expect(code).toBe(2);
    expect(stderr).toContain("'\\u001b[31mred' is neither");
  });
});
