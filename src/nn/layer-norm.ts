import { readOptions, requireBoolean } from "../base/options.js";
import type { Arg } from "../tensor/typed.js";
import { layerNorm } from "../ops/layerNorm/op.js";
import type { Dim, Known, LastEq, Shape } from "../shape/types/index.js";
import type { Tensor } from "../tensor/tensor.js";
import { Module } from "./module.js";
import { parameter, parameterOptions, withParameters, type ParameterOptions } from "./parameters.js";

export interface LayerNormOptions extends ParameterOptions {
  /** Default 1e-5. */
  readonly eps?: number;
  /** Default true. */
  readonly bias?: boolean;
}

/**
 * Layer normalisation over the last axis (Ba, Kiros and Hinton, 2016): [..., D] -> [..., D].
 *
 * Throws `ShapeError` when the last axis of x is not D.
 *
 * @example
 * new LayerNorm(2, { eps: 1e-12 }).forward(tensor([[1, 3]])).toArray(); // [[-1, 1]]
 */
export class LayerNorm<const D extends Dim = Dim, Z = 0> extends Module {
  /** [D] */
  readonly weight: Tensor<[D]>;
  /** [D] */
  readonly bias: Tensor<[D]> | undefined;
  readonly #eps: number;

  constructor(width: Known<D, Z>, options: LayerNormOptions = {}) {
    super();
    const known = ["eps", "bias", ...parameterOptions] as const;
    const { eps = 1e-5, bias: biased = true } = readOptions("LayerNorm", options, known);
    requireBoolean("LayerNorm", "bias", biased);
    this.#eps = eps;
    const { weight, bias } = withParameters(options, () => ({
      weight: parameter<[D]>([width], 1),
      bias: !biased ? undefined : parameter<[D]>([width], 0),
    }));
    this.weight = weight;
    this.bias = bias;
  }

  /** [..., D] -> [..., D] */
  forward<A extends Shape, Z = 0>(x: Arg<LastEq<A, D, "layerNorm", Z>, Tensor<A>, Z>): Tensor<A>;
  forward(x: Tensor): Tensor {
    return layerNorm(x, this.weight, this.bias, { eps: this.#eps });
  }
}
