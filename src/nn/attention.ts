import { ConfigError } from "../base/errors.js";
import { readOptions, requireNumber } from "../base/options.js";
import type { Arg } from "../tensor/typed.js";
import { addSizes, toSize, type Size } from "../shape/dim.js";
import type { Dim, Known, LastEq, Shape } from "../shape/types/index.js";
import type { Tensor } from "../tensor/tensor.js";
import { attend, mergeHeads, splitHeads, type AttentionMode } from "./attend.js";
import { checkCache, type KeyValueCache } from "./cache.js";
import { ofLastKeys } from "./mask.js";
import { Module } from "./module.js";
import { parameterOptions, withParameters, type ParameterOptions } from "./parameters.js";
import { rotate, type Rotation } from "./rotate.js";
import { sized, SizedLinear, SizedRMSNorm } from "./sized.js";

/** Which of the four projections have a bias. */
export interface AttentionBias {
  readonly qkv: boolean;
  readonly output: boolean;
}

export interface MultiHeadAttentionOptions extends ParameterOptions {
  /** Fewer than `heads` for grouped queries, 1 for multi-query attention. Default `heads`. */
  readonly keyValueHeads?: number | undefined;
  /** Default width / heads. */
  readonly headSize?: number | undefined;
  /** Default true, as in PyTorch. */
  readonly bias?: boolean | AttentionBias | undefined;
  readonly causal?: boolean | undefined;
  /** How far back a causal layer looks. Default: all the way. */
  readonly window?: number | null | undefined;
  /** Rotates q and k by their positions. */
  readonly rotary?: Rotation | undefined;
  /** RMSNorm over every head of q and k, before the rotation. */
  readonly qkNorm?: { readonly eps?: number } | undefined;
  /** Default 1/√headSize. */
  readonly scale?: number | undefined;
  /** Squashes scores into ±softcap, as Gemma 2 does; then attention is always eager. */
  readonly softcap?: number | null | undefined;
  /** Default `"eager"`. */
  readonly attention?: AttentionMode | undefined;
}

const optionNames = [
  "keyValueHeads",
  "headSize",
  "bias",
  "causal",
  "window",
  "rotary",
  "qkNorm",
  "scale",
  "softcap",
  "attention",
  ...parameterOptions,
] as const satisfies readonly (keyof MultiHeadAttentionOptions)[];

export interface AttentionInputs {
  /** Which keys are no padding, [B, m]: non-zero keeps. */
  readonly mask?: Tensor | undefined;
  readonly cache?: KeyValueCache | undefined;
}

/**
 * Multi-head self-attention (Vaswani et al., 2017), with grouped queries, rotary positions and a cache when
 * asked: [B, n, D] -> [B, n, D].
 *
 * Throws `ConfigError` when the heads do not divide, `ShapeError` when the last axis of x is not D.
 *
 * @example
 * const options = { keyValueHeads: 2, bias: false, causal: true, rotary: { theta: 500000 } };
 * new MultiHeadAttention(64, 4, options).forward(randn([1, 5, 64])).shape; // [1, 5, 64]
 */
export class MultiHeadAttention<const D extends Dim = Dim, Z = 0> extends Module {
  readonly q_proj: SizedLinear;
  readonly k_proj: SizedLinear;
  readonly v_proj: SizedLinear;
  readonly o_proj: SizedLinear;
  readonly q_norm: SizedRMSNorm | undefined;
  readonly k_norm: SizedRMSNorm | undefined;
  readonly #heads: number;
  readonly #keyValueHeads: number;
  readonly #options: MultiHeadAttentionOptions;

  constructor(width: Known<D, Z>, heads: number, options: MultiHeadAttentionOptions = {}) {
    super();
    readOptions("MultiHeadAttention", options, optionNames);
    const size = Number(toSize(width));
    requireNumber("MultiHeadAttention", "heads", heads);
    const { keyValueHeads = heads, headSize = size / heads, bias = true, qkNorm } = options;
    requireNumber("MultiHeadAttention", "keyValueHeads", keyValueHeads);
    requireWhole("heads", heads, "the width", size, headSize);
    requireWhole("keyValueHeads", keyValueHeads, "heads", heads, heads / keyValueHeads);
    this.#heads = heads;
    this.#keyValueHeads = keyValueHeads;
    this.#options = options;
    const { qkv, output } = typeof bias === "boolean" ? { qkv: bias, output: bias } : bias;
    const [inner, keyInner] = [heads * headSize, keyValueHeads * headSize];
    const project = (outputs: number): SizedLinear => new SizedLinear(size, outputs, { bias: qkv });
    const parts = withParameters(options, () => ({
      q: project(inner),
      k: project(keyInner),
      v: project(keyInner),
      o: new SizedLinear(inner, size, { bias: output }),
      qNorm: qkNorm && new SizedRMSNorm(headSize, qkNorm),
      kNorm: qkNorm && new SizedRMSNorm(headSize, qkNorm),
    }));
    this.q_proj = parts.q;
    this.k_proj = parts.k;
    this.v_proj = parts.v;
    this.o_proj = parts.o;
    this.q_norm = parts.qNorm;
    this.k_norm = parts.kNorm;
  }

  /** [B, n, D] -> [B, n, D]; with a cache, x holds only the new positions. */
  forward<A extends Shape, Z = 0>(
    x: Arg<LastEq<A, D, "multiHeadAttention", Z>, Tensor<A>, Z>,
    inputs?: AttentionInputs,
  ): Tensor<A>;
  forward(x: Tensor, inputs: AttentionInputs = {}): Tensor {
    const { mask, cache } = readOptions("MultiHeadAttention", inputs, ["mask", "cache"]);
    checkCache("MultiHeadAttention", cache);
    return cache?.attempt(() => this.#attend(x, mask, cache)) ?? this.#attend(x, mask);
  }

  #attend(x: Tensor, mask: Tensor | undefined, cache?: KeyValueCache): Tensor {
    const past = cache?.lengthOf(this) ?? 0;
    const q = this.#place(splitHeads(this.q_proj.forward(x), this.#heads), this.q_norm, past); // [B, h, n, d]
    const k = this.#place(splitHeads(this.k_proj.forward(x), this.#keyValueHeads), this.k_norm, past); // [B, g, n, d]
    const v = splitHeads(this.v_proj.forward(x), this.#keyValueHeads);
    const { causal, scale, softcap, attention: mode } = this.#options;
    const reach = causal === true ? this.#options.window : null;
    const [keys, values] = cache?.append(this, k, v, reach) ?? [k, v];
    // What a cache answers for one position is what that position sees.
    const window = cache !== undefined && x.dims.at(-2) === 1 ? null : reach;
    const kept = mask && ofLastKeys(mask, addSizes(past, x.dims.at(-2)!), keys.dims.at(-2)!);
    return this.o_proj.forward(
      mergeHeads(attend(q, keys, values, { causal, window, scale, softcap, mode, mask: kept })),
    );
  }

  /** Normalises every head and rotates it to its position. */
  #place(x: Tensor, norm: SizedRMSNorm | undefined, past: Size): Tensor {
    const normed = norm === undefined ? x : norm.forward(x);
    const { rotary } = this.#options;
    return rotary === undefined ? normed : rotate(normed, rotary, past);
  }
}

/**
 * `MultiHeadAttention` for a width that comes out of a config file.
 *
 * @example
 * new SizedMultiHeadAttention(8 * 8, 8).forward(randn([1, 5, 64])).shape; // [1, 5, 64]
 */
export const SizedMultiHeadAttention = sized<
  [width: number, heads: number, options?: MultiHeadAttentionOptions],
  MultiHeadAttention
>(MultiHeadAttention);

function requireWhole(key: string, value: number, whole: string, size: number, quotient: number): void {
  if (Number.isInteger(value) && value > 0 && Number.isInteger(quotient)) return;
  throw new ConfigError(
    `MultiHeadAttention: ${key} is ${value} and does not divide ${whole}, which is ${size}`,
    {
      key,
      value,
    },
  );
}
