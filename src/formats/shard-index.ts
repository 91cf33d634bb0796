import { readBytes } from "./byte-source.js";
import { group, malformed, quote, type Warnings } from "./fail.js";
import { JsonObject, parseJson, type JsonMember } from "./json.js";
import { openSource } from "./source.js";
import { decodeUtf8, utf8Length } from "./utf8.js";

/** A shard index, `model.safetensors.index.json`: which tensor lies in which file. */
export interface ShardIndex {
  readonly shardOf: ReadonlyMap<string, string>;
  /** What the index says all tensors take. Advisory: some writers put file sizes there. */
  readonly totalSize: number | undefined;
}

const maxIndexBytes = 100_000_000;

/** Reads a shard index. Throws `FormatError` for malformed JSON and for shard names that are not plain file names. */
export async function readShardIndex(path: string, warnings: Warnings): Promise<ShardIndex> {
  const source = await openSource(path);
  try {
    if (source.size > maxIndexBytes) {
      throw malformed({ file: path }, `${group(source.size)} bytes are too many for a shard index`);
    }
    return parseShardIndex(await readBytes(source, 0, source.size), path, warnings);
  } finally {
    await source.close();
  }
}

function parseShardIndex(bytes: Uint8Array, file: string, warnings: Warnings): ShardIndex {
  const text = decodeUtf8(bytes, (offset) => {
    throw malformed({ file, offset }, "the shard index is not valid UTF-8");
  });
  const fail = (problem: string, at: number, tensor?: string): never => {
    throw malformed({ file, tensor, offset: utf8Length(text, at) }, problem);
  };
  const root = parseJson(text, (problem, at) => fail(`the shard index is not valid JSON: ${problem}`, at));
  const members =
    root instanceof JsonObject ? root.members : fail("the shard index must be a JSON object", 0);
  const maps = members.filter(({ key }) => key === "weight_map");
  if (maps.length !== 1) fail(maps.length === 0 ? "has no weight_map" : "weight_map is given twice", 0);
  const { value: map, at: mapAt } = maps[0];
  if (!(map instanceof JsonObject)) return fail("weight_map must be an object", mapAt);
  const shardOf = new Map<string, string>();
  for (const { key: name, value: shard, at } of map.members) {
    if (typeof shard !== "string") return fail("its shard must be a file name in quotes", at, name);
    if (!isPlainFileName(shard)) {
      fail(`its shard ${quote(shard)} is not a plain file name; shards lie beside their index`, at, name);
    }
    const known = shardOf.get(name);
    if (known !== undefined && known !== shard) {
      fail(`is mapped twice, to ${quote(known)} and to ${quote(shard)}`, at, name);
    }
    if (known !== undefined)
      warnings.add(`${file}: tensor ${quote(name)} is mapped twice, to the same shard`);
    shardOf.set(name, shard);
  }
  return { shardOf, totalSize: totalSizeOf(members) };
}

function totalSizeOf(members: readonly JsonMember[]): number | undefined {
  const metadata = members.findLast(({ key }) => key === "metadata")?.value;
  if (!(metadata instanceof JsonObject)) return undefined;
  const total = metadata.members.findLast(({ key }) => key === "total_size")?.value;
  return typeof total === "number" ? total : undefined;
}

/** Names from a downloaded file must not reach elsewhere: no folders, drives, streams or control characters. */
function isPlainFileName(name: string): boolean {
  // oxlint-disable-next-line no-control-regex -- control characters are what is refused
  return name !== "" && name !== "." && name !== ".." && !/[/\\:\u0000-\u001f]/.test(name);
}
