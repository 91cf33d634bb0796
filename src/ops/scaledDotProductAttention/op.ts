import { DTypeError } from "../../base/errors.js";
import { readOptions, requireBoolean, requireNumber } from "../../base/options.js";
import { apply } from "../../op/apply.js";
import { defineOp } from "../../op/define.js";
import { attentionShape } from "../../shape/attention.js";
import { addSizes } from "../../shape/dim.js";
import { Polynomial } from "../../shape/polynomial.js";
import { floatResult, isFloat, promoteTypes } from "../../tensor/dtype.js";
import type { Tensor } from "../../tensor/tensor.js";
import { softmaxFlops } from "../softmax/op.js";
import type { AttentionAttributes } from "./attributes.js";
import { attentionReference } from "./reference.js";

/**
 * Inputs: q, k, v and, when there is one, the mask. The definition is the fused one: scores are never written, so
 * bytes are the operands read once and the output written once. A causal mask saves nothing in the count.
 */
export const scaledDotProductAttentionOp = defineOp<AttentionAttributes>({
  name: "scaledDotProductAttention",
  infer: ([q, k, v, mask]) => {
    if (mask !== undefined && mask.dtype !== "bool" && !isFloat(mask.dtype)) {
      throw new DTypeError(
        `scaledDotProductAttention: the mask must be bool (true: attend) or a float that is added, got ${mask.dtype}`,
        { op: "scaledDotProductAttention", dtypes: [mask.dtype] },
      );
    }
    const { output } = attentionShape(q.dims, k.dims, v.dims, mask?.dims);
    return [{ dims: output, dtype: floatResult([q.dtype, k.dtype, v.dtype].reduce(promoteTypes)) }];
  },
  cost: ({ inputs: [q, k, v, mask] }) => {
    const { scores } = attentionShape(q.dims, k.dims, v.dims, mask?.dims);
    const widths = addSizes(q.dims[q.dims.length - 1], v.dims[v.dims.length - 1]);
    const matmulFlops = Polynomial.product(2, ...scores, widths);
    const perScore = softmaxFlops + 1 + (mask !== undefined && isFloat(mask.dtype) ? 1 : 0);
    return { flops: matmulFlops.plus(Polynomial.product(perScore, ...scores)), matmulFlops };
  },
  reference: attentionReference,
});

export interface AttentionOptions {
  /** Broadcast to [..., h, n, m]. Booleans: true attends. Floats are added to the scaled scores. */
  readonly mask?: Tensor | undefined;
  /** Query i of n sees the keys up to i + m − n: aligned to the end, as a key-value cache needs. */
  readonly causal?: boolean;
  /** Default 1/√d. */
  readonly scale?: number | undefined;
}

/**
 * softmax(q kᵀ · scale + mask) v (Vaswani et al., 2017): q [..., h, n, d], k [..., g, m, d], v [..., g, m, e] ->
 * [..., h, n, e]. With fewer key heads g than query heads h, each serves h / g neighbours (grouped queries).
 * A query that may see no key gives zeros. Throws `ShapeError` when widths, lengths or heads do not meet.
 *
 * @example
 * scaledDotProductAttention(q, k, v, { causal: true });
 */
export function scaledDotProductAttention(
  q: Tensor,
  k: Tensor,
  v: Tensor,
  options: AttentionOptions = {},
): Tensor {
  const known = ["mask", "causal", "scale"] as const;
  const { mask, causal = false, scale } = readOptions("scaledDotProductAttention", options, known);
  requireBoolean("scaledDotProductAttention", "causal", causal);
  if (scale !== undefined) requireNumber("scaledDotProductAttention", "scale", scale);
  const inputs = mask === undefined ? [q, k, v] : [q, k, v, mask];
  return apply(scaledDotProductAttentionOp, inputs, { causal, scale });
}
