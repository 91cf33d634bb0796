import * as fs from "node:fs/promises";
import * as paths from "node:path";
import { malformed, quote } from "./fail.js";
import { whyUnreadable } from "./file-source.js";
import { indexSuffix, isShard } from "./weight-names.js";

/** Which files hold the weights of a model. */
export type Weights =
  { readonly kind: "file"; readonly path: string } | { readonly kind: "shards"; readonly index: string };

/**
 * Finds the weights in a model folder as transformers does: `model.safetensors` first, then its shard index, then the
 * only other file or index there is. A path to a file names its weights itself.
 */
export async function findWeights(path: string): Promise<Weights> {
  const found = await fs.stat(path).catch((error: unknown) => {
    throw malformed({ file: path }, whyUnreadable(error), error);
  });
  if (!found.isDirectory()) return fromFile(path);
  const names = (await fs.readdir(path)).toSorted();
  const whole = names.filter((name) => name.endsWith(".safetensors") && !isShard(name));
  const indexes = names.filter((name) => name.endsWith(indexSuffix));
  const pick = (files: readonly string[], first: string): string | undefined =>
    files.includes(first) ? first : files.length === 1 ? files[0] : undefined;
  if (whole.includes("model.safetensors"))
    return { kind: "file", path: paths.join(path, "model.safetensors") };
  const index = pick(indexes, `model${indexSuffix}`);
  if (index !== undefined) return { kind: "shards", index: paths.join(path, index) };
  const only = pick(whole, "model.safetensors");
  if (only !== undefined && indexes.length === 0) return { kind: "file", path: paths.join(path, only) };
  throw malformed({ file: path }, whyNoWeights(names, [...whole, ...indexes]));
}

function fromFile(path: string): Weights {
  if (path.endsWith(indexSuffix)) return { kind: "shards", index: path };
  if (/\.(?:bin|pt|pth|ckpt)$/.test(path)) throw malformed({ file: path }, convert(paths.basename(path)));
  return { kind: "file", path };
}

function whyNoWeights(names: readonly string[], candidates: readonly string[]): string {
  const listed = (files: readonly string[]): string =>
    files.slice(0, 8).map(quote).join(", ") + (files.length > 8 ? `, … (${files.length} in all)` : "");
  if (candidates.length > 0)
    return `holds more than one model: ${listed(candidates)}; open one of them by its path`;
  const shards = names.filter(isShard);
  if (shards.length > 0) return `holds the shards ${listed(shards)} but no index (*${indexSuffix})`;
  const torch = names.find((name) => /\.(?:bin|pt|pth|ckpt)$/.test(name));
  if (torch !== undefined) return convert(torch);
  return `holds no weights (*.safetensors); found ${names.length === 0 ? "an empty folder" : listed(names)}`;
}

const convert = (name: string): string =>
  `${quote(name)} is a pickle, which can run code when loaded, and is not read; convert it to safetensors: ` +
  `python -c 'import sys, torch; from safetensors.torch import save_file; ` +
  `save_file({k: v.contiguous().clone() for k, v in torch.load(sys.argv[1], weights_only=True).items()}, sys.argv[2])' ` +
  `${name} model.safetensors`;

/**
 * The path of a shard beside its index. Links may lead out of the folder only as the Hugging Face cache lays them
 * out, from `snapshots/<revision>` to `blobs`: otherwise a downloaded model could name any file of the machine.
 */
export async function resolveShard(index: string, shard: string): Promise<string> {
  const folder = await fs.realpath(paths.dirname(paths.resolve(index)));
  const path = paths.join(folder, shard);
  const real = await fs.realpath(path).catch((error: unknown) => {
    throw malformed({ file: index }, `its shard ${quote(shard)}: ${whyUnreadable(error)}`, error);
  });
  const within = (root: string): boolean => {
    const way = paths.relative(root, real);
    return !paths.isAbsolute(way) && way.split(paths.sep)[0] !== "..";
  };
  const repository = paths.dirname(paths.dirname(folder));
  const inCache =
    paths.basename(paths.dirname(folder)) === "snapshots" && within(paths.join(repository, "blobs"));
  if (within(folder) || inCache) return paths.join(paths.dirname(index), shard);
  throw malformed(
    { file: index },
    `its shard ${quote(shard)} is a link to ${quote(real)}, outside of the model folder`,
  );
}
