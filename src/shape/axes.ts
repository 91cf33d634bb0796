import { describe } from "../base/describe.js";
import { ShapeError } from "../base/errors.js";
import { isOne, showShape, type Size } from "./dim.js";

/** An axis by position (negative counts from the end) or by the name of its size. */
export type Axis = number | string;

/** The position of an axis in `[0, rank)`. Throws `ShapeError` when there is no such axis. */
export function resolveAxis(op: string, shape: readonly Size[], axis: Axis): number {
  if (typeof axis === "string") {
    const matches = shape.flatMap((size, i) =>
      typeof size === "object" && String(size) === axis ? [i] : [],
    );
    if (matches.length === 1) return matches[0];
    const reason = matches.length === 0 ? "has no axis" : "has more than one axis";
    throw new ShapeError(`${op}: ${showShape(shape)} ${reason} named '${axis}'; use the axis number`, {
      op,
      shapes: [shape],
      axis,
    });
  }
  if (typeof axis !== "number") {
    throw new ShapeError(`${op}: an axis is a number or a name, got ${describe(axis)}`, { op, axis });
  }
  const rank = shape.length;
  const index = axis < 0 ? axis + rank : axis;
  if (!Number.isInteger(axis) || index < 0 || index >= rank) {
    const range = rank === 0 ? "it is a scalar" : `its axes are ${-rank} to ${rank - 1}`;
    throw new ShapeError(`${op}: axis ${axis} is out of range for ${showShape(shape)}; ${range}`, {
      op,
      shapes: [shape],
      axis,
    });
  }
  return index;
}

/** Several axes, sorted, each once. `undefined` means all of them. */
export function resolveAxes(
  op: string,
  shape: readonly Size[],
  axes: Axis | readonly Axis[] | undefined,
): number[] {
  if (axes === undefined) return shape.map((_, i) => i);
  const list = (Array.isArray(axes) ? axes : [axes]) as readonly Axis[];
  const resolved = list.map((axis) => resolveAxis(op, shape, axis));
  const repeated = resolved.findIndex((axis, i) => resolved.indexOf(axis) !== i);
  if (repeated !== -1) {
    throw new ShapeError(`${op}: axis ${list[repeated]} of ${showShape(shape)} is given twice`, {
      op,
      shapes: [shape],
      axis: list[repeated],
    });
  }
  return resolved.toSorted((a, b) => a - b);
}

/** What a reduction over `axes` (resolved) leaves. */
export function reduceShape(shape: readonly Size[], axes: readonly number[], keepdims: boolean): Size[] {
  if (keepdims) return shape.map((size, i) => (axes.includes(i) ? 1 : size));
  return shape.filter((_, i) => !axes.includes(i));
}

/** The order of axes as positions. Throws unless every axis appears exactly once. */
export function resolvePermutation(shape: readonly Size[], order: readonly Axis[]): number[] {
  if (!Array.isArray(order)) {
    throw new ShapeError("permute: give the axes as one list, such as .permute([1, 0])", {
      op: "permute",
      order,
    });
  }
  const resolved = order.map((axis) => resolveAxis("permute", shape, axis));
  const repeated = resolved.findIndex((axis, i) => resolved.indexOf(axis) !== i);
  if (repeated !== -1) {
    throw new ShapeError(`permute: axis ${order[repeated]} is repeated`, {
      op: "permute",
      shapes: [shape],
      order,
    });
  }
  if (resolved.length !== shape.length) {
    throw new ShapeError(`permute: ${showShape(shape)} needs ${shape.length} axes, got ${order.length}`, {
      op: "permute",
      shapes: [shape],
      order,
    });
  }
  return resolved;
}

/** Positions of size-1 axes to drop: all of them, or the given ones, which must have size 1. */
export function squeezeAxes(shape: readonly Size[], axes: Axis | readonly Axis[] | undefined): number[] {
  if (axes === undefined) return shape.flatMap((size, i) => (isOne(size) ? [i] : []));
  const resolved = resolveAxes("squeeze", shape, axes);
  for (const axis of resolved) {
    if (isOne(shape[axis])) continue;
    throw new ShapeError(`squeeze: axis ${axis} of ${showShape(shape)} is ${shape[axis]}, not 1`, {
      op: "squeeze",
      shapes: [shape],
      axis,
    });
  }
  return resolved;
}

/** Where a new size-1 axis goes, in `[0, rank]`. */
export function newAxis(op: string, shape: readonly Size[], axis: number): number {
  const index = Number.isInteger(axis) && axis < 0 ? axis + shape.length + 1 : axis;
  if (Number.isInteger(axis) && index >= 0 && index <= shape.length) return index;
  throw new ShapeError(`${op}: axis ${describe(axis)} is out of range for ${showShape(shape)}`, {
    op,
    shapes: [shape],
    axis,
  });
}
