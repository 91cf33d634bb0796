import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { craft, entry, formatError } from "../../test/fuzz/crafted.js";
import { openCheckpoint } from "./index.js";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "lintel-checkpoint-"));
});
afterEach(() => rm(folder, { recursive: true }));

/** A file whose tensors have one byte each: 1, 2, … */
const bytesFile = (...names: string[]): Uint8Array =>
  craft(
    `{${names.map((name, i) => `${JSON.stringify(name)}:${entry("U8", [1], i, i + 1)}`).join(",")}}`,
    Uint8Array.from(names, (_, i) => i + 1),
  );

const put = (files: Readonly<Record<string, string | Uint8Array>>): Promise<unknown> =>
  Promise.all(Object.entries(files).map(([name, content]) => writeFile(join(folder, name), content)));

const index = "model.safetensors.index.json";
const [first, second] = ["model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors"];
const indexOf = (map: Readonly<Record<string, unknown>>, metadata: object = {}): string =>
  JSON.stringify({ metadata, weight_map: map });

const failure = async (path = folder): Promise<string> => (await formatError(openCheckpoint(path))).message;

describe("a model folder", () => {
  test("with one file", async () => {
    await put({ "model.safetensors": bytesFile("a", "b"), "config.json": "{}", "pytorch_model.bin": "" });
    const model = await openCheckpoint(folder);
    expect(model.names).toEqual(["a", "b"]);
    expect(model.files).toEqual([join(folder, "model.safetensors")]);
    await model.close();
  });

  test("with one file of another name, and by the path of a file", async () => {
    await put({ "adapter_model.safetensors": bytesFile("lora_A") });
    for (const path of [folder, join(folder, "adapter_model.safetensors")]) {
      const model = await openCheckpoint(path);
      expect(model.names).toEqual(["lora_A"]);
      await model.close();
    }
  });

  test("with shards is one view, by folder and by index", async () => {
    await put({
      [first]: bytesFile("a", "b"),
      [second]: bytesFile("c"),
      [index]: indexOf({ c: second, a: first, b: first }, { total_size: 3 }),
    });
    for (const path of [folder, join(folder, index)]) {
      const model = await openCheckpoint(path);
      expect(model.names.toSorted()).toEqual(["a", "b", "c"]);
      expect(model.parameterCount).toBe(3);
      expect(model.warnings).toEqual([]);
      expect((await model.tensor("b")).item()).toBe(2);
      expect((await model.tensor("c")).item()).toBe(1);
      expect(model.info("c").file).toBe(join(folder, second));
      expect(() => model.info("d")).toThrow(/"d": there is no such tensor; it has 3/);
      await model[Symbol.asyncDispose]();
      expect((await formatError(model.bytes("a"))).message).toMatch(/closed/);
    }
  });

  test("prefers model.safetensors to shards, as transformers does", async () => {
    await put({
      "model.safetensors": bytesFile("whole"),
      [first]: bytesFile("a"),
      [index]: indexOf({ a: first }),
    });
    const model = await openCheckpoint(folder);
    expect(model.names).toEqual(["whole"]);
    await model.close();
  });

  test("without weights says what it holds", async () => {
    expect(await failure(join(folder, "nowhere"))).toMatch(/nowhere: no such file/);
    expect(await failure()).toMatch(/holds no weights .*; found an empty folder/);
    await put({ "config.json": "{}", "merges.txt": "" });
    expect(await failure()).toMatch(/holds no weights .*; found "config.json", "merges.txt"/);
    await put({ "pytorch_model.bin": "" });
    expect(await failure()).toMatch(/"pytorch_model.bin" is a pickle.*convert it to safetensors/);
    expect(await failure(join(folder, "pytorch_model.bin"))).toMatch(/convert it to safetensors/);
    await put({ [first]: bytesFile("a") });
    expect(await failure()).toMatch(/holds the shards "model-00001-of-00002.safetensors" but no index/);
    await put({ "x.safetensors": bytesFile("a"), "y.safetensors": bytesFile("a") });
    expect(await failure()).toMatch(/more than one model: "x.safetensors", "y.safetensors"/);
  });
});

describe("a shard index", () => {
  const refused: readonly [why: string, index: string, message: RegExp][] = [
    ["that is no JSON", "{", /the shard index is not valid JSON/],
    ["that is no object", "[]", /must be a JSON object/],
    ["without weight_map", "{}", /has no weight_map/],
    ["with a list for weight_map", `{"weight_map":[]}`, /weight_map must be an object/],
    ["with a number for a shard", indexOf({ a: 1 }), /"a": its shard must be a file name/],
    ["that maps a tensor to two shards", `{"weight_map":{"a":"${first}","a":"${second}"}}`, /mapped twice/],
    ["that names a tensor its shard lacks", indexOf({ a: first, z: first }), /"z": is not in its shard/],
    [
      "that maps a tensor to the wrong shard",
      indexOf({ a: first, c: first, b: second }),
      /is not in its shard|but is mapped to/,
    ],
    [
      "with a missing shard",
      indexOf({ a: "model-3.safetensors" }),
      /its shard "model-3.safetensors": no such file/,
    ],
  ];

  test.each(refused)("%s is refused", async (_, content, message) => {
    await put({ [first]: bytesFile("a", "b"), [second]: bytesFile("c"), [index]: content });
    const error = await formatError(openCheckpoint(folder));
    expect(error.message).toMatch(message);
    expect(error.details["file"]).toBe(join(folder, index));
  });

  test("with a tensor in two shards is refused", async () => {
    await put({
      [first]: bytesFile("a"),
      [second]: bytesFile("b", "a"),
      [index]: indexOf({ a: first, b: second }),
    });
    expect(await failure()).toMatch(/"a": lies in model-00002.* but is mapped to model-00001/);
  });

  test.each([
    "../model.safetensors",
    "/etc/passwd",
    "..",
    ".",
    "",
    "sub/model.safetensors",
    String.raw`..\model.safetensors`,
    "C:model.safetensors",
    "model.safetensors\0.txt",
  ])("with the shard name %j is refused", async (name) => {
    await put({ [index]: indexOf({ a: name }) });
    expect(await failure()).toMatch(/"a": its shard ".*" is not a plain file name/);
  });

  test("is warned about: unlisted tensors, a wrong total_size", async () => {
    await put({
      [first]: bytesFile("a", "extra"),
      [index]: indexOf({ a: first }, { total_size: 1234567 }),
    });
    const model = await openCheckpoint(folder);
    expect(model.names).toEqual(["a"]);
    expect(model.warnings).toEqual([
      `${join(folder, index)}: does not list "extra" of ${first}`,
      `${join(folder, index)}: total_size is 1,234,567, the tensors take 1 bytes`,
    ]);
    await model.close();
  });
});

describe("links", () => {
  test("out of the folder are refused", async () => {
    const model = join(folder, "model");
    await mkdir(model);
    await put({ "secret.safetensors": bytesFile("a"), [`model/${index}`]: indexOf({ a: first }) });
    await symlink(join(folder, "secret.safetensors"), join(model, first));
    expect(await failure(model)).toMatch(/is a link to ".*secret.safetensors", outside of the model folder/);
  });

  test("from a snapshot of the Hugging Face cache to its blobs are followed", async () => {
    const snapshot = join(folder, "models--org--name", "snapshots", "0123abc");
    const blobs = join(folder, "models--org--name", "blobs");
    await mkdir(snapshot, { recursive: true });
    await mkdir(blobs);
    await writeFile(join(blobs, "f00d"), bytesFile("a"));
    await writeFile(join(blobs, "beef"), indexOf({ a: first }));
    await symlink("../../blobs/f00d", join(snapshot, first));
    await symlink("../../blobs/beef", join(snapshot, index));
    const model = await openCheckpoint(snapshot);
    expect((await model.tensor("a")).item()).toBe(1);
    await model.close();

    const other = join(folder, "models--other", "blobs");
    await mkdir(other, { recursive: true });
    await writeFile(join(other, "f00d"), await readFile(join(blobs, "f00d")));
    await rm(join(snapshot, first));
    await symlink("../../../models--other/blobs/f00d", join(snapshot, first));
    expect(await failure(snapshot)).toMatch(/outside of the model folder/);
  });

  test("a linked model folder is a model folder", async () => {
    await mkdir(join(folder, "real"));
    await put({ [`real/${first}`]: bytesFile("a"), [`real/${index}`]: indexOf({ a: first }) });
    await symlink("real", join(folder, "alias"));
    const model = await openCheckpoint(join(folder, "alias"));
    expect(model.files).toEqual([join(folder, "alias", first)]);
    await model.close();
  });
});
