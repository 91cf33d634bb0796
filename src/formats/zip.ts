import { crc32, inflateRawSync } from "#disk";
import { malformed, quote } from "./fail.js";

// Record layouts of PKWARE's APPNOTE.TXT 6.3: signatures and fixed sizes.
const endRecord = { signature: 0x06054b50, bytes: 22 };
const end64Locator = { signature: 0x07064b50, bytes: 20 };
const end64Record = { signature: 0x06064b50, bytes: 56 };
const centralRecord = { signature: 0x02014b50, bytes: 46 };
const localRecord = { signature: 0x04034b50, bytes: 30 };

type Fail = (problem: string, offset: number) => never;

interface ZipEntry {
  readonly name: string;
  readonly method: number;
  readonly crc: number;
  readonly compressed: number;
  readonly size: number;
  readonly localAt: number;
}

/** Unpacks a zip archive, stored or deflated. Every size and checksum must be as the directory says. */
export async function readZip(bytes: Uint8Array, file: string): Promise<Map<string, Uint8Array>> {
  const fail: Fail = (problem, offset) => {
    throw malformed({ file, offset }, problem);
  };
  const files = new Map<string, Uint8Array>();
  let packedTotal = 0;
  for (const entry of readDirectory(bytes, fail)) {
    const { name, method, size, localAt } = entry;
    if (files.has(name)) fail(`${quote(name)} is in the archive twice`, localAt);
    const packed = packedBytes(bytes, entry, fail);
    packedTotal += packed.length;
    // Thousands of entries that share one place would unpack to thousands of times the data.
    if (packedTotal > bytes.length) fail(`${quote(name)} overlaps another file of the archive`, localAt);
    let unpacked = packed;
    if (method === 8) {
      try {
        // The limit keeps a small archive from filling the memory; zlib wants at least 1.
        unpacked = inflateRawSync(packed, { maxOutputLength: Math.max(size, 1) });
      } catch {
        fail(`${quote(name)} does not inflate to its ${size} bytes`, localAt);
      }
    } else if (method !== 0)
      fail(`${quote(name)} uses compression method ${method}; 0 and 8 are read`, localAt);
    if (unpacked.length !== size) fail(`${quote(name)} has ${unpacked.length} bytes, not ${size}`, localAt);
    if (crc32(unpacked) !== entry.crc) fail(`${quote(name)} is damaged: its checksum differs`, localAt);
    files.set(name, unpacked);
  }
  return files;
}

function packedBytes(bytes: Uint8Array, { name, compressed, localAt }: ZipEntry, fail: Fail): Uint8Array {
  const view = viewOf(bytes);
  if (localAt + localRecord.bytes > bytes.length || view.getUint32(localAt, true) !== localRecord.signature) {
    fail(`${quote(name)} is not where the directory says`, Math.min(localAt, bytes.length));
  }
  const start =
    localAt + localRecord.bytes + view.getUint16(localAt + 26, true) + view.getUint16(localAt + 28, true);
  if (start + compressed > bytes.length) fail(`${quote(name)} is truncated`, bytes.length);
  return bytes.subarray(start, start + compressed);
}

function* readDirectory(bytes: Uint8Array, fail: Fail): Generator<ZipEntry> {
  const view = viewOf(bytes);
  const { count, at: first } = findDirectory(bytes, fail);
  let at = first;
  for (let i = 0; i < count; i++) {
    if (at + centralRecord.bytes > bytes.length || view.getUint32(at, true) !== centralRecord.signature) {
      fail("the archive's directory is damaged", Math.min(at, bytes.length));
    }
    const nameBytes = view.getUint16(at + 28, true);
    const extraBytes = view.getUint16(at + 30, true);
    const nameAt = at + centralRecord.bytes;
    const next = nameAt + nameBytes + extraBytes + view.getUint16(at + 32, true);
    if (next > bytes.length) fail("the archive's directory is truncated", bytes.length);
    const name = new TextDecoder().decode(bytes.subarray(nameAt, nameAt + nameBytes));
    if ((view.getUint16(at + 8, true) & 1) !== 0) fail(`${quote(name)} is encrypted`, at);
    const extra = bytes.subarray(nameAt + nameBytes, nameAt + nameBytes + extraBytes);
    const sizes = [
      view.getUint32(at + 24, true),
      view.getUint32(at + 20, true),
      view.getUint32(at + 42, true),
    ];
    const [size, compressed, localAt] = widen(sizes, extra, () =>
      fail(`${quote(name)} has no 64-bit sizes`, at),
    );
    yield {
      name,
      method: view.getUint16(at + 10, true),
      crc: view.getUint32(at + 16, true),
      compressed: compressed,
      size: size,
      localAt: localAt,
    };
    at = next;
  }
}

/** Where the directory starts. The record that says so ends the file, before a comment of up to 65,535 bytes. */
function findDirectory(bytes: Uint8Array, fail: Fail): { count: number; at: number } {
  const view = viewOf(bytes);
  const last = bytes.length - endRecord.bytes;
  for (let end = last; end >= 0 && end >= last - 0xffff; end--) {
    if (view.getUint32(end, true) !== endRecord.signature) continue;
    if (end + endRecord.bytes + view.getUint16(end + 20, true) !== bytes.length) continue;
    const count = view.getUint16(end + 10, true);
    const at = view.getUint32(end + 16, true);
    if (count < 0xffff && at < 0xffffffff) return { count, at };
    const locator = end - end64Locator.bytes;
    if (locator < 0 || view.getUint32(locator, true) !== end64Locator.signature) return { count, at };
    const record = Number(view.getBigUint64(locator + 8, true));
    if (record > locator - end64Record.bytes || view.getUint32(record, true) !== end64Record.signature) {
      fail("the archive's 64-bit end record is damaged", locator);
    }
    return {
      count: Number(view.getBigUint64(record + 32, true)),
      at: Number(view.getBigUint64(record + 48, true)),
    };
  }
  return fail("not a zip archive, or truncated: its end record is missing", bytes.length);
}

/** Sizes of all ones stand in the extra field with 64 bits, in this order. */
function widen(sizes: readonly number[], extra: Uint8Array, missing: () => never): number[] {
  const view = viewOf(extra);
  let at = 0;
  while (at + 4 <= extra.length && view.getUint16(at, true) !== 1) at += 4 + view.getUint16(at + 2, true);
  at += 4;
  return sizes.map((size) => {
    if (size !== 0xffffffff) return size;
    if (at + 8 > extra.length) return missing();
    at += 8;
    return Number(view.getBigUint64(at - 8, true));
  });
}

const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
