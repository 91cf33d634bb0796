import type { Kernel } from "../../op/define.js";
import { forEachRow } from "../../op/loops.js";
import { asWords, moveElement, wordsOf } from "../../tensor/words.js";
import { readIndices } from "../indices.js";

/** Walks x as if it had the shape of the indices, standing still along the axis, and adds the index there. */
export const gatherReference: Kernel<number> = ([x, indices], [y], axis) => {
  const picked = readIndices("gather", indices, x, axis);
  const [source, target, words] = [asWords(x.elements), asWords(y.elements), wordsOf(y.elements)];
  const strides = x.strides.with(axis, 0);
  const [step, stride] = [strides.at(-1)!, x.strides[axis]];
  forEachRow(indices.sizes, [{ strides, offset: x.offset }], ([start], first, length) => {
    for (let i = first, p = start; i < first + length; i++, p += step)
      moveElement(source, p + picked[i] * stride, target, i, words);
  });
};
