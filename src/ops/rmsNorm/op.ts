import { readOptions, requireNumber } from "../../base/options.js";
import { apply } from "../../op/apply.js";
import { defineOp } from "../../op/define.js";
import { normalizeShape } from "../../shape/normalize.js";
import { Polynomial } from "../../shape/polynomial.js";
import { floatResult, promoteTypes } from "../../tensor/dtype.js";
import type { Tensor } from "../../tensor/tensor.js";
import type { RMSNormAttributes } from "./attributes.js";
import { rmsNormReference } from "./reference.js";

/** Per element: square, mean, scale, and one more for the weight. */
export const rmsNormOp = defineOp<RMSNormAttributes>({
  name: "rmsNorm",
  infer: (inputs) => {
    const [x, ...parameters] = inputs;
    const dims = normalizeShape("rmsNorm", x.dims, ...parameters.map((parameter) => parameter.dims));
    return [{ dims, dtype: floatResult(inputs.map((input) => input.dtype).reduce(promoteTypes)) }];
  },
  cost: ({ inputs, outputs: [y] }) => ({ flops: Polynomial.product(2 + inputs.length, ...y.dims) }),
  reference: rmsNormReference,
});

/**
 * x / √(mean(x²) + eps) · weight over the last axis (Zhang and Sennrich, 2019): x [..., d], weight [d] -> [..., d].
 * Throws `ShapeError` when the weight is not as long as the last axis.
 *
 * @example
 * rmsNorm(x, weight, { eps: 1e-6 });
 */
export function rmsNorm(x: Tensor, weight?: Tensor, options: { readonly eps?: number } = {}): Tensor {
  const { eps = 1e-5 } = readOptions("rmsNorm", options, ["eps"]);
  requireNumber("rmsNorm", "eps", eps);
  return apply(rmsNormOp, weight === undefined ? [x] : [x, weight], { eps });
}
