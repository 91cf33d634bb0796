import { ShapeError } from "../base/errors.js";
import { resolveAxis, type Axis } from "./axes.js";
import { showShape, type Size } from "./dim.js";
import { Polynomial } from "./polynomial.js";

/** `take`: the axis is replaced by the shape of the indices. */
export function takeShape(shape: readonly Size[], indices: readonly Size[], axis: number): Size[] {
  return shape.toSpliced(axis, 1, ...indices);
}

/** True when `a` is at most `b` whatever the names stand for. */
function fitsInto(a: Size, b: Size): boolean {
  if (typeof a === "number" && typeof b === "number") return a <= b;
  const [left, right] = [Polynomial.of(a), Polynomial.of(b)];
  if (left.isKnown && right.isKnown) return left.value() <= right.value();
  const order = left.compare(right);
  return order === 0 || order === -1;
}

/** `gather`: the indices have the rank of the tensor, and no more than its size along the other axes. */
export function gatherShape(
  shape: readonly Size[],
  indices: readonly Size[],
  axis: Axis,
): { shape: Size[]; axis: number } {
  const along = resolveAxis("gather", shape, axis);
  const details = { op: "gather", shapes: [shape, indices], axis };
  if (shape.length !== indices.length) {
    throw new ShapeError(
      `gather: indices ${showShape(indices)} need the rank of ${showShape(shape)}; use .take for whole slices`,
      details,
    );
  }
  const wrong = indices.findIndex((size, i) => i !== along && !fitsInto(size, shape[i]));
  if (wrong === -1) return { shape: [...indices], axis: along };
  throw new ShapeError(
    `gather: indices ${showShape(indices)} exceed ${showShape(shape)} along axis ${wrong}: ` +
      `${indices[wrong]} vs ${shape[wrong]}`,
    { ...details, axis: wrong },
  );
}
