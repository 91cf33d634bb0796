import { describe } from "../base/describe.js";
import { ShapeError } from "../base/errors.js";
import { multiplySizes, showShape, type Size } from "./dim.js";

function checkCount(op: string, shape: readonly Size[], count: number): void {
  if (Number.isSafeInteger(count) && count >= 0) return;
  throw new ShapeError(`${op}: ${showShape(shape)} cannot be repeated ${describe(count)} times`, {
    op,
    shapes: [shape],
    count,
  });
}

/** Aligns a shape with its repetition counts: the shorter list is filled up with ones on the left. */
export function alignCounts(
  shape: readonly Size[],
  counts: readonly number[],
): { shape: Size[]; counts: number[] } {
  if (!Array.isArray(counts)) {
    throw new ShapeError("tile: give the counts as one list, such as .tile([2, 1])", { op: "tile", counts });
  }
  for (const count of counts) checkCount("tile", shape, count);
  const ones = (length: number): number[] => Array.from({ length: Math.max(0, length) }, () => 1);
  return {
    shape: [...ones(counts.length - shape.length), ...shape],
    counts: [...ones(shape.length - counts.length), ...counts],
  };
}

/** The shape of a tensor laid side by side `counts[i]` times along every axis. */
export function tileShape(shape: readonly Size[], counts: readonly number[]): Size[] {
  const aligned = alignCounts(shape, counts);
  return aligned.shape.map((size, axis) => multiplySizes(aligned.counts[axis], size));
}

/** The shape when every element along an axis (resolved) comes `count` times. */
export function repeatShape(shape: readonly Size[], count: number, axis: number): Size[] {
  checkCount("repeat", shape, count);
  return shape.with(axis, multiplySizes(count, shape[axis]));
}
