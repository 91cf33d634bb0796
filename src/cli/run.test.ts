import {
  copyFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import "../backends/cpu.js";
import { tinyBench } from "../cost/machine/bench.fixture.js";
import { writeSafetensors } from "../formats/index.js";
import { buildModel, findPreset, generate, type Model } from "../models/index.js";
import { analyze, type Analysis } from "../report/index.js";
import type { Profile } from "../report/profile.js";
import { tensor } from "../tensor/create.js";
import type { Tensor } from "../tensor/tensor.js";
import { main } from "./program.js";

const config = {
  model_type: "llama",
  vocab_size: 40,
  hidden_size: 16,
  num_hidden_layers: 2,
  num_attention_heads: 4,
  num_key_value_heads: 2,
  intermediate_size: 24,
  max_position_embeddings: 32,
  tie_word_embeddings: true,
};

async function lintel(...argv: string[]) {
  const [out, err]: [string[], string[]] = [[], []];
  const io = { stdout: (text: string) => void out.push(text), stderr: (text: string) => void err.push(text) };
  const bench = tinyBench({ now: () => performance.now() });
  const code = await main(argv, { ...io, width: 100, color: false, progress: false }, bench);
  return { code, stdout: out.join(""), stderr: err.join("") };
}

let folder: string;
let model: Model;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "lintel-run-"));
  model = buildModel(config, { seed: 5 });
  await write(folder, Object.fromEntries(model.namedParameters()));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function write(into: string, weights: Record<string, Tensor>, changes: object = {}): Promise<string> {
  writeFileSync(join(into, "config.json"), JSON.stringify({ ...config, ...changes }));
  await writeSafetensors(join(into, "model.safetensors"), weights);
  return into;
}

/** A folder of its own with the same weights. */
function copy(name: string): string {
  const made = mkdtempSync(join(folder, `${name}-`));
  for (const file of ["config.json", "model.safetensors"]) copyFileSync(join(folder, file), join(made, file));
  return made;
}

describe("lintel run", () => {
  it("continues the prompt as the model does, and gives the logits of the last position", async () => {
    const { code, stdout, stderr } = await lintel("run", folder, "--ids", "1,7,3", "--greedy", "6", "--json");
    expect([code, stderr]).toEqual([0, ""]);
    const result = JSON.parse(stdout) as Record<string, unknown> & { ids: number[]; logits: number[] };
    const generated = await generate(model, [1, 7, 3], { maxNewTokens: 6 });
    expect(result).toMatchObject({ schema: "lintel.run/1", generated, ids: [1, 7, 3, ...generated] });
    expect(result["tokensPerSecond"]).toBeGreaterThan(0);
    const all = model.forward(tensor([result.ids], { dtype: "int32" })).toArray() as number[][][];
    expect(result.logits).toEqual(all[0].at(-1));
  });

  it("prints ids, and without --greedy runs the prompt alone", async () => {
    expect((await lintel("run", folder, "--ids", "1,7", "--greedy", "2")).stdout).toMatch(
      /^1,7,\d+,\d+\n[\d.]+ tokens\/s\n$/,
    );
    const { stdout } = await lintel("run", folder, "--ids", "1,7", "--json");
    expect(JSON.parse(stdout)).toMatchObject({ ids: [1, 7], generated: [], tokensPerSecond: null });
  });

  it.each([
    [["--ids", "1,40"], "--ids has 40, but"],
    [["--ids", "one"], "--ids must be token ids separated by commas"],
    [["--ids", Array.from({ length: 33 }, () => 1).join(",")], "has 32 positions"],
    [["--ids", "1,2", "--greedy", "31"], "has 32 positions; ask for 30 at most"],
    [[], "required option '--ids <list>' not specified"],
    [["--ids", "1", "--greedy", "-1"], "--greedy must be a whole number from 0"],
  ])("refuses %j", async (argv, message) => {
    const { code, stdout, stderr } = await lintel("run", folder, ...argv);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(message);
  });
});

it.each([
  ["gpt2", "'gpt2' is a preset, a config without weights; give a folder with config.json and *.safetensors"],
  ["/no/such", "'/no/such': no such folder"],
  ["", "the name of a model is empty"],
])("lintel run %j says what is missing", async (given, message) => {
  const { code, stderr } = await lintel("run", given, "--ids", "1");
  expect(code).toBe(2);
  expect(stderr).toContain(message);
});

it("lintel run refuses to continue with an encoder before it looks for weights", async () => {
  const encoder = mkdtempSync(join(folder, "encoder-"));
  writeFileSync(join(encoder, "config.json"), JSON.stringify(findPreset("bert-base-uncased")));
  const { code, stderr } = await lintel("run", encoder, "--ids", "1", "--greedy", "2");
  expect([code, stderr]).toEqual([2, expect.stringContaining("is an encoder: it predicts no next token")]);
});

describe("lintel run --profile", () => {
  const profileOf = async (...flags: string[]) => {
    const { code, stdout, stderr } = await lintel("run", folder, "--ids", "1,7,3", "--profile", ...flags);
    expect([code, stderr]).toEqual([0, ""]);
    return stdout;
  };

  it("adds to the run what it measured beside what it predicted", async () => {
    const result = JSON.parse(await profileOf("--greedy", "4", "--json")) as {
      generated: number[];
      profile: Profile;
    };
    expect(result).toMatchObject({ schema: "lintel.run/1", generated: { length: 4 } });
    expect(result.generated).toEqual(await generate(model, [1, 7, 3], { maxNewTokens: 4 }));
    const { prefill, decode, hardware } = result.profile;
    expect(hardware.id).toBe("this-machine");
    expect(prefill).toMatchObject({ passes: 1, tokens: 3 });
    expect(decode).toMatchObject({ passes: 3, tokens: 1 });
    for (const phase of [prefill, decode!]) {
      expect(phase.predictedSeconds).toBeGreaterThan(0);
      expect(phase.measuredSeconds).toBeGreaterThan(0);
      expect(phase.ops.find(({ op }) => op === "linear")?.uses).toBe(15); // 7 in each of 2 layers, and the head
      expect(phase.blocks.children[0].children.map(({ name }) => name)).toContain("layers.{0..1}");
    }
  });

  it("predicts what the abstract analysis of the same pass predicts", async () => {
    const { profile } = JSON.parse(await profileOf("--json")) as { profile: Profile };
    expect(profile.decode).toBeNull();
    const options = { seq: 3, dtype: "float32", gpu: profile.hardware } as const;
    const { time } = analyze(config, options);
    expect(profile.prefill.predictedSeconds).toBeCloseTo(time.forwardSeconds!, 12);
  });

  it("prints tables below the tokens", async () => {
    const text = await profileOf("--greedy", "2");
    expect(text).toMatch(/^1,7,3,\d+,\d+\n[\d.]+ tokens\/s\n\nPrefill, 3 tokens at once: /);
    for (const title of ["Prefill by kind of op", "Prefill by module", "Decode by kind of op", "Notes"]) {
      expect(text).toContain(`\n${title}\n`);
    }
  });

  it("measures again only with --profile", async () => {
    const { code, stderr } = await lintel("run", folder, "--ids", "1", "--remeasure");
    expect([code, stderr]).toEqual([2, "lintel: --remeasure needs --profile\n"]);
  });
});

describe("a file instead of its folder", () => {
  const run = (path: string) => lintel("run", path, "--ids", "1,7", "--greedy", "2");
  const priced = async (path: string) => {
    const { code, stdout, stderr } = await lintel("analyze", path, "--seq", "8", "--json");
    expect([code, stderr]).toEqual([0, ""]);
    return JSON.parse(stdout) as Analysis;
  };
  const tokens = async (path: string) => (await run(path)).stdout.split("\n")[0];

  it("is taken for the folder's model", async () => {
    const expected = await tokens(folder);
    expect(expected).toMatch(/^1,7,\d+,\d+$/);
    for (const name of ["model.safetensors", "config.json"]) {
      expect(await tokens(join(folder, name))).toBe(expected);
    }
    expect(await priced(join(folder, "model.safetensors"))).toEqual(await priced(folder));
    expect((await priced(join(folder, "config.json"))).checkpoint).toBeNull();
  });

  it("says which model, where the folder holds several", async () => {
    const path = copy("two");
    const [one, other] = [join(path, "one.safetensors"), join(path, "other.safetensors")];
    renameSync(join(path, "model.safetensors"), one);
    await writeSafetensors(other, Object.fromEntries(buildModel(config, { seed: 6 }).namedParameters()));
    expect((await run(path)).stderr).toContain(
      'holds more than one model: "one.safetensors", "other.safetensors"',
    );
    expect(await tokens(one)).toBe(await tokens(folder));
    expect(await tokens(other)).not.toBe(await tokens(one));
  });

  it("is the whole model where it is one of its shards", async () => {
    const path = copy("shards");
    await writeSafetensors(join(path, "model.safetensors"), Object.fromEntries(model.namedParameters()), {
      maxShardBytes: 4000,
    });
    const shard = readdirSync(path).find((name) => name.includes("-of-"))!;
    expect(await tokens(join(path, shard))).toBe(await tokens(folder));
    expect((await priced(join(path, shard))).checkpoint?.matches).toBe(true);
  });

  it("is refused where no config says what the weights are of", async () => {
    const path = copy("alone");
    rmSync(join(path, "config.json"));
    for (const verb of ["run", "analyze"]) {
      const flags = verb === "run" ? ["--ids", "1"] : [];
      expect(await lintel(verb, join(path, "model.safetensors"), ...flags)).toMatchObject({
        code: 2,
        stderr: expect.stringContaining("model.safetensors holds weights, and no config.json"),
      });
    }
  });
});

describe("broken weights", () => {
  const expectRefused = async (path: string, ...words: string[]) => {
    const { code, stdout, stderr } = await lintel("run", path, "--ids", "1");
    expect([code, stdout]).toEqual([2, ""]);
    for (const word of words) expect(stderr).toContain(word);
    expect(stderr).not.toMatch(/\n\s+at /);
  };

  it("names the file that is cut short", async () => {
    const path = copy("short");
    const file = join(path, "model.safetensors");
    truncateSync(file, readFileSync(file).length - 10);
    await expectRefused(path, "model.safetensors");
    truncateSync(file, 5);
    await expectRefused(path, "model.safetensors");
  });

  it("names the weight that is missing or of another shape", async () => {
    const { "model.norm.weight": norm, ...others } = Object.fromEntries(model.namedParameters());
    expect(norm.sizes).toEqual([16]);
    await expectRefused(await write(copy("missing"), others), "model.norm.weight", "missing");
    await expectRefused(
      await write(copy("wide"), Object.fromEntries(model.namedParameters()), { intermediate_size: 20 }),
      "[24, 16]",
      "[20, 16]",
    );
  });

  it("says that a folder holds nothing", async () => {
    await expectRefused(mkdtempSync(join(folder, "empty-")), "config.json");
  });
});

describe("lintel analyze <folder>", () => {
  const check = async (path: string) => {
    const { code, stdout } = await lintel("analyze", path, "--seq", "8", "--json");
    expect(code).toBe(0);
    return (JSON.parse(stdout) as Analysis).checkpoint;
  };

  it("matches the header exactly", async () => {
    const parameters = model.parameterCount;
    expect(await check(folder)).toEqual({ parameters, difference: 0, matches: true, differences: [] });
    expect((await lintel("analyze", folder, "--seq", "8")).stdout).toContain(
      "✔ Definition matches the safetensors header exactly: Δ = 0",
    );
  });

  it("lists what differs", async () => {
    const { "model.norm.weight": _, ...others } = Object.fromEntries(model.namedParameters());
    const path = await write(copy("differs"), { ...others, "model.extra.weight": tensor([1, 2]) });
    expect(await check(path)).toMatchObject({
      difference: 14,
      matches: false,
      differences: ["model.norm.weight [16] is missing", "model.extra.weight [2] is not in the definition"],
    });
  });

  it("refuses weights of another shape than the config asks for", async () => {
    const path = await write(copy("other"), Object.fromEntries(model.namedParameters()), {
      intermediate_size: 20,
    });
    const { code, stdout, stderr } = await lintel("analyze", path, "--seq", "8");
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain("has shape [24, 16], but the config asks for [20, 16]");
  });

  it("prices a folder that holds a config alone", async () => {
    const path = mkdtempSync(join(folder, "config-"));
    copyFileSync(join(folder, "config.json"), join(path, "config.json"));
    expect(await check(path)).toBeNull();
  });
});
