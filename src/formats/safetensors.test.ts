import { describe, expect, test } from "vitest";
import { craft, entry, formatError, WatchedBlob } from "../../test/fuzz/crafted.js";
import { FormatError } from "../base/errors.js";
import { openSafetensors } from "./index.js";

const one = entry("U8", [4], 0, 4);

describe("names that are special in JavaScript", () => {
  test("stay ordinary names", async () => {
    const names = ["__proto__", "constructor", "10", "9", "", "nul\0in", "../../etc/passwd", "日本語"];
    const header = names.map((name, i) => `${JSON.stringify(name)}:${entry("U8", [1], i, i + 1)}`).join(",");
    const metadata = `"__metadata__":{"__proto__":"x","2":"b","1":"a"}`;
    const file = await openSafetensors(craft(`{${metadata},${header}}`, Uint8Array.from(names.keys())));
    expect(file.names).toEqual(names);
    for (const [i, name] of names.entries()) expect((await file.tensor(name)).item()).toBe(i);
    expect(Object.getPrototypeOf(file.metadata)).toBe(Object.prototype);
    expect(Object.entries(file.metadata)).toContainEqual(["__proto__", "x"]);
    expect(file.has("toString")).toBe(false);
    expect(() => file.info("toString")).toThrow(FormatError);
  });
});

/** A file with far too many bytes between its start and its end. */
class FarBlob extends Blob {
  readonly #start: Uint8Array<ArrayBuffer>;
  readonly #gap: number;
  readonly #end: Uint8Array<ArrayBuffer>;

  constructor(start: Uint8Array<ArrayBuffer>, gap: number, end: Uint8Array<ArrayBuffer>) {
    super([]);
    Object.defineProperty(this, "size", { value: start.length + gap + end.length });
    this.#start = start;
    this.#gap = gap;
    this.#end = end;
  }

  override slice(begin: number, end: number): Blob {
    const skipped = this.#start.length + this.#gap;
    const bytes =
      begin < skipped ? this.#start.subarray(begin, end) : this.#end.subarray(begin - skipped, end - skipped);
    return new Blob([bytes]);
  }
}

describe("reading is lazy", () => {
  test("opening reads the header, a tensor its own bytes", async () => {
    const header = `{"a":${entry("U8", [1], 0, 1)},"b":${entry("F32", [2], 1, 9)},"c":${entry("U8", [1000], 9, 1009)}}`;
    const data = new Uint8Array(1009);
    data.set(new Uint8Array(Float32Array.of(1.5, -2).buffer), 1); // not aligned
    const blob = new WatchedBlob([craft(header, data)]);
    const file = await openSafetensors(blob);
    expect(blob.ranges).toEqual([
      [0, 8],
      [8, 8 + header.length],
    ]);
    const b = await file.tensor("b");
    expect(b.toArray()).toEqual([1.5, -2]);
    expect(blob.ranges[2]).toEqual([8 + header.length + 1, 8 + header.length + 9]);
    expect(file.info("b").offset).toBe(8 + header.length + 1);
    expect(file.parameterCount).toBe(1003);
  });

  test("a tensor beyond 4 GiB is read from its place", async () => {
    const far = 2 ** 40;
    const header = `{"big":${entry("U8", [far], 0, far)},"t":${entry("U8", [2], far, far + 2)}}`;
    const file = await openSafetensors(new FarBlob(craft(header), far, Uint8Array.of(3, 5)));
    expect(file.parameterCount).toBe(far + 2);
    expect((await file.tensor("t")).toArray()).toEqual([3, 5]);
    const error = await formatError(file.tensor("big"));
    expect(error.message).toMatch(/tensor "big": 1,099,511,627,776 bytes do not fit in memory/);
  });

  test("a header length beyond the file is refused before it is read", async () => {
    for (const length of [100_000_000n, 100_000_001n, 2n ** 63n, 2n ** 64n - 1n, 9n]) {
      const bytes = craft("{}      ");
      new DataView(bytes.buffer).setBigUint64(0, length, true);
      const blob = new WatchedBlob([bytes]);
      await formatError(openSafetensors(blob));
      expect(blob.bytesRead).toBeLessThanOrEqual(8 + bytes.length);
    }
  });

  test("a hundred thousand tensors on one range are refused", async () => {
    const members = Array.from({ length: 100_000 }, (_, i) => `"${i}":${one}`);
    const error = await formatError(openSafetensors(craft(`{${members.join(",")}}`, 4)));
    expect(error.message).toMatch(/overlap/);
  });
});

describe("other files are named for what they are", () => {
  const lfs = "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 57146768\n";
  test.each([
    [lfs, /a Git LFS pointer.*git lfs pull.*57,146,768 bytes/],
    ["<!DOCTYPE html>\n<html></html>", /HTML or XML page/],
    ["\n<html><body>404</body></html>", /HTML or XML page/],
    ["<html>", /HTML or XML page/],
    ["PK\x03\x04\x14\0\0\0\0\0", /zip archive, as torch\.save/],
    ["GGUF\x03\0\0\0\x10\0\0\0", /GGUF/],
    [`{"metadata": {}}`, /openCheckpoint/],
    ["", /the file is empty/],
    ["abc", /too short/],
  ])("%j", async (text, message) => {
    const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0));
    expect((await formatError(openSafetensors(bytes))).message).toMatch(message);
  });

  test("a missing file and a folder", async () => {
    expect((await formatError(openSafetensors("no/such.safetensors"))).message).toMatch(/no such file/);
    const error = await formatError(openSafetensors(import.meta.dirname));
    expect(error.message).toMatch(/is a folder.*openCheckpoint/);
    expect(error.details["file"]).toBe(import.meta.dirname);
  });
});

describe("a file", () => {
  test("accepts a URL, and nothing is read after close", async () => {
    const url = new URL("no such file.safetensors", import.meta.url);
    expect((await formatError(openSafetensors(url))).message).toMatch(
      /no such file\.safetensors: no such file/,
    );
    const file = await openSafetensors(craft(`{"t":${one}}`, 4));
    await file[Symbol.asyncDispose]();
    await file.close();
    expect((await formatError(file.tensor("t"))).message).toMatch(/closed/);
  });

  test("an unknown name shows those most alike", async () => {
    const names = ["layers.0.q.weight", "layers.0.k.weight", "head.bias"];
    const members = names.map((name, i) => `"${name}":${entry("U8", [1], i, i + 1)}`);
    const file = await openSafetensors(craft(`{${members.join(",")}}`, 3));
    expect(() => file.info("layers.0.v.weight")).toThrow(
      'tensor "layers.0.v.weight": there is no such tensor; it has 3, among them "layers.0.q.weight", ' +
        '"layers.0.k.weight", "head.bias"',
    );
  });
});
