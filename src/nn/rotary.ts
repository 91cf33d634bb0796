import type { Size } from "../shape/dim.js";

/** How the rotation frequencies are stretched to reach beyond the trained length. */
export type RotaryScaling =
  | { readonly type: "linear"; readonly factor: number }
  | {
      readonly type: "llama3";
      readonly factor: number;
      readonly lowFrequencyFactor: number;
      readonly highFrequencyFactor: number;
      readonly originalMaxPositions: number;
    }
  | {
      readonly type: "yarn";
      readonly factor: number;
      readonly originalMaxPositions: number;
      readonly betaFast: number;
      readonly betaSlow: number;
      /** Multiplies cosine and sine. */
      readonly attentionFactor: number;
      readonly truncate: boolean;
    };

export interface RotaryOptions {
  /** θ: the frequencies are θ^(−2i/d). Default 10,000. */
  readonly base?: number;
  readonly scaling?: RotaryScaling | undefined;
}

/**
 * The d / 2 angular frequencies of rotary position embeddings ("RoFormer", Su et al., 2021), stretched as in
 * Llama 3.1 or YaRN (Peng et al., 2023).
 */
export function rotaryFrequencies(headSize: number, { base = 10000, scaling }: RotaryOptions = {}): number[] {
  const plain = Array.from({ length: headSize / 2 }, (_, i) => base ** ((-2 * i) / headSize));
  switch (scaling?.type) {
    case undefined:
      return plain;
    case "linear":
      return plain.map((frequency) => frequency / scaling.factor);
    case "llama3": {
      const { factor, lowFrequencyFactor: low, highFrequencyFactor: high, originalMaxPositions } = scaling;
      return plain.map((frequency) => {
        // Turns that this pair makes over the trained length.
        const turns = (originalMaxPositions * frequency) / (2 * Math.PI);
        const keep = Math.min(1, Math.max(0, (turns - low) / (high - low)));
        return keep * frequency + ((1 - keep) * frequency) / factor;
      });
    }
    case "yarn": {
      const { factor, originalMaxPositions, betaFast, betaSlow, truncate } = scaling;
      const pairAt = (turns: number): number =>
        (headSize * Math.log(originalMaxPositions / (turns * 2 * Math.PI))) / (2 * Math.log(base));
      const [from, to] = [pairAt(betaFast), pairAt(betaSlow)];
      const low = Math.max(truncate ? Math.floor(from) : from, 0);
      const high = Math.min(truncate ? Math.ceil(to) : to, headSize - 1);
      return plain.map((frequency, i) => {
        const ramp = Math.min(1, Math.max(0, (i - low) / (high === low ? 0.001 : high - low)));
        return (1 - ramp) * frequency + (ramp * frequency) / factor;
      });
    }
    default:
      return scaling satisfies never;
  }
}
