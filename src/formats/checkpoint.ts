import { findWeights, resolveShard } from "#disk";
import type { Tensor } from "../tensor/tensor.js";
import type { Checkpoint, TensorInfo } from "./checkpoint-view.js";
import { group, malformed, quote, requirePath, Warnings } from "./fail.js";
import { openSafetensors, unknownTensor } from "./safetensors.js";
import { readShardIndex, type ShardIndex } from "./shard-index.js";

/**
 * Opens the weights of a model: a folder with `model.safetensors` or with a shard index and its shards, or
 * the path of either file. The shards are one view; a tensor is read from its shard when asked for.
 *
 * Throws `FormatError` when there are no weights or they break the format: a tensor that is not where the
 * index says, one that lies in two shards, a shard outside of the folder.
 *
 * Source: Hugging Face's "sharded checkpoints" (transformers, `save_pretrained`).
 *
 * @example
 * await using weights = await openCheckpoint("models/llama");
 * (await weights.tensor("model.embed_tokens.weight")).shape; // [512, 16]
 */
export async function openCheckpoint(path: string): Promise<Checkpoint> {
  requirePath("openCheckpoint", path);
  const weights = await findWeights(path);
  return weights.kind === "file" ? openSafetensors(weights.path) : openShards(weights.index);
}

async function openShards(indexPath: string): Promise<Checkpoint> {
  const warnings = new Warnings();
  const index = await readShardIndex(indexPath, warnings);
  const shards = new Map<string, Checkpoint>();
  try {
    for (const shard of new Set(index.shardOf.values())) {
      shards.set(shard, await openSafetensors(await resolveShard(indexPath, shard)));
    }
    const shardOf = assign(indexPath, index, shards, warnings);
    return new ShardedCheckpoint(indexPath, [...shards.values()], shardOf, warnings);
  } catch (error) {
    for (const shard of shards.values()) await shard.close();
    throw error;
  }
}

/** Checks the index against the shards: every mapped tensor is in its shard and in no other. */
function assign(
  file: string,
  { shardOf, totalSize }: ShardIndex,
  shards: ReadonlyMap<string, Checkpoint>,
  warnings: Warnings,
): Map<string, Checkpoint> {
  const assigned = new Map<string, Checkpoint>();
  for (const [shardName, shard] of shards) {
    for (const name of shard.names) {
      const mapped = shardOf.get(name);
      if (mapped === shardName) assigned.set(name, shard);
      else if (mapped === undefined) warnings.add(`${file}: does not list ${quote(name)} of ${shardName}`);
      else throw malformed({ file, tensor: name }, `lies in ${shardName} but is mapped to ${mapped}`);
    }
  }
  for (const [name, shardName] of shardOf) {
    if (!assigned.has(name)) throw malformed({ file, tensor: name }, `is not in its shard ${shardName}`);
  }
  let bytes = 0;
  for (const [name, shard] of assigned) bytes += shard.info(name).byteLength;
  if (totalSize !== undefined && totalSize !== bytes) {
    warnings.add(`${file}: total_size is ${group(totalSize)}, the tensors take ${group(bytes)} bytes`);
  }
  return assigned;
}

class ShardedCheckpoint implements Checkpoint {
  readonly names: readonly string[];
  readonly metadata: Readonly<Record<string, string>>;
  readonly warnings: readonly string[];
  readonly parameterCount: number;
  readonly files: readonly string[];
  readonly #index: string;
  readonly #shards: readonly Checkpoint[];
  readonly #shardOf: ReadonlyMap<string, Checkpoint>;

  constructor(
    index: string,
    shards: readonly Checkpoint[],
    shardOf: ReadonlyMap<string, Checkpoint>,
    warnings: Warnings,
  ) {
    this.#index = index;
    this.#shards = shards;
    this.#shardOf = shardOf;
    this.names = [...shardOf.keys()];
    // Shards repeat the same metadata; where they differ, the first shard's counts.
    this.metadata = Object.fromEntries(
      shards.toReversed().flatMap(({ metadata }) => Object.entries(metadata)),
    );
    this.warnings = [...warnings.list(), ...shards.flatMap((shard) => shard.warnings)];
    this.parameterCount = this.names.reduce((sum, name) => sum + this.info(name).size, 0);
    this.files = shards.flatMap((shard) => shard.files);
  }

  has(name: string): boolean {
    return this.#shardOf.has(name);
  }

  info(name: string): TensorInfo {
    return this.#shard(name).info(name);
  }

  async tensor(name: string): Promise<Tensor> {
    return this.#shard(name).tensor(name);
  }

  async bytes(name: string): Promise<Uint8Array<ArrayBuffer>> {
    return this.#shard(name).bytes(name);
  }

  async close(): Promise<void> {
    for (const shard of this.#shards) await shard.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #shard(name: string): Checkpoint {
    const shard = this.#shardOf.get(name);
    if (shard === undefined) throw unknownTensor(this.#index, name, this.names);
    return shard;
  }
}
