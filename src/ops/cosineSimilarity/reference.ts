import type { Kernel } from "../../op/define.js";
import { broadcastStrides, readValues, writeValues } from "../../op/loops.js";
import type { Tensor } from "../../tensor/tensor.js";
import { axisLast } from "../lanes.js";
import type { CosineSimilarityAttributes } from "./attributes.js";

/** The definition, in float64. */
export const cosineSimilarityReference: Kernel<CosineSimilarityAttributes> = ([a, b], [y], { axis, eps }) => {
  const rank = Math.max(a.ndim, b.ndim);
  const sizeAt = (x: Tensor, i: number): number => x.sizes[i - rank + x.ndim] ?? 1;
  const shape = Array.from({ length: rank }, (_, i) => (sizeAt(a, i) === 1 ? sizeAt(b, i) : sizeAt(a, i)));
  const lanes = (x: Tensor): Float64Array =>
    readValues(axisLast(x.withView({ dims: shape, strides: broadcastStrides(x, shape) }), axis));
  const [left, right] = [lanes(a), lanes(b)];
  const length = shape[axis];
  const values = new Float64Array(y.size);
  for (let i = 0; i < values.length; i++) {
    let dot = 0;
    let aSquare = 0;
    let bSquare = 0;
    for (let j = i * length; j < (i + 1) * length; j++) {
      dot += left[j] * right[j];
      aSquare += left[j] * left[j];
      bSquare += right[j] * right[j];
    }
    values[i] = dot / (Math.max(Math.sqrt(aSquare), eps) * Math.max(Math.sqrt(bSquare), eps));
  }
  writeValues(y, values);
};
