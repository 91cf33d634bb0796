import type { Kernel } from "../../op/define.js";
import { writeValues } from "../../op/loops.js";
import { rowMajorElements } from "../../op/copy.js";
import type { NormAttributes } from "./op.js";
import { rootOfSquares } from "./lanes.js";

/** Lengths of lanes that lie in one piece, read where they are: the reference copies everything to float64 first. */
export const vectorNormInPlace: Kernel<NormAttributes> = ([x], [y], { axes, ord }) => {
  const trailing = axes.every((axis, i) => axis === x.ndim - axes.length + i);
  if (ord !== 2 || !trailing || y.size === 0 || (x.dtype !== "float32" && x.dtype !== "float64"))
    return false;
  const elements = rowMajorElements(x) as Float32Array | Float64Array;
  const length = x.size / y.size;
  const norms = new Float64Array(y.size);
  for (let i = 0; i < y.size; i++) {
    const norm = rootOfSquares(elements.subarray(i * length, (i + 1) * length));
    if (norm === undefined) return false;
    norms[i] = norm;
  }
  writeValues(y, norms);
};
