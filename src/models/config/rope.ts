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
  beta_fast: z.number().positive().nullish(),
  beta_slow: z.number().positive().nullish(),
  attention_factor: z.number().positive().nullish(),
  mscale: z.number().nonnegative().nullish(),
  mscale_all_dim: z.number().nonnegative().nullish(),
  truncate: z.boolean().nullish(),
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

export interface Rope {
  readonly rotary: RotaryFrequencies;
  /** By what queries and keys are multiplied once they are rotated: YaRN's temperature, else 1. */
  readonly attentionFactor: number;
  readonly maxPositions: number;
}

/**
 * Reads whichever form the file uses, for a model of so many positions before they are stretched. Throws `ConfigError`
 * for a kind of scaling that is not implemented.
 */
export function readRope(raw: RopeSource, positions: number): Rope {
  const key = raw.rope_parameters ? "rope_parameters" : "rope_scaling";
  const scaling = raw.rope_parameters ?? raw.rope_scaling ?? undefined;
  const theta = scaling?.rope_theta ?? raw.rope_theta ?? 10000;
  const read = scaling && readScaling(key, scaling, positions);
  const stretched = read?.type === "yarn" ? Math.floor(read.factor * read.originalMaxPositionEmbeddings) : 0;
  return {
    rotary: { theta, scaling: read },
    attentionFactor: read?.type === "yarn" ? attentionFactorOf(scaling!, read.factor) : 1,
    maxPositions: Math.max(positions, stretched),
  };
}

/** YaRN's √(1/t), equation 22 of the paper; DeepSeek's files give the ratio of two such factors. */
function attentionFactorOf(keys: ScalingKeys, factor: number): number {
  const { attention_factor: given, mscale, mscale_all_dim: allDim } = keys;
  const grown = (scale: number): number => (factor <= 1 ? 1 : 0.1 * scale * Math.log(factor) + 1);
  if (given) return given;
  return mscale && allDim ? grown(mscale) / grown(allDim) : grown(1);
}

function readScaling(key: string, keys: ScalingKeys, positions: number): RotaryScaling | undefined {
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
    case "yarn": {
      const { beta_fast, beta_slow, original_max_position_embeddings: trained, truncate } = keys;
      const [betaFast, betaSlow] = [beta_fast ?? 32, beta_slow ?? 1];
      if (betaFast <= betaSlow) {
        throw new ConfigError(
          `config: '${key}.beta_fast' is ${betaFast}; it must be above 'beta_slow', which is ${betaSlow}`,
          { key: `${key}.beta_fast`, value: betaFast },
        );
      }
      return {
        type,
        factor: need("factor"),
        betaFast,
        betaSlow,
        originalMaxPositionEmbeddings: trained ?? positions,
        truncate: truncate ?? true,
      };
    }
    default:
      throw new ConfigError(
        `config: '${key}.rope_type' is "${type}", which is not implemented; use default, linear, llama3 or yarn`,
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
