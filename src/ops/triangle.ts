import { describe } from "../base/describe.js";
import { ConfigError, ShapeError } from "../base/errors.js";
import { rowMajorElements } from "../op/copy.js";
import { defineOp, type Op } from "../op/define.js";
import { showShape } from "../shape/dim.js";

/** Keeps the elements of every matrix (last two axes) for which `keeps(column − row, k)` holds; others are 0. */
export function defineTriangle(name: string, keeps: (diagonal: number, k: number) => boolean): Op<number> {
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
      const source = rowMajorElements(x);
      const zero = x.dtype === "int64" ? 0n : 0;
      for (let i = 0; i < source.length; i++) {
        const diagonal = (i % columns) - (Math.floor(i / columns) % rows);
        y.elements[i] = keeps(diagonal, k) ? source[i] : zero;
      }
    },
  });
}
