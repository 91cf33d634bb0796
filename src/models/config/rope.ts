// Rotary positions in config.json: `rope_theta` + `rope_scaling`, or since transformers 5 one `rope_parameters`.
import * as z from "zod";
import { ConfigError } from "../../base/errors.js";
import type { RotaryOptions, RotaryScaling } from "../../nn/rotary.js";

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
  mscale: z.number().nullish(),
  mscale_all_dim: z.number().nullish(),
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

/** Reads whichever form the file uses. Throws `ConfigError` for a kind of scaling that is not implemented. */
export function readRope(raw: RopeSource, maxPositions: number, defaultTheta = 10000): RotaryOptions {
  const key = raw.rope_parameters ? "rope_parameters" : "rope_scaling";
  const scaling = raw.rope_parameters ?? raw.rope_scaling ?? undefined;
  const base = scaling?.rope_theta ?? raw.rope_theta ?? defaultTheta;
  return { base, scaling: scaling && readScaling(key, scaling, maxPositions) };
}

function readScaling(key: string, keys: ScalingKeys, maxPositions: number): RotaryScaling | undefined {
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
        lowFrequencyFactor: need("low_freq_factor"),
        highFrequencyFactor: need("high_freq_factor"),
        originalMaxPositions: need("original_max_position_embeddings"),
      };
    case "yarn": {
      const factor = need("factor");
      return {
        type,
        factor,
        originalMaxPositions: keys.original_max_position_embeddings ?? maxPositions,
        betaFast: keys.beta_fast ?? 32,
        betaSlow: keys.beta_slow ?? 1,
        attentionFactor: keys.attention_factor ?? yarnAttention(factor, keys),
        truncate: keys.truncate ?? true,
      };
    }
    default:
      throw new ConfigError(
        `config: '${key}.rope_type' is "${type}", which is not implemented; use default, linear, llama3 or yarn`,
        { key: `${key}.rope_type`, value: type },
      );
  }
}

/** 0.1·ln(factor) + 1, as in "YaRN" (Peng et al., 2023), with DeepSeek's two-part form. */
function yarnAttention(factor: number, { mscale, mscale_all_dim: allDim }: ScalingKeys): number {
  const temperature = (scale: number): number => (factor <= 1 ? 1 : 0.1 * scale * Math.log(factor) + 1);
  return mscale && allDim ? temperature(mscale) / temperature(allDim) : temperature(1);
}
