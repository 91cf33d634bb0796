import { copyRun, rowMajorElements } from "../../op/copy.js";
import type { Kernel } from "../../op/define.js";
import { asWords, wordsOf } from "../../tensor/words.js";
import { readIndices } from "../indices.js";

export const takeReference: Kernel<number> = ([x, indices], [y], axis) => {
  const picked = readIndices("take", indices, x, axis);
  const [source, target, words] = [asWords(rowMajorElements(x)), asWords(y.elements), wordsOf(y.elements)];
  const inner = x.sizes.slice(axis + 1).reduce((a, b) => a * b, 1);
  const outer = x.sizes.slice(0, axis).reduce((a, b) => a * b, 1);
  let to = 0;
  for (let block = 0; block < outer; block++) {
    const first = block * x.sizes[axis];
    for (let i = 0; i < picked.length; i++, to += inner) {
      copyRun(source, (first + picked[i]) * inner, target, to, inner, words);
    }
  }
};
