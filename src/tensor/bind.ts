import { describe } from "../base/describe.js";
import { DTypeError, ShapeError } from "../base/errors.js";
import { bindSize, sameSize, showShape, toSize, type Size, type SizeLike } from "../shape/dim.js";
import { Tensor } from "./tensor.js";

/**
 * Replaces names in the shape by sizes, other names or expressions; names that do not occur are ignored.
 * A tensor with data can only give a name the size that it has: otherwise throws `ShapeError`.
 *
 * @example
 * bind(abstractTensor(["B", "seq", 768]), { B: 32, seq: 512 });   // [32, 512, 768]
 */
export function bind<S>(x: Tensor<S>, sizes: Readonly<Record<string, SizeLike>>): Tensor {
  if (!(x instanceof Tensor)) {
    throw new DTypeError(`bind: not a tensor but ${describe(x)}; wrap it in tensor(…)`, { op: "bind" });
  }
  if (typeof sizes !== "object" || sizes === null) {
    throw new ShapeError(`bind: takes sizes by name such as { B: 32 }, got ${describe(sizes)}`, {
      op: "bind",
      shapes: [x.dims],
    });
  }
  const bindings = Object.fromEntries(Object.entries(sizes).map(([name, size]) => [name, toSize(size)]));
  const replace = (list: readonly Size[]): Size[] => list.map((size) => bindSize(size, bindings));
  const dims = replace(x.dims);
  const wrong = dims.findIndex((size, axis) => !x.isAbstract && !sameSize(size, x.sizes[axis]));
  if (wrong !== -1) {
    throw new ShapeError(
      `bind: axis ${wrong} of ${showShape(x.dims)} holds ${x.sizes[wrong]} elements, not ${dims[wrong]}`,
      { op: "bind", shapes: [x.dims], axis: wrong },
    );
  }
  const { dtype, offset, storage } = x;
  return new Tensor({ dims, dtype, strides: replace(x.strides), offset, storage });
}
