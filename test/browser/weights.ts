// A safetensors file made by hand from the format's description, so that the reader is held to more than our writer.
import type { StoredTensor } from "./report.js";

/** What the file holds; every value is exact in its type. */
export const stored: Readonly<Record<string, StoredTensor>> = {
  wide: { dtype: "float32", shape: [2, 3], values: [1, -2, 0.5, 1024, -0.125, 3] },
  half: { dtype: "bfloat16", shape: [4], values: [1, -2, 0.5, 96] },
  ids: { dtype: "int64", shape: [1, 2], values: [-1, 2 ** 40] },
};

const encoders: Readonly<
  Record<string, { name: string; encode: (values: readonly number[]) => Uint8Array }>
> = {
  float32: { name: "F32", encode: (values) => new Uint8Array(Float32Array.from(values).buffer) },
  int64: { name: "I64", encode: (values) => new Uint8Array(BigInt64Array.from(values, BigInt).buffer) },
  bfloat16: {
    name: "BF16", // the upper halves of float32
    encode: (values) => {
      const bits = new Uint32Array(Float32Array.from(values).buffer);
      return new Uint8Array(Uint16Array.from(bits, (word) => word >>> 16).buffer);
    },
  },
};

export function makeSafetensors(): Buffer {
  const parts: Uint8Array[] = [];
  let end = 0;
  const entries = Object.entries(stored).map(([key, { dtype, shape, values }]) => {
    const { name, encode } = encoders[dtype];
    const bytes = encode(values);
    parts.push(bytes);
    const start = end;
    end += bytes.length;
    return [key, { dtype: name, shape, data_offsets: [start, end] }];
  });
  const header = Buffer.from(JSON.stringify(Object.fromEntries(entries)));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  return Buffer.concat([length, header, ...parts]);
}
