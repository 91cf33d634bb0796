import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { craft, entry, formatError } from "../../test/fuzz/crafted.js";
import { abstractTensor, arange, randn, tensor } from "../tensor/create.js";
import { Tensor } from "../tensor/tensor.js";
import { encodeSafetensors, openCheckpoint, openSafetensors, writeSafetensors } from "./index.js";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "lintel-write-"));
});
afterEach(() => rm(folder, { recursive: true }));

const inFolder = (name: string): string => join(folder, name);

describe("the bytes", () => {
  test("are those of the reference writer", async () => {
    const attn0 = tensor([
      [
        [0, 1, 2],
        [3, 4, 5],
      ],
    ]);
    const data = new Uint8Array(Float32Array.of(0, 1, 2, 3, 4, 5).buffer);
    const header = `{"attn.0":${entry("F32", [1, 2, 3], 0, 24)}}`;
    expect(await encodeSafetensors({ "attn.0": attn0 })).toEqual(craft(header, data));
    expect(
      await encodeSafetensors({ attn0: attn0.withView({ dims: [1, 1, 2, 3], strides: [6, 6, 3, 1] }) }),
    ).toEqual(craft(`{"attn0":${entry("F32", [1, 1, 2, 3], 0, 24)}}       `, data));
    expect(await encodeSafetensors({})).toEqual(craft("{}      "));
    expect(await encodeSafetensors({}, { metadata: { framework: "pt" } })).toEqual(
      craft(`{"__metadata__":{"framework":"pt"}}     `),
    );
  });

  test("sort by dtype, then by name as UTF-8 does", async () => {
    const names = ["\u{10000}", "\uffee", "b", "B", "a"];
    const bytes = await encodeSafetensors([
      ["half", tensor([1], { dtype: "float16" })],
      ...names.map((name) => [name, tensor([1])] as const),
      ["flag", tensor([true])],
      ["ids", tensor([1n])],
      ["double", tensor([1], { dtype: "float64" })],
    ]);
    const expected = ["ids", "double", "B", "a", "b", "\uffee", "\u{10000}", "half", "flag"];
    expect((await openSafetensors(bytes)).names).toEqual(expected);
  });

  test("follow views in row-major order", async () => {
    const base = arange(0, 6, 1, { dtype: "float32" });
    const transposed = base.withView({ dims: [3, 2], strides: [1, 3] });
    const expanded = base.withView({ dims: [2, 2], strides: [0, 1], offset: 4 });
    const later = new Tensor({
      dims: [2],
      dtype: "float32",
      offset: 1,
      storage: { device: "elsewhere", read: async () => Float32Array.of(7, 8, 9) },
    });
    const file = await openSafetensors(await encodeSafetensors({ transposed, expanded, later }));
    expect((await file.tensor("transposed")).toArray()).toEqual([
      [0, 3],
      [1, 4],
      [2, 5],
    ]);
    expect((await file.tensor("expanded")).toArray()).toEqual([
      [4, 5],
      [4, 5],
    ]);
    expect((await file.tensor("later")).toArray()).toEqual([8, 9]);
  });

  test("of dtypes without a tensor pass through raw", async () => {
    const raw = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8);
    const shapes = { F4: [16], C64: [1], U64: [1], F8_E4M3: [2, 4], I16: [4] };
    const tensors = Object.entries(shapes).map(
      ([dtype, shape]) => [dtype, { dtype: dtype as "F4", shape, data: () => raw }] as const,
    );
    const file = await openSafetensors(await encodeSafetensors(tensors));
    for (const [name, shape] of Object.entries(shapes)) {
      expect(file.info(name)).toMatchObject({ storedDType: name, shape });
      expect(await file.bytes(name)).toEqual(raw);
    }
    expect((await formatError(file.tensor("F4"))).message).toMatch(/F4 has no tensor type.*bytes\("F4"\)/);
  });
});

describe("shards", () => {
  const four = { a: randn([10]), b: randn([10]), c: randn([30]), d: randn([5]) }; // 40, 40, 120, 20 bytes

  test("hold at most maxShardBytes, a larger tensor alone, and read back as one", async () => {
    const written = await writeSafetensors(inFolder("model.safetensors"), four, {
      maxShardBytes: 80,
      metadata: { format: "pt" },
    });
    const names = [1, 2, 3].map((i) => `model-0000${i}-of-00003.safetensors`);
    const index = "model.safetensors.index.json";
    expect(written).toEqual({ files: names.map(inFolder), index: inFolder(index), totalBytes: 220 });
    expect((await readdir(folder)).toSorted()).toEqual([...names, index]);
    expect(JSON.parse(await readFile(inFolder(index), "utf8"))).toEqual({
      metadata: { total_size: 220 },
      weight_map: { a: names[0], b: names[0], c: names[1], d: names[2] },
    });
    const model = await openCheckpoint(folder);
    expect(model.warnings).toEqual([]);
    expect(model.metadata).toEqual({ format: "pt" });
    expect(model.parameterCount).toBe(55);
    for (const [name, { elements }] of Object.entries(four)) {
      expect((await model.tensor(name)).elements).toEqual(elements);
    }
    await model.close();
  });

  test("replace an older whole file, which would hide them", async () => {
    const path = inFolder("model.safetensors");
    await writeSafetensors(path, { old: tensor([1]) });
    await writeSafetensors(path, four, { maxShardBytes: 80 });
    const model = await openCheckpoint(folder);
    expect(model.names).toEqual(["a", "b", "c", "d"]);
    await model.close();
  });

  test("one shard needs no index", async () => {
    await writeSafetensors(inFolder("model.safetensors"), four, { maxShardBytes: 220 });
    expect(await readdir(folder)).toEqual(["model.safetensors"]);
  });
});

describe("a failure", () => {
  const good = tensor([1, 2]);
  const fails = (data: () => Promise<Tensor>): readonly (readonly [string, object])[] => [
    ["a", good],
    ["b", good],
    ["z", { dtype: "float32", shape: [2], data }],
  ];
  const lazy: readonly (readonly [string, () => Promise<Tensor>, RegExp])[] = [
    ["data that cannot be made", () => Promise.reject(new Error("out of luck")), /out of luck/],
    [
      "another shape than announced",
      async () => tensor([1, 2, 3]),
      /"z": float32 \[2\] was announced, but float32 \[3\]/,
    ],
    [
      "another dtype than announced",
      async () => tensor([1n, 2n]),
      /float32 \[2\] was announced, but int64 \[2\]/,
    ],
  ];

  test.each(lazy)("%s leaves no file behind", async (_, data, message) => {
    for (const maxShardBytes of [1000, 8]) {
      const tensors = fails(data) as readonly (readonly [string, Tensor])[];
      const writing = writeSafetensors(inFolder("model.safetensors"), tensors, { maxShardBytes });
      await expect(writing).rejects.toThrow(message);
      expect(await readdir(folder)).toEqual([]);
    }
  });

  test("leaves an older file as it was", async () => {
    const path = inFolder("model.safetensors");
    await writeFile(path, "older");
    const tensors = fails(() => Promise.reject(new Error("x"))) as readonly (readonly [string, Tensor])[];
    await expect(writeSafetensors(path, tensors)).rejects.toThrow("x");
    expect(await readFile(path, "utf8")).toBe("older");
    expect(await readdir(folder)).toEqual(["model.safetensors"]);
  });

  test("names a folder that is given for the file in it, whole or in shards", async () => {
    for (const maxShardBytes of [5e9, 4]) {
      const written = writeSafetensors(folder, { a: tensor([1]), b: tensor([2]) }, { maxShardBytes });
      const name = inFolder("model.safetensors");
      expect((await formatError(written)).message).toContain(
        `is a folder; name the file in it, such as ${name}`,
      );
    }
    expect(await readdir(folder)).toEqual([]);
  });

  test("names what is wrong before anything is written", async () => {
    const write = (tensors: Parameters<typeof writeSafetensors>[1], metadata = {}): Promise<unknown> =>
      formatError(writeSafetensors(inFolder("m.safetensors"), tensors, { metadata })).then(
        ({ message }) => message,
      );
    const lazyOf = (dtype: string, shape: number[]) => ({ dtype: dtype as "F32", shape, data: () => good });
    expect(await write({ __metadata__: good })).toMatch(/taken by the format/);
    expect(
      await write([
        ["t", good],
        ["t", good],
      ]),
    ).toMatch(/"t": given twice/);
    expect(await write({ "\ud800": good })).toMatch(/half of a surrogate pair/);
    expect(await write({ t: abstractTensor([2]) })).toMatch(/"t": the tensor is abstract/);
    expect(await write({ t: lazyOf("F32", [-1]) })).toMatch(/not all integers >= 0/);
    expect(await write({ t: lazyOf("F31", [1]) })).toMatch(/unknown dtype "F31"/);
    expect(await write({ t: lazyOf("F4", [3]) })).toMatch(/12 bits, not whole bytes/);
    expect(await write({ t: good }, { step: 1 })).toMatch(/metadata "step" must be a string/);
    expect(await readdir(folder)).toEqual([]);
    const missing = await formatError(writeSafetensors(inFolder("no/m.safetensors"), { t: good }));
    expect(missing.message).toMatch(/cannot be written: ENOENT/);
    expect(missing.details).toEqual({ file: inFolder("no/m.safetensors") });
    await expect(writeSafetensors(inFolder("m"), {}, { maxShardBytes: 0 })).rejects.toThrow(/maxShardBytes/);
  });
});

test("a model is written one tensor at a time, from an async source", async () => {
  const events: string[] = [];
  async function* layers() {
    for (const name of ["c", "a", "b"]) {
      events.push(`plan ${name}`);
      const data = async (): Promise<Tensor> => {
        events.push(`make ${name}`);
        return randn([4], { seed: 3 });
      };
      yield [name, { dtype: "float32", shape: [4], data }] as const;
    }
  }
  await writeSafetensors(inFolder("m.safetensors"), layers());
  expect(events).toEqual(["plan c", "plan a", "plan b", "make a", "make b", "make c"]);
});
