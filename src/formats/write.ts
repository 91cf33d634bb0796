import * as disk from "#disk";
import { requirePath } from "./fail.js";
import { ConfigError } from "../base/errors.js";
import { readOptions } from "../base/options.js";
import type { PendingFile } from "./pending-file.js";
import {
  encodeHeader,
  inFileOrder,
  planShards,
  planTensors,
  type PlannedTensor,
  type TensorCollection,
} from "./write-plan.js";
import { compareUtf8 } from "./utf8.js";

export interface WriteOptions {
  /** Free-form strings. Transformers wants `{ format: "pt" }` to load a model. */
  readonly metadata?: Readonly<Record<string, string>>;
  /** More bytes of tensors than this are split into shards with an index. Default 5,000,000,000. */
  readonly maxShardBytes?: number;
}

/** What was written. */
export interface WrittenFiles {
  /** The files with tensors: one, or the shards in order. */
  readonly files: readonly string[];
  /** The shard index, when there are shards. */
  readonly index: string | undefined;
  /** Bytes of all tensors, without headers. */
  readonly totalBytes: number;
}

/**
 * Writes tensors to a safetensors file, one at a time. Beyond `maxShardBytes` the path `model.safetensors`
 * becomes `model-00001-of-00003.safetensors`, … and `model.safetensors.index.json`.
 *
 * Files appear complete or not at all: when anything fails while data is made or written, nothing of it is
 * left and older files stay as they were. Throws `FormatError` for names or data that the format cannot hold
 * and for folders that cannot be written.
 *
 * Source: the safetensors README; bytes are those of the reference writer, shards those of `save_pretrained`.
 *
 * @example
 * // A model larger than the memory: each tensor is made when its turn comes.
 * const lazy = { dtype: "float32" as const, shape: [64, 64], data: () => randn([64, 64]) };
 * const written = await writeSafetensors("w.safetensors", { lazy, weight: eye(4) });
 * written.totalBytes; // 16448
 */
export async function writeSafetensors(
  path: string,
  tensors: TensorCollection,
  options: WriteOptions = {},
): Promise<WrittenFiles> {
  const given = readOptions("writeSafetensors", options, ["metadata", "maxShardBytes"]);
  const { metadata, maxShardBytes = 5e9 } = given;
  requirePath("writeSafetensors", path);
  if (!(maxShardBytes > 0)) {
    const key = "maxShardBytes";
    throw new ConfigError(`writeSafetensors: ${key} must be positive, got ${maxShardBytes}`, {
      key,
      value: maxShardBytes,
    });
  }
  const planned = await planTensors(tensors, path);
  const shards = planShards(planned, maxShardBytes);
  const totalBytes = planned.reduce((sum, { byteLength }) => sum + byteLength, 0);
  await disk.refuseFolder(path);
  const pending: PendingFile[] = [];
  const begin = async (file: string): Promise<PendingFile> => {
    const begun = await disk.PendingFile.create(file);
    pending.push(begun);
    return begun;
  };
  const stem = path.replace(/\.safetensors$/, "");
  const pad = (count: number): string => String(count).padStart(5, "0");
  const shardFile = (i: number): string => `${stem}-${pad(i + 1)}-of-${pad(shards.length)}.safetensors`;
  const files = shards.length === 1 ? [path] : shards.map((_, i) => shardFile(i));
  const index = shards.length === 1 ? undefined : `${stem}.safetensors.index.json`;
  try {
    for (const [i, shard] of shards.entries()) await writeFile(await begin(files[i]), shard, metadata);
    if (index !== undefined) {
      const file = await begin(index);
      await file.write(new TextEncoder().encode(encodeIndex(shards, files, totalBytes)));
      await file.seal();
    }
    // The index is last: a folder that has it has all its shards.
    for (const file of pending) await file.publish();
    // Readers prefer a whole file to an index, so an older one under this path would hide the shards.
    if (index !== undefined) await disk.removeFile(path);
    await disk.syncFolder(folderOf(path));
  } finally {
    for (const file of pending) await file.discard();
  }
  return { files, index, totalBytes };
}

async function writeFile(
  file: PendingFile,
  tensors: readonly PlannedTensor[],
  metadata: WriteOptions["metadata"],
): Promise<void> {
  const ordered = inFileOrder(tensors);
  await file.write(encodeHeader(ordered, metadata, file.path));
  for (const tensor of ordered) await file.write(await tensor.bytes());
  await file.seal();
}

/**
 * The bytes of a safetensors file, for where there is no file system. Errors as `writeSafetensors`.
 *
 * @example
 * const file = await openSafetensors(await encodeSafetensors({ weight: eye(4) }));
 * file.names; // ["weight"]
 */
export async function encodeSafetensors(
  tensors: TensorCollection,
  options: Pick<WriteOptions, "metadata"> = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const { metadata } = readOptions("encodeSafetensors", options, ["metadata"]);
  const file = "<bytes in memory>";
  const ordered = inFileOrder(await planTensors(tensors, file));
  const header = encodeHeader(ordered, metadata, file);
  const size = ordered.reduce((sum, { byteLength }) => sum + byteLength, header.length);
  const bytes = new Uint8Array(size);
  bytes.set(header);
  let at = header.length;
  for (const tensor of ordered) {
    bytes.set(await tensor.bytes(), at);
    at += tensor.byteLength;
  }
  return bytes;
}

const folderOf = (path: string): string => path.replace(/[^/\\]*$/, "") || ".";
const nameOf = (path: string): string => path.slice(path.replace(/[^/\\]*$/, "").length);

/** Written by hand, member by member, because an object would reorder integer-like names and lose `__proto__`. */
function encodeIndex(
  shards: readonly (readonly PlannedTensor[])[],
  files: readonly string[],
  totalBytes: number,
): string {
  const pairs = shards.flatMap((shard, i) => shard.map(({ name }) => [name, nameOf(files[i])] as const));
  const members = pairs
    .toSorted(([a], [b]) => compareUtf8(a, b))
    .map(([name, file]) => `    ${JSON.stringify(name)}: ${JSON.stringify(file)}`);
  return `{
  "metadata": {
    "total_size": ${totalBytes}
  },
  "weight_map": {
${members.join(",\n")}
  }
}
`;
}
