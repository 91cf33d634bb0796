import { isKnown, sizeValue, toSize } from "../shape/dim.js";
import { readOptions, requireBoolean } from "../base/options.js";
import type { Arg, Res } from "../tensor/typed.js";
import { checkActivation, type LinearActivation } from "../ops/linear/epilogue.js";
import { linear } from "../ops/linear/op.js";
import type { Dim, Known, LinearS, Shape } from "../shape/types/index.js";
import type { Tensor } from "../tensor/tensor.js";
import { Module } from "./module.js";
import { parameter, parameterOptions, withParameters, type ParameterOptions } from "./parameters.js";

export interface LinearOptions extends ParameterOptions {
  /** Default true. */
  readonly bias?: boolean;
  /** Applied to every result, in the same op. Default none. */
  readonly activation?: LinearActivation;
}

/**
 * A fully connected layer, `x Wᵀ + b`: [..., In] -> [..., Out], with weight [Out, In] and bias [Out]. With an
 * `activation` the sums go through it in the same op.
 *
 * Weights start uniform in ±1/√In, as in PyTorch (He et al., 2015, with a = √5). Throws `ShapeError` when the
 * last axis of x is not In.
 *
 * @example
 * new Linear(768, 3072, { device: "abstract" }).forward(input(["B", "n", 768])).shape; // [B, n, 3072]
 * new Linear(4, 8).parameterCount; // 40
 */
export class Linear<const In extends Dim = Dim, const Out extends Dim = Dim, Z = 0> extends Module {
  /** [Out, In] */
  readonly weight: Tensor<[Out, In]>;
  /** [Out] */
  readonly bias: Tensor<[Out]> | undefined;
  readonly activation: LinearActivation | undefined;

  constructor(inputs: Known<In, Z>, outputs: Known<Out, Z>, options: LinearOptions = {}) {
    super();
    const { bias: biased = true } = readOptions("Linear", options, [
      "activation",
      "bias",
      ...parameterOptions,
    ]);
    requireBoolean("Linear", "bias", biased);
    const width = toSize(inputs);
    const bound = 1 / Math.sqrt((isKnown(width) && sizeValue(width)) || 1);
    const { weight, bias } = withParameters(options, () => ({
      weight: parameter<[Out, In]>([outputs, inputs], { bound }),
      bias: !biased ? undefined : parameter<[Out]>([outputs], { bound }),
    }));
    this.weight = weight;
    this.bias = bias;
    this.activation = checkActivation("Linear", options.activation);
  }

  /** [..., In] -> [..., Out] */
  forward<A extends Shape, Z = 0>(
    x: Arg<LinearS<A, In, Out, Z>, Tensor<A>, Z>,
  ): Res<LinearS<A, In, Out, Z>, Z>;
  forward(x: Tensor): Tensor {
    const { weight, bias, activation } = this;
    return linear(x, weight, bias, activation && { activation });
  }
}
