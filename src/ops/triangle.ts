import { describe } from "../base/describe.js";
import { ConfigError, ShapeError } from "../base/errors.js";
import { copyRun, rowMajorElements } from "../op/copy.js";
import { defineOp, type Op } from "../op/define.js";
import { showShape } from "../shape/dim.js";
import { asWords, wordsOf } from "../tensor/words.js";

/** Keeps the elements of every matrix (last two axes) on its k-th diagonal and on one side of it; others are 0. */
export function defineTriangle(name: string, side: "below" | "above"): Op<number> {
  return defineOp<number>({
    name,
    infer: ([x], k) => {
      if (!Number.isInteger(k)) {
        throw new ConfigError(`${name}: the diagonal must be an integer, got ${describe(k)}`, {
          op: name,
          key: "k",
          value: k,
        });
      }
      if (x.dims.length >= 2) return [{ dims: x.dims, dtype: x.dtype }];
      throw new ShapeError(`${name}: needs at least 2 axes, got ${showShape(x.dims)}`, {
        op: name,
        shapes: [x.dims],
      });
    },
    reference: ([x], [y], k) => {
      const [rows, columns] = x.sizes.slice(-2);
      const [source, target, words] = [
        asWords(rowMajorElements(x)),
        asWords(y.elements),
        wordsOf(y.elements),
      ];
      target.fill(0);
      for (let start = 0, i = 0; start < x.size; start += columns, i = (i + 1) % rows) {
        const bound = Math.min(columns, Math.max(0, side === "below" ? i + k + 1 : i + k));
        const [from, to] = side === "below" ? [0, bound] : [bound, columns];
        copyRun(source, start + from, target, start + from, to - from, words);
      }
    },
  });
}
