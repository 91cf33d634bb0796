// Rotary positions in config.json: `rope_theta` + `rope_scaling`, or since transformers 5 one `rope_parameters`.
import * as z from "zod";
import { ConfigError } from "../../base/errors.js";
import type { RawConfig } from "./common.js";
import type { RotaryFrequencies, RotaryScaling } from "../../ops/rotaryEmbedding/frequencies.js";

const scalingKeys = z.looseObject({
  rope_type: z.string().optional(),
  type: z.string().optional(),
  rope_theta: z.number().positive().optional(),
  factor: z.number().positive().optional(),
  low_freq_factor: z.number().positive().optional(),
  high_freq_factor: z.number().positive().optional(),
  original_max_position_embeddings: z.number().int().positive().optional(),
});

type ScalingKeys = z.output<typeof scalingKeys>;

export const ropeKeys = {
  rope_theta: z.number().positive().nullish(),
  rope_scaling: scalingKeys.nullish(),
  rope_parameters: scalingKeys.nullish(),
};

interface RopeSource {
  readonly rope_theta?: number | null | undefined;
  readonly rope_scaling?: ScalingKeys | null | undefined;
  readonly rope_parameters?: ScalingKeys | null | undefined;
}

/** Reads whichever form the file uses. Throws `ConfigError` for a kind of scaling that is not implemented. */
export function readRope(raw: RopeSource): RotaryFrequencies {
  const key = raw.rope_parameters ? "rope_parameters" : "rope_scaling";
  const scaling = raw.rope_parameters ?? raw.rope_scaling ?? undefined;
  const theta = scaling?.rope_theta ?? raw.rope_theta ?? 10000;
  return { theta, scaling: scaling && readScaling(key, scaling) };
}

function readScaling(key: string, keys: ScalingKeys): RotaryScaling | undefined {
  const type = keys.rope_type ?? keys.type ?? "default";
  const need = (name: keyof ScalingKeys): number => {
    const value = keys[name];
    if (typeof value === "number") return value;
    throw new ConfigError(`config: '${key}.${name}' is missing; rope type '${type}' needs it`, {
      key: `${key}.${name}`,
      value,
    });
  };
  switch (type) {
    case "default":
      return undefined;
    case "linear":
      return { type, factor: need("factor") };
    case "llama3":
      return {
        type,
        factor: need("factor"),
        lowFreqFactor: need("low_freq_factor"),
        highFreqFactor: need("high_freq_factor"),
        originalMaxPositionEmbeddings: need("original_max_position_embeddings"),
      };
    default:
      throw new ConfigError(
        `config: '${key}.rope_type' is "${type}", which is not implemented; use default, linear or llama3`,
        { key: `${key}.rope_type`, value: type },
      );
  }
}

/** `rope_parameters` as the keys that it replaces, for models that rotate a part of each head and scale nothing. */
export function spreadRopeParameters(raw: RawConfig): RawConfig {
  const parameters = raw["rope_parameters"];
  if (parameters === null || typeof parameters !== "object") return raw;
  const { rope_type: type = "default", rope_theta, partial_rotary_factor } = parameters as RawConfig;
  if (type === "default") {
    const written = Object.entries({ rope_theta, partial_rotary_factor });
    return { ...raw, ...Object.fromEntries(written.filter(([, value]) => value !== undefined)) };
  }
  const key = "rope_parameters.rope_type";
  throw new ConfigError(
    `config: '${key}' is ${JSON.stringify(type)}, which is not implemented; use default`,
    {
      key,
      value: type,
    },
  );
}
