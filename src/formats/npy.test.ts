import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { crc32, deflateRawSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { describeWithData } from "../../test/data.js";
import { formatError } from "../../test/fuzz/crafted.js";
import { DTypeError, FormatError } from "../base/errors.js";
import { arange, tensor, zeros } from "../tensor/create.js";
import type { DType } from "../tensor/dtype.js";
import { decodeNpy, encodeNpy, readNpy, readNpz, writeNpy } from "./index.js";

/** A .npy file of any version with this dictionary and these data bytes. */
function npy(dictionary: string, data: readonly number[] | Uint8Array, major = 1): Uint8Array {
  const text = `${dictionary}\n`;
  const length = major === 1 ? [text.length, 0] : [text.length, 0, 0, 0];
  return Uint8Array.from([0x93, ...Buffer.from("NUMPY"), major, 0, ...length, ...Buffer.from(text), ...data]);
}

const base64 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, "base64"));

/** Made by NumPy 2: numpy.save of [[1.5, -2], [3, 4]] as float32. */
const savedFloats = base64(
  "k05VTVBZAQB2AHsnZGVzY3InOiAnPGY0JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDIsIDIpLCB9" +
    `${"ICAg".repeat(19)}IAoAAMA/AAAAwAAAQEAAAIBA`,
);

/** Made by NumPy 2: arange(6) as big-endian int16, [2, 3] in Fortran order, format 2.0. */
const savedFortran = base64(
  "k05VTVBZAgB0AAAAeydkZXNjcic6ICc+aTInLCAnZm9ydHJhbl9vcmRlcic6IFRydWUsICdzaGFwZSc6ICgyLCAzKSwgfSAg" +
    `${"ICAg".repeat(18)}IAoAAAADAAEABAACAAU=`,
);

/** Made by NumPy 2: savez_compressed(a=arange(40, int32) % 3, b=float64(2.5)). */
const savedArchive = base64(
  "UEsDBC0AAAAIAAAAIQBJKn+A//////////8FABQAYS5ucHkBABAAIAEAAAAAAABQAAAAAAAAAJvsF+obEMnIUMZQrZ6SWpxc" +
    "pG6loG6TaaKuo6Cell9UUpSYF59flJIKEndLzClOBYoXZyQWpAL5GiYGOpo6CrUK5AMuBiBgBGImBggYbGwAUEsDBC0AAAAI" +
    "AAAAIQA1tDqT//////////8FABQAYi5ucHkBABAAiAAAAAAAAABHAAAAAAAAAJvsF+obEMnIUMZQrZ6SWpxcpG6loG6TZqGu" +
    "o6Cell9UUpSYF59flJIKEndLzClOBYoXZyQWpAL5Gpo6CrUKFAEuBjBgcQAAUEsBAi0DLQAAAAgAAAAhAEkqf4BQAAAAIAEA" +
    "AAUAAAAAAAAAAAAAAIABAAAAAGEubnB5UEsBAi0DLQAAAAgAAAAhADW0OpNHAAAAiAAAAAUAAAAAAAAAAAAAAIABhwAAAGIu" +
    "bnB5UEsFBgAAAAACAAIAZgAAAAUBAAAAAA==",
);

describe("npy", () => {
  test("reads and writes NumPy's own bytes", async () => {
    const floats = decodeNpy(savedFloats);
    expect([floats.dtype, floats.toArray()]).toEqual([
      "float32",
      [
        [1.5, -2],
        [3, 4],
      ],
    ]);
    expect(
      await encodeNpy(
        tensor([
          [1.5, -2],
          [3, 4],
        ]),
      ),
    ).toEqual(savedFloats);
    const fortran = decodeNpy(savedFortran);
    expect([fortran.dtype, fortran.strides, fortran.toArray()]).toEqual([
      "int32",
      [1, 2],
      [
        [0, 1, 2],
        [3, 4, 5],
      ],
    ]);
  });

  test.each<[string, readonly number[], DType, unknown]>([
    ["'descr': '<f2', 'fortran_order': False, 'shape': (2,), ", [0, 0x3c, 0, 0xc0], "float16", [1, -2]],
    ["'descr': '>f4', 'fortran_order': False, 'shape': (1,), ", [0x3f, 0xc0, 0, 0], "float32", [1.5]],
    ["'descr': '>f8', 'fortran_order': False, 'shape': (), ", [0xbf, 0xf0, 0, 0, 0, 0, 0, 0], "float64", -1],
    ["'descr': '|i1', 'fortran_order': False, 'shape': (2,)", [0x80, 0x7f], "int32", [-128, 127]],
    ["'descr': '=i2', 'fortran_order': False, 'shape': (1,)", [0xfe, 0xff], "int32", [-2]],
    ["'descr': '>i4', 'fortran_order': False, 'shape': (1,)", [0xff, 0xff, 0xff, 0], "int32", [-256]],
    [
      "'descr': '>i8', 'fortran_order': False, 'shape': (1,)",
      [0, 0x20, 0, 0, 0, 0, 0, 1],
      "int64",
      [2n ** 53n + 1n],
    ],
    ["'shape': (2L, 1L), 'fortran_order': False, 'descr': '|u1'", [0, 255], "uint8", [[0], [255]]],
    ["'descr': '>u2', 'fortran_order': False, 'shape': (1,)", [0xff, 0xfe], "int32", [65534]],
    [
      "'descr': '<u4', 'fortran_order': False, 'shape': (1,)",
      [0xff, 0xff, 0xff, 0xff],
      "int64",
      [4294967295],
    ],
    ["'descr': '|b1', 'fortran_order': False, 'shape': (2,)", [0, 1], "bool", [false, true]],
    ["'descr': '<f4', 'fortran_order': True, 'shape': (0, 3)", [], "float32", []],
  ])("{%s}", (dictionary, data, dtype, values) => {
    for (const major of [1, 2, 3]) {
      const read = decodeNpy(npy(`{${dictionary}}`, data, major));
      expect([read.dtype, read.toArray()]).toEqual([dtype, values]);
    }
  });

  test("decodes from the middle of a larger buffer", () => {
    const pool = Buffer.concat([Buffer.of(9), savedFloats, Buffer.of(9)]);
    expect(decodeNpy(pool.subarray(1, -1)).toArray()).toEqual([
      [1.5, -2],
      [3, 4],
    ]);
  });

  test("write then read is the identity, on disk too", async () => {
    const folder = await mkdtemp(join(tmpdir(), "lintel-npy-"));
    const dtypes = ["float32", "float64", "float16", "int32", "int64", "uint8", "bool"] as const;
    for (const dtype of dtypes) {
      for (const written of [arange(0, 6, 1, { dtype }), zeros([2, 0, 3], { dtype }), zeros([], { dtype })]) {
        await writeNpy(join(folder, "t.npy"), written);
        expect(await readdir(folder)).toEqual(["t.npy"]);
        const read = await readNpy(join(folder, "t.npy"));
        expect([read.dtype, read.shape, read.elements]).toEqual([dtype, written.shape, written.elements]);
      }
    }
    await rm(folder, { recursive: true });
    await expect(encodeNpy(zeros([1], { dtype: "bfloat16" }))).rejects.toThrow(DTypeError);
  });

  const good = "'descr': '<f4', 'fortran_order': False, 'shape': (1,)";
  test.each<[string, Uint8Array, RegExp]>([
    ["nothing", new Uint8Array(), /too short/],
    ["another file", new Uint8Array(64), /does not start with/],
    ["a later version", npy(`{${good}}`, [0, 0, 0, 0], 4), /version 4\.0 is unknown/],
    ["a cut header", savedFloats.subarray(0, 50), /header is truncated: 78 bytes/],
    ["cut data", savedFloats.subarray(0, 140), /truncated: 4 of 16 bytes/],
    ["more data", npy(`{${good}}`, [0, 0, 0, 0, 0]), /1 bytes follow the array/],
    ["objects", npy("{'descr': '|O', 'fortran_order': False, 'shape': ()}", []), /pickles/],
    [
      "strings",
      npy("{'descr': '<U3', 'fortran_order': False, 'shape': ()}", []),
      /dtype "<U3" is not one of/,
    ],
    [
      "uint64",
      npy("{'descr': '<u8', 'fortran_order': False, 'shape': (0,)}", []),
      /dtype "<u8" is not one of/,
    ],
    [
      "records",
      npy("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': ()}", []),
      /structured dtypes/,
    ],
    ["no shape", npy("{'descr': '<f4', 'fortran_order': False}", []), /needs 'descr'/],
    ["a key twice", npy(`{${good}, 'shape': (1,)}`, [0, 0, 0, 0]), /'shape' is given twice/],
    ["an unknown key", npy(`{${good}, 'x': (1,)}`, [0, 0, 0, 0]), /not the dictionary/],
    ["code", npy("{'descr': '<f4', 'fortran_order': False, 'shape': (1+1,)}", []), /not the dictionary/],
    [
      "a negative size",
      npy("{'descr': '<f4', 'fortran_order': False, 'shape': (-1,)}", []),
      /not the dictionary/,
    ],
    [
      "two commas",
      npy("{'descr': '<f4', 'fortran_order': False, 'shape': (1,,)}", []),
      /not a tuple of sizes/,
    ],
    [
      "overflow",
      npy("{'descr': '<f4', 'fortran_order': False, 'shape': (9007199254740991, 4096)}", []),
      /overflows/,
    ],
  ])("refuses %s", (_, bytes, message) => {
    expect(() => decodeNpy(bytes, "x.npy")).toThrow(message);
    expect(() => decodeNpy(bytes, "x.npy")).toThrow(FormatError);
  });
});

describe("npz", () => {
  test("reads what NumPy compressed", async () => {
    const arrays = await readNpz(savedArchive);
    expect([...arrays.keys()]).toEqual(["a", "b"]);
    expect(arrays.get("a")?.toArray()).toEqual(Array.from({ length: 40 }, (_, i) => i % 3));
    expect(arrays.get("b")?.item()).toBe(2.5);
  });

  test("any flipped bit or cut is refused or harmless", async () => {
    for (let i = 0; i < savedArchive.length; i++) {
      await onlyFormatErrors(savedArchive.subarray(0, i));
      for (const bit of [0, 3, 7]) {
        const damaged = savedArchive.slice();
        damaged[i] ^= 1 << bit;
        await onlyFormatErrors(damaged);
      }
    }
    expect((await formatError(readNpz(savedArchive.subarray(0, 384)))).message).toMatch(
      /end record is missing/,
    );
  });
});

test("npz: many entries of one place are refused before they fill the memory", async () => {
  const data = await encodeNpy(zeros([1000]));
  const packed = deflateRawSync(data);
  const record = (signature: number, length: number, fields: readonly (readonly [number, number])[]) => {
    const view = new DataView(new ArrayBuffer(length));
    view.setUint32(0, signature, true);
    for (const [at, value] of fields) view.setUint32(at, value, true);
    return new Uint8Array(view.buffer);
  };
  const local = record(0x04034b50, 30, []);
  const sizes = [
    [16, crc32(data)],
    [20, packed.length],
    [24, data.length],
  ] as const;
  const central = (name: string) => [
    ...record(0x02014b50, 46, [[10, 8], ...sizes, [28, name.length]]),
    ...new TextEncoder().encode(name),
  ];
  const archive = (count: number) => {
    const entries = Array.from({ length: count }, (_, i) => central(`${i}.npy`)).flat();
    const end = record(0x06054b50, 22, [
      [10, count],
      [16, local.length + packed.length],
    ]);
    return Uint8Array.from([...local, ...packed, ...entries, ...end]);
  };
  expect((await readNpz(archive(1))).get("0")?.shape).toEqual([1000]);
  expect((await formatError(readNpz(archive(1000)))).message).toMatch(/overlaps another file of the archive/);
});

describeWithData("a real archive", (folder) => {
  test("of golden logits is read", async () => {
    const arrays = await readNpz(join(folder, "weights/stories260K-hf/golden_logits_f64.npz"));
    const ids = arrays.get("input_ids")!;
    const logits = arrays.get("logits")!;
    expect([ids.dtype, ids.shape, logits.dtype, logits.shape]).toEqual(["int64", [41], "float64", [41, 512]]);
    const values = logits.dataSync();
    expect([values[0], values.at(-1)]).toEqual([-6.22291391265285, -8.44708936114122]);
  });
});

async function onlyFormatErrors(bytes: Uint8Array): Promise<void> {
  try {
    await readNpz(bytes);
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
  }
}
