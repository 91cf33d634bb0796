import { readOptions } from "../base/options.js";
import { embedding } from "../ops/embedding/op.js";
import type { Dim, Known, Shape } from "../shape/types/index.js";
import type { Tensor } from "../tensor/tensor.js";
import { Module } from "./module.js";
import { parameter, parameterOptions, withParameters, type ParameterOptions } from "./parameters.js";

/**
 * A table with one row per id: int32 or int64 ids of any shape [...] -> [..., D], with weight [V, D].
 *
 * Rows start standard normal, as in PyTorch. Throws `ShapeError` for an id outside [0, V), `DTypeError` for
 * ids that are not integers.
 *
 * @example
 * new Embedding(100, 64).forward(tensor([[5, 2]], { dtype: "int32" })).shape; // [1, 2, 64]
 */
export class Embedding<const V extends Dim = Dim, const D extends Dim = Dim, Z = 0> extends Module {
  /** [V, D] */
  readonly weight: Tensor<[V, D]>;

  constructor(rows: Known<V, Z>, width: Known<D, Z>, options: ParameterOptions = {}) {
    super();
    readOptions("Embedding", options, parameterOptions);
    this.weight = withParameters(options, () => parameter<[V, D]>([rows, width], "normal"));
  }

  /** ids [...] -> [..., D] */
  forward<I extends Shape>(ids: Tensor<I>): Tensor<[...I, D]>;
  forward(ids: Tensor): Tensor {
    return embedding(ids, this.weight);
  }
}
