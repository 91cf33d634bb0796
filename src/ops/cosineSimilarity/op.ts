import { requireNumber } from "../../base/options.js";
import { apply, requireTensors } from "../../op/apply.js";
import { defineOp } from "../../op/define.js";
import { reduceShape, resolveAxis, type Axis } from "../../shape/axes.js";
import { broadcastShapes } from "../../shape/broadcast.js";
import { Polynomial } from "../../shape/polynomial.js";
import { floatResult, promoteTypes } from "../../tensor/dtype.js";
import type { Tensor } from "../../tensor/tensor.js";
import type { CosineSimilarityAttributes } from "./attributes.js";
import { cosineSimilarityReference } from "./reference.js";

/** Per pair of elements three multiply-adds (a·b, a·a, b·b); per result two roots, a product, a division. */
export const cosineSimilarityOp = defineOp<CosineSimilarityAttributes>({
  name: "cosineSimilarity",
  infer: ([a, b], { axis }) => {
    const shape = broadcastShapes("cosineSimilarity", a.dims, b.dims);
    return [{ dims: reduceShape(shape, [axis], false), dtype: floatResult(promoteTypes(a.dtype, b.dtype)) }];
  },
  cost: ({ inputs: [a, b], outputs: [y] }) => ({
    flops: Polynomial.product(6, ...broadcastShapes("cosineSimilarity", a.dims, b.dims)).plus(
      Polynomial.product(4, ...y.dims),
    ),
  }),
  reference: cosineSimilarityReference,
});

/**
 * a·b / (max(‖a‖, eps) · max(‖b‖, eps)) along `axis`, after broadcasting; the axis goes.
 * Throws `ShapeError` when the shapes do not broadcast or there is no such axis.
 *
 * @example
 * cosineSimilarity(query, documents); // [768] with [n, 768] -> [n]
 */
export function cosineSimilarity(a: Tensor, b: Tensor, axis: Axis = -1, eps = 1e-8): Tensor {
  requireTensors("cosineSimilarity", [a, b]);
  requireNumber("cosineSimilarity", "eps", eps);
  const shape = broadcastShapes("cosineSimilarity", a.dims, b.dims);
  return apply(cosineSimilarityOp, [a, b], { axis: resolveAxis("cosineSimilarity", shape, axis), eps });
}
