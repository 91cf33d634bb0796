import { PendingFile } from "#disk";
import { describe } from "../base/describe.js";
import { DTypeError, FormatError } from "../base/errors.js";
import { fromElements } from "../tensor/create.js";
import type { DType } from "../tensor/dtype.js";
import { contiguousStrides } from "../tensor/strides.js";
import { Tensor } from "../tensor/tensor.js";
import { readBytes } from "./byte-source.js";
import { decodeElements } from "./decode.js";
import { tensorDType, type StoredDType } from "./dtypes.js";
import { group, malformed, quote, requirePath } from "./fail.js";
import { byteLengthOf } from "./layout.js";
import { parseNpyHeader } from "./npy-header.js";
import { openSource, type FileInput } from "./source.js";
import { storedBytes } from "./tensor-bytes.js";

/** NumPy's type letters with their size in bytes, as the equal dtype of safetensors. */
const stored: Readonly<Record<string, StoredDType>> = {
  b1: "BOOL",
  i1: "I8",
  i2: "I16",
  i4: "I32",
  i8: "I64",
  u1: "U8",
  u2: "U16",
  u4: "U32",
  f2: "F16",
  f4: "F32",
  f8: "F64",
};

/**
 * Decodes a `.npy` file: format 1 to 3, any byte order, C or Fortran order (a strided view). Narrow integers
 * are widened: int8, int16 and uint16 to int32, uint32 to int64.
 *
 * Throws `FormatError` for malformed or truncated files and for dtypes without an equal in Lintel.
 *
 * Source: NumPy Enhancement Proposal 1, "A simple file format for NumPy arrays".
 *
 * @example
 * decodeNpy(await encodeNpy(tensor([1, 2]))).toArray(); // [1, 2]
 */
export function decodeNpy(bytes: Uint8Array, file = "<npy>"): Tensor {
  if (!(bytes instanceof Uint8Array)) {
    throw new FormatError(`decodeNpy: takes the bytes of a file as a Uint8Array, got ${describe(bytes)}`, {});
  }
  const { descr, fortranOrder, shape, dataStart } = parseNpyHeader(bytes, file);
  const [, order, type = ""] = /^([<>|=]?)([a-zA-Z?]\d*)$/.exec(descr) ?? [];
  const dtype = Object.hasOwn(stored, type) ? stored[type] : undefined;
  const result = dtype && tensorDType(dtype);
  if (dtype === undefined || result === undefined) {
    const known = Object.keys(stored).join(", ");
    const object = descr.includes("O") ? "; object arrays are pickles, which can run code" : "";
    throw malformed({ file, offset: 0 }, `dtype ${quote(descr)} is not one of ${known}${object}`);
  }
  const length = byteLengthOf(dtype, shape);
  if (typeof length === "string") throw malformed({ file, offset: dataStart }, length);
  const given = bytes.length - dataStart;
  if (given !== length) {
    const problem =
      given < length
        ? `truncated: ${group(length - given)} of ${group(length)} bytes of data are missing`
        : `${group(given - length)} bytes follow the array`;
    throw malformed({ file, offset: Math.min(bytes.length, dataStart + length) }, problem);
  }
  const data = new Uint8Array(bytes.subarray(dataStart)); // a copy, so aligned
  if (order === ">") reverseItems(data, Number(type.slice(1)));
  const tensor = fromElements(decodeElements(data.buffer, dtype)!, shape, result);
  if (!fortranOrder) return tensor;
  return tensor.withView({ dims: shape, strides: contiguousStrides(shape.toReversed()).toReversed() });
}

/** Turns big-endian items into little-endian ones, in place. */
function reverseItems(bytes: Uint8Array, itemBytes: number): void {
  for (let start = 0; start < bytes.length; start += itemBytes)
    bytes.subarray(start, start + itemBytes).reverse();
}

const descrOf: Readonly<Record<Exclude<DType, "bfloat16">, string>> = {
  bool: "|b1",
  uint8: "|u1",
  int32: "<i4",
  int64: "<i8",
  float16: "<f2",
  float32: "<f4",
  float64: "<f8",
};

/**
 * The `.npy` bytes of a tensor, equal to what `numpy.save` writes. Throws `DTypeError` for bfloat16.
 *
 * @example
 * (await encodeNpy(tensor([1, 2]))).length; // 136
 */
export async function encodeNpy(tensor: Tensor): Promise<Uint8Array<ArrayBuffer>> {
  if (!(tensor instanceof Tensor)) {
    throw new DTypeError(`npy holds one tensor, got ${describe(tensor)}; wrap it in tensor(…)`, {});
  }
  const { dtype, sizes: shape } = tensor;
  if (dtype === "bfloat16") throw new DTypeError("npy has no bfloat16; cast to float32 first", { dtype });
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(", ")})`;
  const dictionary = `{'descr': '${descrOf[dtype]}', 'fortran_order': False, 'shape': ${tuple}, }`;
  // NumPy leaves room for the first size to grow to 21 digits, then aligns the data to 64 bytes.
  const room = shape.length === 0 ? 0 : 21 - String(shape[0]).length;
  const prefix = 10;
  const unpadded = prefix + dictionary.length + room + 1;
  const dataStart = unpadded + 64 - (unpadded % 64);
  const data = await storedBytes(tensor);
  const bytes = new Uint8Array(dataStart + data.length).fill(0x20, 0, dataStart);
  bytes.set([0x93, ...new TextEncoder().encode("NUMPY"), 1, 0]);
  new DataView(bytes.buffer).setUint16(8, dataStart - prefix, true);
  bytes.set(new TextEncoder().encode(dictionary), prefix);
  bytes[dataStart - 1] = 0x0a;
  bytes.set(data, dataStart);
  return bytes;
}

/**
 * Reads a `.npy` file from a path or from bytes. Errors as `decodeNpy`.
 *
 * @example
 * await writeNpy("x.npy", tensor([1, 2]));
 * (await readNpy("x.npy")).toArray(); // [1, 2]
 */
export async function readNpy(input: FileInput): Promise<Tensor> {
  const source = await openSource(input);
  try {
    return decodeNpy(await readBytes(source, 0, source.size), source.name);
  } finally {
    await source.close();
  }
}

/**
 * Writes a `.npy` file, complete or not at all. Errors as `encodeNpy`.
 *
 * @example
 * await writeNpy("x.npy", tensor([1, 2])); // undefined
 */
export async function writeNpy(path: string, tensor: Tensor): Promise<void> {
  requirePath("writeNpy", path);
  const bytes = await encodeNpy(tensor);
  const file = await PendingFile.create(path);
  try {
    await file.write(bytes);
    await file.seal();
    await file.publish();
  } finally {
    await file.discard();
  }
}
