import { ShapeError } from "../base/errors.js";
import { newAxis, resolveAxis, type Axis } from "./axes.js";
import { addSizes, divideSizes, sameShape, sameSize, showShape, type Size } from "./dim.js";

/** The shape of tensors joined along an existing axis: sizes add up there and must agree elsewhere. */
export function concatShape(
  shapes: readonly (readonly Size[])[],
  axis: Axis,
): { shape: Size[]; axis: number } {
  const [first, ...rest] = shapes;
  if (first === undefined) throw new ShapeError("concat: empty list", { op: "concat" });
  const along = resolveAxis("concat", first, axis);
  const shape = [...first];
  for (const next of rest) {
    const fits =
      next.length === shape.length && next.every((size, i) => i === along || sameSize(size, shape[i]));
    if (!fits) {
      throw new ShapeError(`concat: ${showShape(shape)} and ${showShape(next)} differ outside axis ${axis}`, {
        op: "concat",
        shapes,
        axis,
      });
    }
    shape[along] = addSizes(shape[along], next[along]);
  }
  return { shape, axis: along };
}

/** The shape of equal shapes put side by side along a new axis. */
export function stackShape(
  shapes: readonly (readonly Size[])[],
  axis: number,
): { shape: Size[]; axis: number } {
  const [first] = shapes;
  if (first === undefined) throw new ShapeError("stack: empty list", { op: "stack" });
  const different = shapes.find((shape) => !sameShape(first, shape));
  if (different !== undefined) {
    throw new ShapeError(`stack: ${showShape(first)} and ${showShape(different)} differ`, {
      op: "stack",
      shapes,
    });
  }
  const along = newAxis("stack", first, axis);
  return { shape: first.toSpliced(along, 0, shapes.length), axis: along };
}

/** Lengths of the pieces along an axis: an equal number of parts, or the given lengths, which must add up. */
export function splitSizes(shape: readonly Size[], parts: number | readonly Size[], axis: Axis): Size[] {
  const along = resolveAxis("split", shape, axis);
  const size = shape[along];
  if (typeof parts === "number") {
    const piece = divideSizes(size, parts);
    if (piece !== undefined && Number.isInteger(parts) && parts > 0)
      return Array.from({ length: parts }, () => piece);
    throw new ShapeError(`split: axis ${axis} of ${showShape(shape)} is ${size}, not divisible by ${parts}`, {
      op: "split",
      shapes: [shape],
      axis,
    });
  }
  const total = parts.reduce(addSizes, 0);
  if (sameSize(total, size)) return [...parts];
  throw new ShapeError(
    `split: parts ${showShape(parts)} add up to ${total}, but axis ${axis} of ${showShape(shape)} is ${size}`,
    { op: "split", shapes: [shape], axis },
  );
}
