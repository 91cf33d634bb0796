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
    }
  | {
      /**
       * YaRN (Peng et al., 2023): pairs that turn more than `betaFast` times in the trained context are kept, those that
       * turn less than `betaSlow` times stretched, those between blended by their place. Its temperature is no part of
       * the rotation: scores are multiplied by the square of the attention factor.
       */
      readonly type: "yarn";
      readonly factor: number;
      readonly betaFast: number;
      readonly betaSlow: number;
      readonly originalMaxPositionEmbeddings: number;
      /** Whether the blend starts and ends at whole pairs. */
      readonly truncate: boolean;
    };

export const scalingTypes = ["linear", "llama3", "yarn"] as const satisfies readonly RotaryScaling["type"][];

export interface RotaryFrequencies {
  readonly theta: number;
  readonly scaling?: RotaryScaling | undefined;
}

/** Radians per position of each of the `width / 2` pairs, in float64. */
export function rotaryFrequencies(width: number, { theta, scaling }: RotaryFrequencies): Float64Array {
  const plain = Float64Array.from({ length: width / 2 }, (_, i) => theta ** ((-2 * i) / width));
  if (scaling === undefined) return plain;
  const kept = keptParts(width, theta, scaling);
  return plain.map((frequency, i) => {
    const keep = kept(frequency, i);
    return (1 - keep) * (frequency / scaling.factor) + keep * frequency;
  });
}

/** How much of the plain frequency of a pair stays, from 0 (stretched) to 1 (kept). */
function keptParts(
  width: number,
  theta: number,
  scaling: RotaryScaling,
): (frequency: number, pair: number) => number {
  if (scaling.type === "linear") return () => 0;
  const { originalMaxPositionEmbeddings: trained } = scaling;
  if (scaling.type === "llama3") {
    const { lowFreqFactor: low, highFreqFactor: high } = scaling;
    return (frequency) => within01((trainedTurns(frequency, trained) - low) / (high - low));
  }
  const { betaFast, betaSlow, truncate } = scaling;
  const [first, last] = [pairWithTurns(betaFast), pairWithTurns(betaSlow)];
  const from = Math.max(truncate ? Math.floor(first) : first, 0);
  const to = Math.min(truncate ? Math.ceil(last) : last, width - 1);
  const length = to === from ? 0.001 : to - from; // as everywhere: a step, not a division by zero
  return (_, pair) => 1 - within01((pair - from) / length);

  /** The pair, a fraction, that turns this often in the trained context. */
  function pairWithTurns(turns: number): number {
    return (width * Math.log(trained / (turns * 2 * Math.PI))) / (2 * Math.log(theta));
  }
}

const trainedTurns = (frequency: number, trained: number): number => (trained * frequency) / (2 * Math.PI);

const within01 = (x: number): number => Math.min(1, Math.max(0, x));
