import { describe } from "../../base/describe.js";
import { ConfigError } from "../../base/errors.js";
import type { RawConfig } from "../config/common.js";
import { closestNames } from "../../base/closest.js";
import { bertPresets } from "./bert.js";
import { gpt2Presets } from "./gpt2.js";
import { llamaPresets } from "./llama.js";

const table = { ...bertPresets, ...gpt2Presets, ...llamaPresets } satisfies Record<string, RawConfig>;

export type PresetName = keyof typeof table;

/**
 * Well-known models by name, as the `config.json` that each would have.
 *
 * @example
 * presets.get("gpt2")?.["n_embd"]; // 768
 */
export const presets: ReadonlyMap<string, RawConfig> = new Map(Object.entries(table));

/**
 * The config of a well-known model. Throws `ConfigError` with the closest names when there is none.
 *
 * @example
 * buildModel(findPreset("gpt2"), { device: "abstract" }).parameterCount; // 124439808
 */
export function findPreset(name: PresetName | (string & {})): RawConfig {
  if (typeof name !== "string") {
    throw new ConfigError(`a preset is called by its name, got ${describe(name)}`, {
      key: "preset",
      value: name,
    });
  }
  const found = presets.get(name);
  if (found !== undefined) return found;
  const close = closestNames(name, [...presets.keys()]);
  const hint =
    close.length > 0 ? `did you mean ${close.join(" or ")}?` : `known: ${[...presets.keys()].join(", ")}`;
  throw new ConfigError(`no preset is called '${name}'; ${hint}`, { key: "preset", value: name, close });
}
