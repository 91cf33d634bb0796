import { group, malformed } from "./fail.js";

/** Random access to the bytes of one file. */
export interface ByteSource {
  /** Names the file in messages. */
  readonly name: string;
  readonly size: number;
  /** Fills `target` with the bytes from `position` on. The caller stays within `size`. */
  readInto(target: Uint8Array, position: number): Promise<void>;
  close(): Promise<void>;
}

/** Reads bytes into a fresh buffer, so that typed arrays over it are aligned wherever the bytes lay. */
export async function readBytes(
  source: ByteSource,
  position: number,
  length: number,
  tensor?: string,
): Promise<Uint8Array<ArrayBuffer>> {
  let target: Uint8Array<ArrayBuffer>;
  try {
    target = new Uint8Array(length);
  } catch (error) {
    const problem = `${group(length)} bytes do not fit in memory`;
    throw malformed({ file: source.name, tensor, offset: position }, problem, error);
  }
  if (length > 0) await source.readInto(target, position);
  return target;
}
