import { requireTensors } from "../../op/apply.js";
import { cast } from "../../ops/cast/op.js";
import { clip } from "../../ops/clip/op.js";
import { div } from "../../ops/div/op.js";
import { eq } from "../../ops/eq/op.js";
import { matmul } from "../../ops/matmul/op.js";
import { transpose } from "../../ops/transpose/op.js";
import { where } from "../../ops/where/op.js";
import { floatResult, promoteTypes } from "../../tensor/dtype.js";
import type { Tensor } from "../../tensor/tensor.js";
import { vectorNorm } from "../norm/op.js";
import { widened } from "../common/precision.js";
import { pairShape } from "./op.js";

/**
 * The cosine of the angle between every row of `x` and every row of `y`, in [−1, 1]; 0 beside a zero vector.
 *
 * @param x `[..., n, d]`
 * @param y `[..., m, d]`, whose leading axes broadcast with those of `x`
 * @returns `[..., n, m]`
 * @throws ShapeError when the points differ in length
 */
export function pairwiseCosineSimilarity(x: Tensor, y: Tensor): Tensor {
  requireTensors("pairwiseCosineSimilarity", [x, y]);
  pairShape("pairwiseCosineSimilarity", x, y);
  const dtype = floatResult(promoteTypes(x.dtype, y.dtype));
  const [X, Y] = [x, y].map((points) => directions(widened(cast(points, dtype))));
  return cast(clip(matmul(X, transpose(Y)), -1, 1), dtype);
}

function directions(points: Tensor): Tensor {
  const lengths = vectorNorm(points, { axis: -1, keepdims: true });
  return div(points, where(eq(lengths, 0), 1, lengths));
}
