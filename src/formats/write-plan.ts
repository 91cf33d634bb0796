import { FormatError } from "../base/errors.js";
import { describe } from "../base/describe.js";
import { dtypes, type DType } from "../tensor/dtype.js";
import { Tensor } from "../tensor/tensor.js";
import { byAlignment, isStoredDType, storedAs, tensorDType, type StoredDType } from "./dtypes.js";
import { malformed, quote } from "./fail.js";
import { headerTooLarge, lengthBytes, maxHeaderBytes } from "./header.js";
import { byteLengthOf } from "./layout.js";
import { storedBytes } from "./tensor-bytes.js";
import { compareUtf8, isWellFormed } from "./utf8.js";

/** A tensor that is made only when its turn to be written comes, so that a model may exceed the memory. */
export interface LazyTensor {
  /** A Lintel dtype, or a dtype of the format such as `"F8_E4M3"`, for which `data` gives raw bytes. */
  readonly dtype: DType | StoredDType;
  readonly shape: readonly number[];
  readonly data: () => Tensor | Uint8Array | Promise<Tensor | Uint8Array>;
}

export type Writable = Tensor | LazyTensor;

/** Names with tensors: a record, a `Map`, or pairs from any iterable. */
export type TensorCollection =
  | Readonly<Record<string, Writable>>
  | Iterable<readonly [string, Writable]>
  | AsyncIterable<readonly [string, Writable]>;

/** One tensor to write; its size is known before its data is. */
export interface PlannedTensor {
  readonly name: string;
  readonly dtype: StoredDType;
  readonly shape: readonly number[];
  readonly byteLength: number;
  readonly bytes: () => Promise<Uint8Array>;
}

/** Checks names, dtypes and shapes of everything to be written; touches no data. */
export async function planTensors(tensors: TensorCollection, file: string): Promise<PlannedTensor[]> {
  const planned = new Map<string, PlannedTensor>();
  for await (const pair of pairsOf(tensors)) {
    if (!Array.isArray(pair) || typeof pair[0] !== "string") {
      throw malformed({ file }, `holds pairs of a name and a tensor, got ${describe(pair)}`);
    }
    const [name, tensor] = pair as readonly [string, Writable];
    const fail = (problem: string): never => {
      throw malformed({ file, tensor: name }, problem);
    };
    if (name === "__metadata__") fail("this name is taken by the format");
    if (!isWellFormed(name)) fail("the name has half of a surrogate pair, which UTF-8 cannot say");
    if (planned.has(name)) fail("given twice");
    planned.set(name, planTensor(name, tensor, fail));
  }
  return [...planned.values()];
}

type Pairs = Iterable<readonly [string, Writable]> | AsyncIterable<readonly [string, Writable]>;

function pairsOf(tensors: TensorCollection): Pairs {
  if (typeof tensors !== "object" || tensors === null || tensors instanceof Tensor) {
    throw new FormatError(`tensors are given by name, { weight, … }, got ${describe(tensors)}`, {});
  }
  if (Symbol.iterator in tensors || Symbol.asyncIterator in tensors) return tensors as Pairs;
  return Object.entries(tensors);
}

function planTensor(name: string, tensor: Writable, fail: (problem: string) => never): PlannedTensor {
  if (typeof tensor?.dtype !== "string" || !Array.isArray(tensor.shape)) {
    return fail(`is not a tensor but ${describe(tensor)}`);
  }
  const dtype = storedName(tensor.dtype) ?? fail(`unknown dtype ${quote(tensor.dtype)}`);
  const shape = tensor instanceof Tensor ? tensor.sizes : tensor.shape;
  for (const size of shape) {
    if (!Number.isSafeInteger(size) || size < 0) fail(`shape [${shape.join(", ")}] is not all integers >= 0`);
  }
  const byteLength = byteLengthOf(dtype, shape);
  if (typeof byteLength === "string") return fail(byteLength);
  if (tensor instanceof Tensor && tensor.isAbstract)
    fail("the tensor is abstract: it has a shape and no data");
  const bytes = async (): Promise<Uint8Array> => {
    const data = tensor instanceof Tensor ? tensor : await tensor.data();
    const found = data instanceof Tensor ? await matchingBytes(data, dtype, shape, fail) : data;
    if (found.length !== byteLength) {
      fail(
        `${dtype} [${shape.join(", ")}] was announced, ${byteLength} bytes, but ${found.length} bytes came`,
      );
    }
    return found;
  };
  return { name, dtype, shape, byteLength, bytes };
}

function storedName(dtype: string): StoredDType | undefined {
  if (isStoredDType(dtype)) return dtype;
  const own = dtypes.find((known) => known === dtype);
  return own === undefined ? undefined : storedAs(own);
}

async function matchingBytes(
  tensor: Tensor,
  dtype: StoredDType,
  shape: readonly number[],
  fail: (problem: string) => never,
): Promise<Uint8Array> {
  const announced = `${tensorDType(dtype) ?? dtype} [${shape.join(", ")}]`;
  const came = `${tensor.dtype} [${tensor.sizes.join(", ")}]`;
  if (storedAs(tensor.dtype) !== dtype || announced !== came)
    fail(`${announced} was announced, but ${came} came`);
  return storedBytes(tensor);
}

/** The order of the reference writer: alignment descending, then name, so that all data is aligned. */
export function inFileOrder(tensors: readonly PlannedTensor[]): PlannedTensor[] {
  return tensors.toSorted((a, b) => byAlignment(a.dtype, b.dtype) || compareUtf8(a.name, b.name));
}

/** The first bytes of a file: the length of the header, and the header padded with spaces to a multiple of 8. */
export function encodeHeader(
  ordered: readonly PlannedTensor[],
  metadata: Readonly<Record<string, string>> | undefined,
  file: string,
): Uint8Array {
  const members: string[] = [];
  if (metadata !== undefined && Object.keys(metadata).length > 0) {
    members.push(`"__metadata__":${encodeMetadata(metadata, file)}`);
  }
  let begin = 0;
  for (const { name, dtype, shape, byteLength } of ordered) {
    const end = begin + byteLength;
    const entry = { dtype, shape, data_offsets: [begin, end] };
    members.push(`${JSON.stringify(name)}:${JSON.stringify(entry)}`);
    begin = end;
  }
  const json = new TextEncoder().encode(`{${members.join(",")}}`);
  const length = Math.ceil(json.length / 8) * 8;
  if (length > maxHeaderBytes) throw malformed({ file }, headerTooLarge(length));
  const bytes = new Uint8Array(lengthBytes + length).fill(0x20);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(length), true);
  bytes.set(json, lengthBytes);
  return bytes;
}

function encodeMetadata(metadata: Readonly<Record<string, unknown>>, file: string): string {
  for (const [key, value] of Object.entries(metadata)) {
    if (typeof value !== "string" || !isWellFormed(key) || !isWellFormed(value)) {
      throw malformed({ file }, `metadata ${quote(key)} must be a string that UTF-8 can say`);
    }
  }
  return JSON.stringify(metadata);
}

/** Groups tensors, in the order given, into shards of at most `maxBytes`; a larger tensor has one for itself. */
export function planShards(tensors: readonly PlannedTensor[], maxBytes: number): PlannedTensor[][] {
  const shards: PlannedTensor[][] = [[]];
  let filled = 0;
  for (const tensor of tensors) {
    if (filled > 0 && filled + tensor.byteLength > maxBytes) {
      shards.push([]);
      filled = 0;
    }
    shards.at(-1)!.push(tensor);
    filled += tensor.byteLength;
  }
  return shards;
}
