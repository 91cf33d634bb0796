import { readOptions, requireNumber } from "../../base/options.js";
import { apply, dimsOf } from "../../op/apply.js";
import { defineOp } from "../../op/define.js";
import { normalizeShape } from "../../shape/normalize.js";
import { Polynomial } from "../../shape/polynomial.js";
import { floatResult, promoteTypes } from "../../tensor/dtype.js";
import type { Tensor } from "../../tensor/tensor.js";
import type { LayerNormAttributes } from "./attributes.js";
import { layerNormReference } from "./reference.js";

/** Per element: mean, subtract, square, mean, scale; one more each for weight and bias. */
const statisticsFlops = 5;

export const layerNormOp = defineOp<LayerNormAttributes>({
  name: "layerNorm",
  infer: (inputs) => {
    const [x, ...parameters] = inputs;
    const dims = normalizeShape("layerNorm", x.dims, ...parameters.map((parameter) => parameter.dims));
    return [{ dims, dtype: floatResult(inputs.map((input) => input.dtype).reduce(promoteTypes)) }];
  },
  cost: ({ inputs, outputs: [y] }) => ({
    flops: Polynomial.product(statisticsFlops + inputs.length - 1, ...y.dims),
  }),
  reference: layerNormReference,
});

/**
 * (x − mean) / √(variance + eps) · weight + bias over the last axis, with the biased variance
 * (Ba, Kiros and Hinton, 2016): x [..., d], weight [d], bias [d] -> [..., d].
 * Throws `ShapeError` when weight or bias is not as long as the last axis.
 *
 * @example
 * layerNorm(x, weight, bias, { eps: 1e-12 });
 */
export function layerNorm(
  x: Tensor,
  weight?: Tensor,
  bias?: Tensor,
  options: { readonly eps?: number } = {},
): Tensor {
  const { eps = 1e-5 } = readOptions("layerNorm", options, ["eps"]);
  requireNumber("layerNorm", "eps", eps);
  dimsOf("layerNorm", x);
  const inputs = [x, weight, bias].filter((input) => input !== undefined);
  return apply(layerNormOp, inputs, { eps, weight: weight !== undefined, bias: bias !== undefined });
}
