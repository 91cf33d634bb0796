import { ShapeError } from "../base/errors.js";
import { isKnown, namedSize, sameSize, showShape, toShape, type Size, type SizeLike } from "../shape/dim.js";
import { Polynomial } from "../shape/polynomial.js";
import type { Tensor } from "../tensor/tensor.js";

const isName = (size: Size): boolean =>
  size instanceof Polynomial && size.names.length === 1 && String(size) === size.names[0];

const showSize = (size: Size): string => (isKnown(size) ? String(Number(size)) : String(size));

/**
 * `x.as(shape)`: claims a shape that the types could not work out, and checks the claim. A name stands for the
 * size it meets and keeps it, `[32, 768].as(["B", 768])`; everything else must be equal. Throws `ShapeError`.
 */
export function claimShape(x: Tensor, shape: readonly SizeLike[]): Tensor {
  const wanted = toShape(shape);
  const met = new Map<string, Size>();
  const fail = (reason: string): never => {
    throw new ShapeError(`as: ${showShape(x.dims)} is not ${showShape(wanted)}${reason}`, {
      op: "as",
      shapes: [x.dims, wanted],
    });
  };
  if (wanted.length !== x.ndim) fail("");
  const dims = wanted.map((size, axis) => {
    const actual = x.dims[axis];
    const name = isName(size) ? String(size) : undefined;
    const before = name === undefined ? undefined : met.get(name);
    if (before !== undefined && !sameSize(before, actual)) {
      return fail(`: ${name} is ${showSize(before)} and ${showSize(actual)}`);
    }
    // A name without a size takes the number it meets; two names never become one.
    const meets = name !== undefined && !isKnown(size) && typeof actual === "number";
    if (!meets && !sameSize(size, actual)) return fail(`: axis ${axis} is ${actual}, not ${size}`);
    const agreed = meets ? (before ?? namedSize(name, actual)) : actual;
    if (name !== undefined) met.set(name, agreed);
    return agreed;
  });
  return x.withView({ dims, strides: x.strides });
}
