import { readOptions, requireBoolean } from "../base/options.js";
import type { Arg } from "../tensor/typed.js";
import { add } from "../ops/add/op.js";
import { rmsNorm } from "../ops/rmsNorm/op.js";
import type { Dim, Known, LastEq, Shape } from "../shape/types/index.js";
import type { Tensor } from "../tensor/tensor.js";
import { Module } from "./module.js";
import { parameter, parameterOptions, withParameters, type ParameterOptions } from "./parameters.js";

export interface RMSNormOptions extends ParameterOptions {
  /** Default 1e-5. */
  readonly eps?: number;
  /** Multiply by 1 + weight, with weights that start at zero, as Gemma does. Default false. */
  readonly unitOffset?: boolean;
}

/**
 * Root-mean-square normalisation over the last axis (Zhang and Sennrich, 2019): [..., D] -> [..., D].
 *
 * Throws `ShapeError` when the last axis of x is not D.
 *
 * @example
 * new RMSNorm(2, { eps: 1e-6 }).forward(tensor([[3, 4]])).toArray(); // [[0.8485…, 1.1313…]]
 */
export class RMSNorm<const D extends Dim = Dim, Z = 0> extends Module {
  /** [D] */
  readonly weight: Tensor<[D]>;
  readonly #eps: number;
  readonly #unitOffset: boolean;

  constructor(width: Known<D, Z>, options: RMSNormOptions = {}) {
    super();
    const known = ["eps", "unitOffset", ...parameterOptions] as const;
    const { eps = 1e-5, unitOffset = false } = readOptions("RMSNorm", options, known);
    requireBoolean("RMSNorm", "unitOffset", unitOffset);
    this.#eps = eps;
    this.#unitOffset = unitOffset;
    this.weight = withParameters(options, () => parameter<[D]>([width], unitOffset ? 0 : 1));
  }

  /** [..., D] -> [..., D] */
  forward<A extends Shape, Z = 0>(x: Arg<LastEq<A, D, "rmsNorm", Z>, Tensor<A>, Z>): Tensor<A>;
  forward(x: Tensor): Tensor {
    return rmsNorm(x, this.#unitOffset ? add(this.weight, 1) : this.weight, { eps: this.#eps });
  }
}
