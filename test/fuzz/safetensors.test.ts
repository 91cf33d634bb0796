import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FormatError } from "../../src/base/errors.js";
import { openSafetensors, type Checkpoint } from "../../src/formats/index.js";
import { craft, entry, WatchedBlob } from "./crafted.js";

const sizes = {
  BOOL: 8,
  U8: 8,
  I16: 16,
  BF16: 16,
  F32: 32,
  F64: 64,
  I64: 64,
  F8_E4M3: 8,
  F6_E2M3: 6,
  F4: 4,
  C64: 64,
};

interface Valid {
  readonly members: readonly string[];
  readonly dataBytes: number;
}

const anyEntry = fc.record({
  name: fc.string({ unit: "grapheme", maxLength: 6 }),
  dtype: fc.constantFrom(...Object.entries(sizes)),
  shape: fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 3 }),
});

/** The members of a valid header and how much data it covers. */
const anyValid: fc.Arbitrary<Valid> = fc
  .uniqueArray(anyEntry, { selector: ({ name }) => name, maxLength: 6 })
  .map((entries) => {
    let end = 0;
    const members = [`"__metadata__":{"format":"pt"}`];
    for (const { name, dtype, shape } of entries) {
      // Four times as many elements as drawn, so that sub-byte dtypes fill whole bytes.
      const [stored, bits] = dtype;
      const whole = [...shape, 4];
      const begin = end;
      end += (whole.reduce((product, size) => product * size, 1) * bits) / 8;
      members.push(`${JSON.stringify(name)}:${entry(stored, whole, begin, end)}`);
    }
    return { members, dataBytes: end };
  });

const build = ({ members, dataBytes }: Valid): Uint8Array<ArrayBuffer> =>
  craft(`{${members.join(",")}}`, dataBytes);

/**
 * Opens bytes that may be anything. The reader must give a consistent view, or throw a FormatError that names the
 * file; it must never ask for more bytes than the file has. Answers whether it opened.
 */
async function opens(bytes: Uint8Array<ArrayBuffer>): Promise<boolean> {
  const blob = new WatchedBlob([bytes]);
  const opened = await openSafetensors(blob).catch((error: unknown) => error);
  expect(blob.bytesRead).toBeLessThanOrEqual(bytes.length + 8);
  for (const [, end] of blob.ranges) expect(end).toBeLessThanOrEqual(bytes.length);
  if (opened instanceof Error) {
    checkRefusal(opened, bytes.length);
    return false;
  }
  await checkView(opened as Checkpoint, bytes);
  return true;
}

function checkRefusal(error: Error, size: number): void {
  if (!(error instanceof FormatError)) throw error;
  const { file, offset } = error.details;
  expect(file).toMatch(/^<blob of [\d,]+ bytes>$/);
  expect(offset).toBeGreaterThanOrEqual(0);
  expect(offset).toBeLessThanOrEqual(size);
}

async function checkView(file: Checkpoint, bytes: Uint8Array): Promise<void> {
  const infos = file.names.map((name) => file.info(name));
  const headerEnd = bytes.length - infos.reduce((sum, { byteLength }) => sum + byteLength, 0);
  let end = headerEnd;
  for (const info of infos.toSorted((a, b) => a.offset - b.offset || a.byteLength - b.byteLength)) {
    expect(info.offset).toBe(end);
    end += info.byteLength;
    expect(await file.bytes(info.name)).toEqual(bytes.slice(info.offset, end));
    expect(info.size).toBe(info.shape.reduce((product, size) => product * size, 1));
    const tensor = info.dtype === undefined ? undefined : await file.tensor(info.name);
    expect(tensor?.shape ?? info.shape).toEqual(info.shape);
    expect(tensor?.dtype).toBe(info.dtype);
  }
  expect(end).toBe(bytes.length);
}

/** Pieces of headers: every delimiter, numbers at the edge of what is an integer, what JSON must not hold. */
const tokens = [
  ...`{}[]",:0123456789-+.eE\\ \n\0\ufeff`,
  ...String.raw`null 1e3 1.0 -0 9007199254740993 18446744073709551616 \ud800 \u0000`.split(" "),
  ...`"dtype": "F4" "__proto__" "shape":[ "data_offsets":[0,0]`.split(" "),
  "[".repeat(300),
];

/** Ranges that cover bytes without hole or overlap, in any order, one of them perhaps moved by a byte. */
const tilings = fc
  .tuple(
    fc.array(fc.nat(3), { minLength: 1, maxLength: 5 }),
    fc.infiniteStream(fc.nat()),
    fc.option(fc.nat(4)),
  )
  .map(([lengths, keys, moved]) => {
    let begin = 0;
    const ranges = lengths.map((length, i): [number, number] => {
      const at = begin;
      begin += length;
      return [at + (i === moved ? 1 : 0), length];
    });
    const order = new Map(ranges.map((range) => [range, keys.next().value]));
    return ranges.toSorted((a, b) => order.get(a)! - order.get(b)!);
  });

const position = fc.nat(10_000);

describe("the safetensors reader", () => {
  test("opens every valid file", async () => {
    await fc.assert(
      fc.asyncProperty(anyValid, async (valid) => {
        expect(await opens(build(valid))).toBe(true);
      }),
    );
  });

  test("survives flipped bits", async () => {
    const flips = fc.array(fc.tuple(position, fc.nat(7)), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(anyValid, flips, async (valid, places) => {
        const bytes = build(valid);
        for (const [at, bit] of places) bytes[at % bytes.length] ^= 1 << bit;
        expect(await opens(bytes)).toBeTypeOf("boolean");
      }),
      { numRuns: 1500 },
    );
  });

  test("refuses every truncation and every extension of a file with data", async () => {
    await fc.assert(
      fc.asyncProperty(anyValid, position, fc.uint8Array({ minLength: 1 }), async (valid, at, tail) => {
        const bytes = build(valid);
        expect(await opens(bytes.slice(0, at % bytes.length))).toBe(false);
        expect(await opens(Uint8Array.from([...bytes, ...tail]))).toBe(false);
      }),
    );
  });

  test("survives splices of two files", async () => {
    await fc.assert(
      fc.asyncProperty(anyValid, anyValid, position, position, async (one, other, cut, join) => {
        const [head, tail] = [build(one), build(other)];
        const [start, rest] = [head.subarray(0, cut % head.length), tail.subarray(join % tail.length)];
        expect(await opens(Uint8Array.from([...start, ...rest]))).toBeTypeOf("boolean");
      }),
      { numRuns: 500 },
    );
  });

  test("survives edits of the header", async () => {
    const token = fc.constantFrom(...tokens);
    const edits = fc.array(fc.tuple(position, fc.nat(4), token), { minLength: 1, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(anyValid, edits, async ({ members, dataBytes }, changes) => {
        let header = `{${members.join(",")}}`;
        for (const [at, removed, inserted] of changes) {
          const place = at % (header.length + 1);
          header = header.slice(0, place) + inserted + header.slice(place + removed);
        }
        expect(await opens(craft(header, dataBytes))).toBeTypeOf("boolean");
      }),
      { numRuns: 1500 },
    );
  });

  test("survives dropped, repeated and reordered entries", async () => {
    await fc.assert(
      fc.asyncProperty(
        anyValid,
        fc.array(position, { maxLength: 8 }),
        async ({ members, dataBytes }, order) => {
          const chosen = order.map((i) => members[i % members.length]);
          expect(await opens(craft(`{${chosen.join(",")}}`, dataBytes))).toBeTypeOf("boolean");
          expect(await opens(craft(`{${members.toReversed().join(",")}}`, dataBytes))).toBe(true);
        },
      ),
    );
  });

  test("opens exactly when the ranges cover every byte once", async () => {
    const range = fc.tuple(fc.nat(8), fc.nat(4));
    const ranges = fc.oneof(fc.array(range, { maxLength: 5 }), tilings);
    await fc.assert(
      fc.asyncProperty(ranges, async (chosen) => {
        const size = Math.max(0, ...chosen.map(([begin, length]) => begin + length));
        const covered = new Uint8Array(size);
        for (const [begin, length] of chosen) {
          for (let i = begin; i < begin + length; i++) covered[i]++;
        }
        // An empty tensor has a place too: it must start where another ends.
        const ends = new Set([0, ...chosen.map(([begin, length]) => begin + length)]);
        const inside = chosen.some(([at]) =>
          chosen.some(([begin, length]) => begin < at && at < begin + length),
        );
        const tiles =
          covered.every((count) => count === 1) && chosen.every(([begin]) => ends.has(begin)) && !inside;
        const members = chosen.map(
          ([begin, length], i) => `"${i}":${entry("U8", [length], begin, begin + length)}`,
        );
        expect(await opens(craft(`{${members.join(",")}}`, size))).toBe(tiles);
      }),
      { numRuns: 1000 },
    );
  });

  test("survives any header length", async () => {
    const length = fc.oneof(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), fc.bigInt({ min: 0n, max: 300n }));
    await fc.assert(
      fc.asyncProperty(anyValid, length, async (valid, claimed) => {
        const bytes = build(valid);
        new DataView(bytes.buffer).setBigUint64(0, claimed, true);
        expect(await opens(bytes)).toBeTypeOf("boolean");
      }),
      { numRuns: 500 },
    );
  });

  test("survives arbitrary bytes", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 64 }), async (bytes) => {
        expect(await opens(Uint8Array.from(bytes))).toBeTypeOf("boolean");
        expect(await opens(craft(Uint8Array.from(bytes), 4))).toBeTypeOf("boolean");
      }),
      { numRuns: 500 },
    );
  });
});
