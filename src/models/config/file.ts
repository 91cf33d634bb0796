import { ConfigError } from "../../base/errors.js";
import type { RawConfig } from "./common.js";

interface ConfigFile {
  readonly config: RawConfig;
  /** The folder's name for a `config.json`, otherwise the file's. */
  readonly name: string;
  readonly path: string;
}

// Taken at run time, so that bundles for the browser hold no import of Node's modules.
const node = (globalThis as { process?: NodeJS.Process }).process;

/**
 * The config at a path or in a folder; `undefined` when nothing is there. Throws `ConfigError` on broken JSON and on
 * what cannot be read.
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
  let file = reading(() => path.resolve(source instanceof URL ? url.fileURLToPath(source) : source));
  const found = reading(() => fs.statSync(file, { throwIfNoEntry: false }));
  if (found === undefined) return undefined;
  if (found.isDirectory()) {
    file = path.join(file, "config.json");
    if (!fs.existsSync(file)) {
      throw new ConfigError(`the folder ${String(source)} has no config.json`, { key: "source", file });
    }
  }
  const stem = path.basename(file, ".json");
  const name = stem === "config" ? path.basename(path.dirname(file)) : stem;
  const text = reading(() => fs.readFileSync(file, "utf8"));
  return { config: parseJson(text, file), name, path: file };
}

function parseJson(text: string, file: string): RawConfig {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, "")) as RawConfig; // some editors begin files with a byte order mark
  } catch (cause) {
    throw new ConfigError(`${file} is not valid JSON: ${reasonOf(cause)}`, { file }, { cause });
  }
}

const reasonOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));
