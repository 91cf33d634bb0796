import { ConfigError, ShapeError } from "../../base/errors.js";
import { readOptions } from "../../base/options.js";
import { apply } from "../../op/apply.js";
import { defineOp } from "../../op/define.js";
import { broadcastShapes } from "../../shape/broadcast.js";
import { sameSize, showShape, type Size } from "../../shape/dim.js";
import { Polynomial } from "../../shape/polynomial.js";
import { floatResult, promoteTypes } from "../../tensor/dtype.js";
import type { Tensor, TensorSpec } from "../../tensor/tensor.js";
import { metrics, type DistanceAttributes, type Metric } from "./metric.js";
import { distancesReference } from "./reference.js";

export const pairwiseDistancesOp = defineOp<DistanceAttributes>({
  name: "pairwiseDistances",
  infer: ([x, y]) => [
    { dims: pairShape("pairwiseDistances", x, y), dtype: floatResult(promoteTypes(x.dtype, y.dtype)) },
  ],
  // A subtraction and a multiply-add, or a magnitude and an addition, per coordinate of a pair; a cosine takes three
  // multiply-adds.
  cost: ({ inputs: [x], outputs: [distances], attributes: { metric } }) => ({
    flops: Polynomial.product(metric === "cosine" ? 6 : 3, ...distances.dims, x.dims.at(-1)!),
  }),
  reference: distancesReference,
});

/** [..., n, d] and [..., m, d] -> [..., n, m]. */
export function pairShape(op: string, x: TensorSpec, y: TensorSpec): readonly Size[] {
  const shapes = [x.dims, y.dims];
  const pair = shapes.map(showShape).join(" and ");
  if (x.dims.length < 2 || y.dims.length < 2) {
    throw new ShapeError(`${op}: needs points as rows, [n, d] and [m, d], got ${pair}`, { op, shapes });
  }
  if (!sameSize(x.dims.at(-1)!, y.dims.at(-1)!)) {
    const counts = shapes.map((dims) => dims.at(-1)!).join(" and ");
    throw new ShapeError(`${op}: points of ${counts} coordinates, ${pair}`, { op, shapes, axis: -1 });
  }
  const batch = broadcastShapes(op, x.dims.slice(0, -2), y.dims.slice(0, -2));
  return [...batch, x.dims.at(-2)!, y.dims.at(-2)!];
}

/**
 * The distance of every row of `x` from every row of `y`.
 *
 * @param x `[..., n, d]`
 * @param y `[..., m, d]`, whose leading axes broadcast with those of `x`
 * @returns `[..., n, m]`
 * @throws ShapeError when the points differ in length, ConfigError for an unknown metric
 */
export function pairwiseDistances(x: Tensor, y: Tensor, options: { readonly metric?: Metric } = {}): Tensor {
  const { metric = "euclidean" } = readOptions("pairwiseDistances", options, ["metric"]);
  if (!metrics.includes(metric)) {
    throw new ConfigError(
      `pairwiseDistances: unknown metric ${JSON.stringify(metric)}; use ${metrics.join(", ")}`,
      { key: "metric", value: metric },
    );
  }
  return apply(pairwiseDistancesOp, [x, y], { metric });
}
