import type { Kernel } from "../../op/define.js";
import { forEachOffset } from "../../tensor/tensor.js";
import { readIndices } from "../indices.js";

/** Walks x as if it had the shape of the indices, standing still along the axis, and adds the index there. */
export const gatherReference: Kernel<number> = ([x, indices], [y], axis) => {
  const picked = readIndices("gather", indices, x, axis);
  const [source, target] = [x.elements, y.elements];
  const base = x.withView({ dims: indices.sizes, strides: x.strides.with(axis, 0) });
  let i = 0;
  forEachOffset(base, (offset) => {
    target[i] = source[offset + picked[i] * x.strides[axis]];
    i++;
  });
};
