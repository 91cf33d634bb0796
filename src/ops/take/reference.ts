import { copyRun, rowMajorElements } from "../../op/copy.js";
import type { Kernel } from "../../op/define.js";
import { readIndices } from "../indices.js";

export const takeReference: Kernel<number> = ([x, indices], [y], axis) => {
  const picked = readIndices("take", indices, x, axis);
  const source = rowMajorElements(x);
  const target = y.elements;
  const inner = x.sizes.slice(axis + 1).reduce((a, b) => a * b, 1);
  const outer = x.sizes.slice(0, axis).reduce((a, b) => a * b, 1);
  let to = 0;
  for (let block = 0; block < outer; block++) {
    const first = block * x.sizes[axis];
    for (let i = 0; i < picked.length; i++, to += inner) {
      if (inner === 1) target[to] = source[first + picked[i]];
      else copyRun(source, (first + picked[i]) * inner, target, to, inner);
    }
  }
};
