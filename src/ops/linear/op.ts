import { readOptions } from "../../base/options.js";
import { apply } from "../../op/apply.js";
import { defineOp } from "../../op/define.js";
import { linearShape } from "../../shape/linear.js";
import { Polynomial } from "../../shape/polynomial.js";
import { promoteTypes } from "../../tensor/dtype.js";
import { contiguousStrides } from "../../tensor/strides.js";
import type { Tensor } from "../../tensor/tensor.js";
import {
  activationOps,
  checkActivation,
  namedInputs,
  requireFloat,
  type LinearActivation,
  type LinearAttributes,
} from "./epilogue.js";
import { linearReference } from "./reference.js";

/** Inputs: x, weight, and of bias and residual those that there are. */
export const linearOp = defineOp<LinearAttributes>({
  name: "linear",
  infer: (inputs, attributes) => {
    const { x, weight, bias, residual } = namedInputs(inputs, attributes);
    const dtype = inputs.map((input) => input.dtype).reduce(promoteTypes);
    requireFloat(dtype, attributes.activation);
    return [{ dims: linearShape(x.dims, weight.dims, bias?.dims, residual?.dims), dtype }];
  },
  cost: ({ inputs: [x, weight], outputs: [y], attributes: { bias, activation, residual } }) => {
    const [outSize, inSize] = weight.dims;
    const matmulFlops = Polynomial.product(2, ...x.dims.slice(0, -1), inSize, outSize);
    let flops = matmulFlops.plus(Polynomial.product(Number(bias) + Number(residual), ...y.dims));
    if (activation !== undefined) {
      const spec = { ...y, strides: contiguousStrides(y.dims) };
      flops = flops.plus(
        activationOps[activation].cost({ inputs: [spec], outputs: [y], attributes: undefined }).flops,
      );
    }
    return { flops, matmulFlops };
  },
  reference: linearReference,
});

export interface LinearOptions {
  /** What the sum of product and bias goes through; `gelu` is the exact one. */
  readonly activation?: LinearActivation;
  /** Added to the result of that, and shaped as it is. */
  readonly residual?: Tensor;
}

/**
 * `x Wᵀ + b`, a fully connected layer: x [..., in], weight [out, in], bias [out] -> [..., out]; with options,
 * `activation(x Wᵀ + b) + residual` in one op. Throws `ShapeError` when the sizes do not meet, `ConfigError` for an
 * activation that there is not and `DTypeError` for one on integers.
 *
 * @example
 * linear(x, weight, bias); // [B, n, 768] with [3072, 768] and [3072] -> [B, n, 3072]
 * linear(x, weight, bias, { activation: "gelu" });
 */
export function linear(x: Tensor, weight: Tensor, bias?: Tensor, options: LinearOptions = {}): Tensor {
  const { activation, residual } = readOptions("linear", options, ["activation", "residual"]);
  const inputs = [x, weight];
  if (bias !== undefined) inputs.push(bias);
  if (residual !== undefined) inputs.push(residual);
  return apply(linearOp, inputs, {
    bias: bias !== undefined,
    activation: checkActivation("linear", activation),
    residual: residual !== undefined,
  });
}

export type { LinearActivation };
