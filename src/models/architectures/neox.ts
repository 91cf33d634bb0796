import { ConfigError } from "../../base/errors.js";
import type { Activation } from "../../nn/activation.js";
import type { DType } from "../../tensor/dtype.js";
import type { NeoxConfig } from "../config/common.js";
import { requireDivides } from "../config/schema.js";

/** How much of a head turns, and the key that says so: GPT-J counts elements, the others give a fraction. */
type RotaryPart =
  { readonly key: string; readonly elements: number } | { readonly key: string; readonly fraction: number };

/** What the config files of the family say under different names. */
export interface NeoxKeys {
  readonly modelType: string;
  readonly name: string;
  readonly vocabSize: number;
  /** With the name of its key, for messages. */
  readonly hiddenSize: readonly [key: string, value: number];
  readonly heads: readonly [key: string, value: number];
  readonly keyValueHeads?: number | null | undefined;
  readonly layers: number;
  readonly intermediateSize?: number | null | undefined;
  readonly maxPositions: number;
  readonly activation: Activation;
  readonly layerNormEps: number;
  readonly tiedEmbeddings: boolean;
  readonly dtype: DType;
  readonly rotary: {
    readonly theta: number;
    readonly part: RotaryPart;
    readonly style: "half" | "interleaved";
  } | null;
}

type Structure = Pick<
  NeoxConfig,
  | "firstPosition"
  | "attentionBias"
  | "headBias"
  | "fusedProjection"
  | "alibi"
  | "parallel"
  | "sharedNorm"
  | "embeddingNorm"
>;

const plain: Structure = {
  firstPosition: null,
  attentionBias: false,
  headBias: false,
  fusedProjection: false,
  alibi: false,
  parallel: false,
  sharedNorm: false,
  embeddingNorm: false,
};

/** The config of a member of the family: what its file says, and where its type is not the plain one. */
export function neoxConfig(keys: NeoxKeys, structure: Partial<Structure>): NeoxConfig {
  const {
    modelType,
    name,
    vocabSize,
    layers,
    maxPositions,
    activation,
    layerNormEps,
    tiedEmbeddings,
    dtype,
  } = keys;
  const [[, hiddenSize], [, heads]] = [keys.hiddenSize, keys.heads];
  requireDivides(modelType, keys.hiddenSize, keys.heads);
  const keyValueHeads = keys.keyValueHeads ?? heads;
  requireDivides(modelType, keys.heads, ["num_key_value_heads", keyValueHeads]);
  const headSize = hiddenSize / heads;
  return {
    family: "neox",
    name,
    modelType,
    vocabSize,
    hiddenSize,
    layers,
    heads,
    keyValueHeads,
    headSize,
    intermediateSize: keys.intermediateSize ?? 4 * hiddenSize,
    maxPositions,
    activation,
    tiedEmbeddings,
    dtype,
    layerNormEps,
    rotary: readRotary(keys, headSize),
    ...plain,
    ...structure,
  };
}

function readRotary({ modelType, rotary }: NeoxKeys, headSize: number): NeoxConfig["rotary"] {
  if (rotary === null) return null;
  const { theta, part, style } = rotary;
  const [value, size] =
    "elements" in part
      ? [part.elements, part.elements]
      : [part.fraction, Math.floor(headSize * part.fraction)];
  if (size % 2 === 0 && size > 0 && size <= headSize) return { theta, size, style };
  throw new ConfigError(
    `config of ${modelType}: '${part.key}' is ${value}, which rotates ${size} of the ${headSize} elements of a head; ` +
      `that must be an even number up to ${headSize}`,
    { key: part.key, value, modelType },
  );
}
