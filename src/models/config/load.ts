import { describe } from "../../base/describe.js";
import { ConfigError } from "../../base/errors.js";
import { requireString } from "../../base/options.js";
import { architectures } from "../architectures/index.js";
import { presets } from "../presets/index.js";
import { closestNames } from "../../base/closest.js";
import type { ModelConfig, RawConfig } from "./common.js";
import { readConfigFile, type ConfigFile } from "./file.js";

/**
 * Reads and checks the configuration of a model and fills in the defaults of Hugging Face's transformers.
 *
 * `source` is a `config.json`, the folder that holds one, the weights beside one, the name of a preset, or the parsed
 * object. Throws `ConfigError` naming the file, the key, its value and the fix; a model type that is not represented
 * exactly is refused.
 *
 * @example
 * loadConfig("bert-base-uncased").heads; // 12
 * loadConfig({ ...findPreset("gpt2"), n_layer: 2 }).layers; // 2
 */
export function loadConfig(source: string | URL | RawConfig | ModelConfig, name?: string): ModelConfig {
  if (typeof source === "string" || source instanceof URL) return loadNamed(source, name);
  if (name !== undefined && typeof name !== "string") {
    throw new ConfigError(`loadConfig: the name must be a string, got ${describe(name)}`, { value: name });
  }
  if (isModelConfig(source)) return source;
  if (!isObject(source)) {
    throw new ConfigError(
      `a config is a preset, a path, or an object of the form of config.json, got ${describe(source)}`,
      { value: source },
    );
  }
  const modelType = typeOf(source, name);
  const architecture = architectures.get(modelType);
  if (architecture === undefined) throw unknownType(modelType);
  return architecture.read(source, name ?? presetName(source) ?? modelType);
}

/**
 * The config of a model with weights, which a preset has none of, and where they are looked for. `path` is a folder, or
 * a file in one. Throws as `loadConfig` does.
 */
export function loadStoredConfig(path: string): { readonly config: ModelConfig; readonly weights: string } {
  const file = readConfigFile(requireString("loadModel", "the folder", path));
  if (file !== undefined) return { config: loadFile(file, undefined), weights: file.weights };
  const problem = presets.has(path)
    ? `'${path}' is a preset, a config without weights; give a folder with config.json and *.safetensors`
    : `'${path}': no such folder; give one with config.json and *.safetensors`;
  throw new ConfigError(problem, { key: "folder", value: path });
}

function loadFile(file: ConfigFile, name: string | undefined): ModelConfig {
  try {
    if (isObject(file.config)) return loadConfig(file.config, name ?? file.name);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    throw new ConfigError(
      `${file.path}: ${error.message}`,
      { ...error.details, file: file.path },
      { cause: error },
    );
  }
  throw new ConfigError(`${file.path}: a config is an object, got ${describe(file.config)}`, {
    file: file.path,
  });
}

const isObject = (value: unknown): boolean =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function loadNamed(source: string | URL, name: string | undefined): ModelConfig {
  const file = readConfigFile(source);
  if (file !== undefined) return loadFile(file, name);
  const preset = presets.get(String(source));
  if (preset !== undefined) return loadConfig(preset, name ?? String(source));
  const close = closestNames(String(source), [...presets.keys()]);
  throw new ConfigError(
    `'${String(source)}' is neither a config.json, nor a folder with one, nor a preset; ` +
      (close.length > 0
        ? `did you mean ${close.join(" or ")}?`
        : `presets: ${[...presets.keys()].join(", ")}`),
    { key: "source", value: String(source), close },
  );
}

/** Already read: `loadConfig(loadConfig(x))` is `loadConfig(x)`. */
const isModelConfig = (source: RawConfig | ModelConfig): source is ModelConfig =>
  source !== null && typeof source === "object" && "family" in source && "modelType" in source;

function presetName(source: RawConfig): string | undefined {
  for (const [name, preset] of presets) if (preset === source) return name;
  return undefined;
}

/** `model_type`; files from before it existed are recognised by their name, as transformers does. */
function typeOf({ model_type: written }: RawConfig, name: string | undefined): string {
  if (typeof written === "string") return written;
  const known = [...architectures.keys()].toSorted((a, b) => b.length - a.length);
  const fromName =
    written === undefined ? known.find((type) => name?.toLowerCase().includes(type)) : undefined;
  if (fromName !== undefined) return fromName;
  throw new ConfigError(
    `config: 'model_type' is ${written === undefined ? "missing" : JSON.stringify(written)}; ` +
      `write one of ${[...architectures.keys()].join(", ")}`,
    { key: "model_type", value: written },
  );
}

function unknownType(modelType: string): ConfigError {
  const known = [...architectures.keys()];
  return new ConfigError(
    `config: 'model_type' is "${modelType}", which Lintel does not represent exactly and will not guess; ` +
      `known: ${known.join(", ")}`,
    { key: "model_type", value: modelType, known },
  );
}
