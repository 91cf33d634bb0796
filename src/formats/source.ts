import { openFile } from "#disk";
import { FormatError } from "../base/errors.js";
import { describe } from "../base/describe.js";
import type { ByteSource } from "./byte-source.js";
import { group } from "./fail.js";

/** Where a file's bytes come from: a path in Node, or bytes already in memory, e.g. in a browser. */
export type FileInput = string | URL | Uint8Array | ArrayBuffer | Blob;

/** Opens a path or wraps bytes. Throws `FormatError` when a path cannot be read. */
export async function openSource(input: FileInput): Promise<ByteSource> {
  if (typeof input === "string" || input instanceof URL) {
    return openFile(input);
  }
  if (input instanceof Blob) return blobSource(input);
  if (input instanceof Uint8Array) return memorySource(input);
  if ((input as unknown) instanceof ArrayBuffer) return memorySource(new Uint8Array(input));
  throw new FormatError(`a file is a path, a URL, bytes or a Blob, got ${describe(input)}`, {});
}

function memorySource(bytes: Uint8Array): ByteSource {
  return {
    name: `<${group(bytes.length)} bytes in memory>`,
    size: bytes.length,
    async readInto(target, position) {
      target.set(bytes.subarray(position, position + target.length));
    },
    async close() {},
  };
}

function blobSource(blob: Blob): ByteSource {
  return {
    name: "name" in blob && typeof blob.name === "string" ? blob.name : `<blob of ${group(blob.size)} bytes>`,
    size: blob.size,
    async readInto(target, position) {
      target.set(new Uint8Array(await blob.slice(position, position + target.length).arrayBuffer()));
    },
    async close() {},
  };
}
