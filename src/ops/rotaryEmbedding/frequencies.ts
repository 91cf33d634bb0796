/** Stretches the positions of a model beyond the context it was trained on. */
export type RotaryScaling =
  | { readonly type: "linear"; readonly factor: number }
  | {
      /** Llama 3.1: long wavelengths are stretched, short ones kept, those between blended. */
      readonly type: "llama3";
      readonly factor: number;
      readonly lowFreqFactor: number;
      readonly highFreqFactor: number;
      readonly originalMaxPositionEmbeddings: number;
    };

export interface RotaryFrequencies {
  readonly theta: number;
  readonly scaling?: RotaryScaling | undefined;
}

/** Radians per position of each of the `width / 2` pairs, in float64. */
export function rotaryFrequencies(width: number, { theta, scaling }: RotaryFrequencies): Float64Array {
  return Float64Array.from({ length: width / 2 }, (_, i) => scaled(theta ** ((-2 * i) / width), scaling));
}

function scaled(frequency: number, scaling: RotaryScaling | undefined): number {
  if (scaling === undefined) return frequency;
  if (scaling.type === "linear") return frequency / scaling.factor;
  const { factor, lowFreqFactor, highFreqFactor, originalMaxPositionEmbeddings } = scaling;
  const turns = (originalMaxPositionEmbeddings * frequency) / (2 * Math.PI); // within the trained context
  if (turns > highFreqFactor) return frequency;
  if (turns < lowFreqFactor) return frequency / factor;
  const keep = (turns - lowFreqFactor) / (highFreqFactor - lowFreqFactor);
  return (1 - keep) * (frequency / factor) + keep * frequency;
}
