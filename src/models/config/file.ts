import { ConfigError } from "../../base/errors.js";
import { prefixBytes, recognise } from "../../formats/recognise.js";
import { isShard, isWeightsFile } from "../../formats/weight-names.js";
import type { RawConfig } from "./common.js";

/** A config as it was found. */
export interface ConfigFile {
  readonly config: RawConfig;
  /** The folder's name for a `config.json`, otherwise the file's. */
  readonly name: string;
  readonly path: string;
  /** Where its weights are looked for, in the words of `openCheckpoint`: a file that was named, or the folder. */
  readonly weights: string;
}

/** Far above any config, and far below the checkpoint that a slip of the keyboard names. */
const mostBytes = 64 * 2 ** 20;

// Taken at run time, so that bundles for the browser hold no import of Node's modules.
const node = (globalThis as { process?: NodeJS.Process }).process;

/**
 * The config at a path, in a folder or beside weights; `undefined` when nothing is there. Throws `ConfigError` on
 * broken JSON and on what cannot be read.
 */
export function readConfigFile(source: string | URL): ConfigFile | undefined {
  if (source === "") throw new ConfigError("the name of a model is empty", { key: "source", value: source });
  const fs = node?.getBuiltinModule?.("node:fs");
  const path = node?.getBuiltinModule?.("node:path");
  const url = node?.getBuiltinModule?.("node:url");
  if (fs === undefined || path === undefined || url === undefined) return undefined;
  const reading = <T>(read: () => T): T => {
    try {
      return read();
    } catch (cause) {
      throw new ConfigError(
        `${String(source)} cannot be read: ${reasonOf(cause)}`,
        { key: "source" },
        { cause },
      );
    }
  };
  const given = reading(() => path.resolve(source instanceof URL ? url.fileURLToPath(source) : source));
  const found = reading(() => fs.statSync(given, { throwIfNoEntry: false }));
  if (found === undefined) return undefined;
  const isWeights = !found.isDirectory() && isWeightsFile(given);
  const folder = found.isDirectory() ? given : path.dirname(given);
  const file = found.isDirectory() || isWeights ? path.join(folder, "config.json") : given;
  if (file !== given && !fs.existsSync(file)) {
    const problem = isWeights
      ? `${String(source)} holds weights, and no config.json that says what they are of lies beside it`
      : `the folder ${String(source)} has no config.json`;
    throw new ConfigError(problem, { key: "source", file });
  }
  const stem = path.basename(file, ".json");
  const name = stem === "config" ? path.basename(path.dirname(file)) : stem;
  const size = reading(() => fs.statSync(file).size);
  if (size > mostBytes) {
    throw new ConfigError(`${file} has ${size} bytes, which no config.json has; give a model's folder`, {
      key: "source",
      file,
    });
  }
  const bytes = reading(() => fs.readFileSync(file));
  const weights = isWeights && !isShard(given) ? given : folder;
  return { config: parseJson(bytes, file), name, path: file, weights };
}

function parseJson(bytes: Uint8Array, file: string): RawConfig {
  const text = new TextDecoder().decode(bytes); // without the byte order mark that some editors write first
  try {
    return JSON.parse(text) as RawConfig;
  } catch (cause) {
    const what = text.startsWith("{") ? undefined : recognise(bytes.subarray(0, prefixBytes));
    const problem =
      what === undefined ? `is not valid JSON: ${reasonOf(cause)}` : `is no config.json but ${what}`;
    throw new ConfigError(`${file} ${problem}`, { file }, { cause });
  }
}

const reasonOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));
