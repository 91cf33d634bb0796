import * as fc from "fast-check";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { describeWithData } from "../../test/data.js";
import { fromElements } from "../tensor/create.js";
import { allocate, bytesOf, dtypes } from "../tensor/dtype.js";
import { encodeSafetensors, openSafetensors } from "./index.js";

/** A tensor of any dtype and shape, zero sizes and scalars too, with arbitrary bits. */
const anyTensor = fc
  .record({
    dtype: fc.constantFrom(...dtypes),
    shape: fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 4 }),
    seed: fc.integer(),
  })
  .map(({ dtype, shape, seed }) => {
    const size = shape.reduce((product, dim) => product * dim, 1);
    const elements = allocate(dtype, size);
    const bytes = new Uint8Array(elements.buffer);
    let state = seed;
    for (let i = 0; i < bytes.length; i++) {
      state = (Math.imul(state, 1664525) + 1013904223) | 0;
      bytes[i] = dtype === "bool" ? (state >>> 30) & 1 : state >>> 24;
    }
    return fromElements(elements, shape, dtype);
  });

const anyName = fc.string({ unit: "grapheme" }).filter((name) => name !== "__metadata__");
const anyTensors = fc.uniqueArray(fc.tuple(anyName, anyTensor), { selector: ([name]) => name, maxLength: 8 });
const anyMetadata = fc.dictionary(fc.string({ unit: "grapheme" }), fc.string({ unit: "grapheme" }));

describe("laws", () => {
  test("reading what was written gives every bit back", async () => {
    await fc.assert(
      fc.asyncProperty(anyTensors, anyMetadata, async (tensors, metadata) => {
        const file = await openSafetensors(await encodeSafetensors(tensors, { metadata }));
        expect(file.warnings).toEqual([]);
        expect(Object.entries(file.metadata)).toEqual(Object.entries(metadata));
        expect(file.names.toSorted()).toEqual(tensors.map(([name]) => name).toSorted());
        for (const [name, { dtype, sizes, elements }] of tensors) {
          const read = await file.tensor(name);
          expect([read.dtype, read.sizes]).toEqual([dtype, sizes]);
          expect(new Uint8Array(read.elements.buffer)).toEqual(new Uint8Array(elements.buffer));
        }
      }),
    );
  });

  test("writing what was read gives the same file, in whatever order it comes", async () => {
    await fc.assert(
      fc.asyncProperty(anyTensors, anyMetadata, async (tensors, metadata) => {
        const bytes = await encodeSafetensors(tensors, { metadata });
        const file = await openSafetensors(bytes);
        const again = await Promise.all(
          file.names.toReversed().map(async (name) => [name, await file.tensor(name)] as const),
        );
        expect(await encodeSafetensors(new Map(again), { metadata: file.metadata })).toEqual(bytes);
      }),
    );
  });

  test("all data is aligned to its dtype, the header to 8", async () => {
    await fc.assert(
      fc.asyncProperty(anyTensors, async (tensors) => {
        const file = await openSafetensors(await encodeSafetensors(tensors));
        for (const [name, { dtype }] of tensors) expect(file.info(name).offset % bytesOf(dtype)).toBe(0);
      }),
    );
  });
});

describeWithData("files by the reference writer", (folder) => {
  test.each([
    "weights/stories260K-hf/model.safetensors",
    "weights/gpt-nano-sort/model.safetensors",
    "weights/sam-lora/lora_rank2.safetensors",
    "safetensors-conformance/files/SafeTensors.jl__model.safetensors", // 12 dtypes, 8-bit floats among them
    "safetensors-conformance/files/SafeTensors.jl__model-00001-of-00006.safetensors",
  ])("%s comes back byte by byte", async (name) => {
    const original = new Uint8Array(await readFile(join(folder, name)));
    const file = await openSafetensors(original);
    const tensors = file.names.toReversed().map((key) => {
      const { storedDType: dtype, shape } = file.info(key);
      return [key, { dtype, shape, data: () => file.bytes(key) }] as const;
    });
    const copy = await encodeSafetensors(tensors, { metadata: file.metadata });
    expect(Buffer.compare(copy, original)).toBe(0);
  });
});
