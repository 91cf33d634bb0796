import { describe } from "../base/describe.js";
import type { FormatError } from "../base/errors.js";
import type { Tensor } from "../tensor/tensor.js";
import { readBytes, type ByteSource } from "./byte-source.js";
import type { Checkpoint, TensorInfo } from "./checkpoint-view.js";
import { decodeTensor } from "./decode.js";
import { bitsOf, tensorDType } from "./dtypes.js";
import { group, malformed, quote, Warnings } from "./fail.js";
import { headerTooLarge, lengthBytes, maxHeaderBytes, parseHeader, type HeaderEntry } from "./header.js";
import { checkLayout } from "./layout.js";
import { prefixBytes, recognise } from "./recognise.js";
import { openSource, type FileInput } from "./source.js";

/**
 * Opens a safetensors file, from a path, or from bytes in memory. Reads the header only; tensors are read
 * when asked for, each from its own byte range.
 *
 * Throws `FormatError` with `details` `{ file, tensor?, offset? }` for a file that breaks the format in any
 * way.
 *
 * Source: the format description in the README of github.com/huggingface/safetensors; verdicts agree with its
 * reader, version 0.8.
 *
 * @example
 * await using file = await openSafetensors("models/llama/model.safetensors");
 * file.info("model.norm.weight").shape; // [16]
 * (await file.tensor("model.norm.weight")).mean().item(); // 1
 */
export async function openSafetensors(input: FileInput): Promise<Checkpoint> {
  const source = await openSource(input);
  try {
    return await readSafetensors(source);
  } catch (error) {
    await source.close();
    throw error;
  }
}

async function readSafetensors(source: ByteSource): Promise<Checkpoint> {
  const { name: file, size } = source;
  const headerBytes = await readHeaderLength(source);
  const warnings = new Warnings();
  const header = parseHeader(await readBytes(source, lengthBytes, headerBytes), file, warnings);
  const start = lengthBytes + headerBytes;
  checkLayout(header, { file, start, size: size - start });
  return new SafetensorsFile(source, header.metadata, warnings.list(), infosOf(header.entries, start, file));
}

/** The length of the header, known to fit in the file. */
async function readHeaderLength(source: ByteSource): Promise<number> {
  const { name: file, size } = source;
  const notSafetensors = async (offset: number, otherwise: string): Promise<never> => {
    const what = recognise(await readBytes(source, 0, Math.min(size, prefixBytes)));
    throw malformed({ file, offset }, what === undefined ? otherwise : `not a safetensors file but ${what}`);
  };
  if (size < lengthBytes) {
    const problem = size === 0 ? "the file is empty" : `too short: ${size} of the first ${lengthBytes} bytes`;
    return notSafetensors(size, problem);
  }
  const prefix = await readBytes(source, 0, lengthBytes);
  const length = new DataView(prefix.buffer).getBigUint64(0, true);
  if (length > maxHeaderBytes) return notSafetensors(0, headerTooLarge(length));
  const missing = lengthBytes + Number(length) - size;
  if (missing > 0) {
    const problem = `truncated: the header has ${group(length)} bytes, of which ${group(missing)} are missing; download the file again`;
    throw malformed({ file, offset: size }, problem);
  }
  return Number(length);
}

function infosOf(
  entries: ReadonlyMap<string, HeaderEntry>,
  start: number,
  file: string,
): Map<string, TensorInfo> {
  const infos = new Map<string, TensorInfo>();
  for (const { name, dtype, shape, begin, end } of entries.values()) {
    infos.set(name, {
      name,
      dtype: tensorDType(dtype),
      storedDType: dtype,
      shape,
      size: ((end - begin) * 8) / bitsOf(dtype),
      offset: start + begin,
      byteLength: end - begin,
      file,
    });
  }
  return infos;
}

class SafetensorsFile implements Checkpoint {
  readonly names: readonly string[];
  readonly metadata: Readonly<Record<string, string>>;
  readonly warnings: readonly string[];
  readonly parameterCount: number;
  readonly files: readonly string[];
  readonly #source: ByteSource;
  readonly #infos: ReadonlyMap<string, TensorInfo>;
  #closed = false;

  constructor(
    source: ByteSource,
    metadata: Readonly<Record<string, string>>,
    warnings: readonly string[],
    infos: ReadonlyMap<string, TensorInfo>,
  ) {
    this.#source = source;
    this.#infos = infos;
    this.names = [...infos.keys()];
    this.metadata = metadata;
    this.warnings = warnings;
    this.files = [source.name];
    this.parameterCount = [...infos.values()].reduce((sum, info) => sum + info.size, 0);
  }

  has(name: string): boolean {
    return this.#infos.has(name);
  }

  info(name: string): TensorInfo {
    const info = this.#infos.get(name);
    if (info === undefined) throw unknownTensor(this.#source.name, name, this.names);
    return info;
  }

  async tensor(name: string): Promise<Tensor> {
    return decodeTensor(await this.bytes(name), this.info(name));
  }

  async bytes(name: string): Promise<Uint8Array<ArrayBuffer>> {
    const { offset, byteLength } = this.info(name);
    if (this.#closed) throw malformed({ file: this.#source.name, tensor: name }, "the file is closed");
    return readBytes(this.#source, offset, byteLength, name);
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#source.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}

/** The error for a name that is not in a file; shows the names that are most alike. */
export function unknownTensor(file: string, name: string, names: readonly string[]): FormatError {
  if (typeof name !== "string")
    return malformed({ file }, `the name of a tensor is a string, got ${describe(name)}`);
  const alike = names.toSorted((a, b) => likeness(b, name) - likeness(a, name)).slice(0, 4);
  const listed = alike.map(quote).join(", ") + (names.length > alike.length ? ", …" : "");
  const has = names.length === 0 ? "it has no tensors" : `it has ${names.length}, among them ${listed}`;
  return malformed({ file, tensor: name }, `there is no such tensor; ${has}`);
}

/** How many characters two names share at the start and at the end. */
function likeness(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  let start = 0;
  while (start < length && a[start] === b[start]) start++;
  let end = 0;
  while (end < length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  return start + end;
}
