import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { instrument, isClaim, pattern, readDocs, spell, type Doc } from "./docs.js";
import { root, runTsc } from "./types/run-tsc.js";

const entries: Readonly<Record<string, string>> = {
  lintel: "src/index.ts",
  "lintel/linalg": "src/linalg/index.ts",
  "lintel/nn": "src/nn/index.ts",
  "lintel/models": "src/models/index.ts",
  "lintel/formats": "src/formats/index.ts",
  "lintel/cost": "src/cost.ts",
};

/** Examples that are type-checked but not run, and why. */
const notRun: Readonly<Record<string, string>> = {
  measureMachine: "takes a second or two and depends on the clock",
  readNpz: "needs an archive, which Lintel does not write",
};

const docs = Object.entries(entries).map(([entry, file]) => ({ entry, file, docs: readDocs(file) }));
const values = new Map<string, readonly string[]>();
for (const [entry, file] of Object.entries(entries)) {
  values.set(entry, Object.keys((await import(`${root}/${file}`)) as object));
}

// In the repository, where TypeScript and its settings are; git ignores it. Examples write their files there.
const folder = `${root}/test/.docs`;
const fileOf = (entry: string): string => `${entry.replace("/", "-")}.ts`;

/** A module of functions, one per example, with every public name in scope; those of `entry` come first. */
function program(entry: string, examples: readonly Doc[]): string {
  const taken = new Set<string>();
  const order = [entry, ...values.keys()];
  const imports = [...new Set(order)].map((from) => {
    const names = values.get(from)!.filter((name) => !taken.has(name));
    for (const name of names) taken.add(name);
    return `import { ${names.join(", ")} } from "../../${entries[from].replace(/ts$/, "js")}";`;
  });
  const bodies = examples.map(
    (doc) => `  ${JSON.stringify(doc.name)}: async (is) => {\n${instrument(doc)}\n  },`,
  );
  return [
    ...imports,
    `type Is = (value: () => unknown, comment: string) => Promise<void>;`,
    `export const examples: Record<string, (is: Is) => Promise<void>> = {`,
    ...bodies,
    `};`,
    ``,
  ].join("\n");
}

const examplesOf = (all: ReadonlyMap<string, Doc>): Doc[] =>
  [...all.values()].filter(({ example }) => example.length > 0);

/** A little Llama, for the examples that open a folder. */
async function writeModel(path: string): Promise<void> {
  const { buildModel } = await import("../src/models/index.js");
  const { writeSafetensors } = await import("../src/formats/index.js");
  const config = {
    model_type: "llama",
    vocab_size: 512,
    hidden_size: 16,
    intermediate_size: 32,
    num_hidden_layers: 2,
    num_attention_heads: 2,
    num_key_value_heads: 1,
    max_position_embeddings: 32,
    rms_norm_eps: 1e-5,
    tie_word_embeddings: true,
  };
  mkdirSync(path, { recursive: true });
  writeFileSync(`${path}/config.json`, JSON.stringify(config));
  const weights = buildModel(config).namedParameters();
  await writeSafetensors(`${path}/model.safetensors`, weights, { metadata: { format: "pt" } });
}

const home = process.cwd();
let typeCheck: ReturnType<typeof runTsc>;
beforeAll(async () => {
  mkdirSync(folder, { recursive: true });
  for (const { entry, docs: all } of docs) {
    writeFileSync(`${folder}/${fileOf(entry)}`, program(entry, examplesOf(all)));
  }
  const config = { extends: "../../tsconfig.json", include: ["*.ts"] };
  writeFileSync(`${folder}/tsconfig.json`, JSON.stringify(config));
  typeCheck = runTsc("-p", "test/.docs"); // while the examples run
  await writeModel(`${folder}/models/llama`);
  process.chdir(folder);
});
afterAll(() => {
  process.chdir(home);
  rmSync(folder, { recursive: true, force: true });
});

describe.each(docs)("the docs of $entry", ({ entry, docs: all }) => {
  test("cover every public name", () => {
    const names = values.get(entry)!;
    expect(names.filter((name) => (all.get(name)?.text ?? "") === "")).toEqual([]);
    const bare = names.filter((name) => !(all.get(name)?.example.some(isClaim) ?? false));
    expect(bare.filter((name) => notRun[name] === undefined)).toEqual([]);
  });

  test.each(examplesOf(all).filter(({ name }) => notRun[name] === undefined))(
    "$name is worth what its example says",
    async ({ name }) => {
      const { examples } = (await import(`${folder}/${fileOf(entry)}`)) as {
        examples: Record<string, (is: typeof expectClaim) => Promise<void>>;
      };
      await examples[name](expectClaim);
    },
  );
});

/** `throws ShapeError` or a value. */
async function expectClaim(value: () => unknown, comment: string): Promise<void> {
  let spelled: string;
  try {
    spelled = spell(await value());
  } catch (error) {
    if (!comment.startsWith("throws ")) throw error;
    spelled = `throws ${(error as Error).name}`;
  }
  expect(spelled).toMatch(pattern(comment));
}

test("a comment that is not the value fails, and so does a call that should have thrown", async () => {
  await expectClaim(() => [0.5, "a"], '[0.…, "a"]');
  await expect(expectClaim(() => 2, "3")).rejects.toThrow("to match");
  await expect(expectClaim(() => 2, "throws ShapeError")).rejects.toThrow("to match");
});

test("every exception is still needed", () => {
  const names = new Set([...values.values()].flat());
  expect(Object.keys(notRun).filter((name) => !names.has(name))).toEqual([]);
});

test("examples type-check", async () => {
  const { diagnostics } = await typeCheck;
  const ours = diagnostics.filter(({ file }) => file.startsWith("test/.docs/"));
  expect(ours.map(({ file, line, text }) => `${file}:${line} ${text}`)).toEqual([]);
});
