import { describe, expect, test } from "vitest";
import { craft, entry } from "../../test/fuzz/crafted.js";
import { fromFloat16 } from "../tensor/half.js";
import { decodeFloat8 } from "./float8.js";
import { openSafetensors } from "./index.js";

/** Reads one tensor from its stored bytes. */
async function read(
  dtype: string,
  bytes: Uint8Array,
  size: number,
): Promise<[dtype: string, values: unknown]> {
  const file = await openSafetensors(craft(`{"t":${entry(dtype, [size], 0, bytes.length)}}`, bytes));
  const tensor = await file.tensor("t");
  expect(file.info("t")).toMatchObject({ dtype: tensor.dtype, storedDType: dtype, size });
  return [tensor.dtype, tensor.toArray()];
}

const bytesOf = (array: ArrayBufferView): Uint8Array => new Uint8Array(array.buffer as ArrayBuffer);

describe("stored dtypes become tensors", () => {
  test.each<[string, ArrayBufferView, string, readonly unknown[]]>([
    ["F64", Float64Array.of(1e300, -0.1), "float64", [1e300, -0.1]],
    ["F32", Float32Array.of(1.5, Infinity), "float32", [1.5, Infinity]],
    ["F16", Uint16Array.of(0x3c00, 0xfbff, 0x0001), "float16", [1, -65504, 2 ** -24]],
    ["BF16", Uint16Array.of(0x3f80, 0xc000, 0x0001), "bfloat16", [1, -2, 2 ** -133]],
    ["I64", BigInt64Array.of(-1n, 2n ** 62n), "int64", [-1, 2n ** 62n]],
    ["I32", Int32Array.of(-(2 ** 31), 7), "int32", [-(2 ** 31), 7]],
    ["U8", Uint8Array.of(0, 255), "uint8", [0, 255]],
    ["BOOL", Uint8Array.of(0, 1, 255), "bool", [false, true, true]],
    ["I8", Int8Array.of(-128, 127), "int32", [-128, 127]],
    ["I16", Int16Array.of(-32768, 32767), "int32", [-32768, 32767]],
    ["U16", Uint16Array.of(65535), "int32", [65535]],
    ["U32", Uint32Array.of(4294967295), "int64", [4294967295]],
    [
      "F8_E4M3",
      Uint8Array.of(0x38, 0xfe, 0x01, 0x08, 0x7f, 0x80),
      "float32",
      [1, -448, 2 ** -9, 2 ** -6, NaN, -0],
    ],
    ["F8_E5M2", Uint8Array.of(0x3c, 0x7b, 0xfc, 0x01, 0x7d), "float32", [1, 57344, -Infinity, 2 ** -16, NaN]],
    ["F8_E4M3FNUZ", Uint8Array.of(0x40, 0x7f, 0x01, 0x80, 0xff), "float32", [1, 240, 2 ** -10, NaN, -240]],
    ["F8_E5M2FNUZ", Uint8Array.of(0x40, 0x7f, 0x01, 0x80), "float32", [1, 57344, 2 ** -17, NaN]],
    ["F8_E8M0", Uint8Array.of(0x7f, 0, 0xfe, 0xff), "float32", [1, 2 ** -127, 2 ** 127, NaN]],
  ])("%s", async (dtype, array, expected, values) => {
    expect(await read(dtype, bytesOf(array), values.length)).toEqual([expected, values]);
  });

  test("F8_E5M2 is the upper half of float16", () => {
    const all = Uint8Array.from({ length: 256 }, (_, i) => i);
    expect(decodeFloat8(all, "F8_E5M2")).toEqual(Float32Array.from(all, (bits) => fromFloat16(bits << 8)));
  });

  test("scalars and sizes of zero", async () => {
    const header = `{"s":${entry("F32", [], 0, 4)},"z":${entry("F64", [3, 0, 2 ** 40], 4, 4)}}`;
    const file = await openSafetensors(craft(header, bytesOf(Float32Array.of(2.5))));
    expect((await file.tensor("s")).item()).toBe(2.5);
    expect((await file.tensor("z")).shape).toEqual([3, 0, 2 ** 40]);
    expect(file.parameterCount).toBe(1);
  });
});
