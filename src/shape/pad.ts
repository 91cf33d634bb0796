import { describe } from "../base/describe.js";
import { ShapeError } from "../base/errors.js";
import { addSizes, showShape, type Size } from "./dim.js";

/** `[before, after]`: how many elements a padded axis gains on either side. */
export type Widths = readonly [before: number, after: number];

/** The shape after padding. Throws unless there is one pair of integers ≥ 0 for every axis. */
export function padShape(shape: readonly Size[], widths: readonly Widths[]): Size[] {
  const details = { op: "pad", shapes: [shape], widths };
  if (!Array.isArray(widths) || !widths.every((pair) => Array.isArray(pair))) {
    throw new ShapeError(`pad: widths are a list of [before, after], got ${describe(widths)}`, details);
  }
  if (widths.length !== shape.length) {
    throw new ShapeError(
      `pad: ${showShape(shape)} needs one [before, after] per axis, got ${widths.length}`,
      details,
    );
  }
  return shape.map((size, axis) => {
    const [before, after] = widths[axis];
    if ([before, after].every((width) => Number.isSafeInteger(width) && width >= 0)) {
      return addSizes(addSizes(size, before), after);
    }
    throw new ShapeError(
      `pad: axis ${axis} of ${showShape(shape)} cannot grow by [${before}, ${after}]; ` +
        `widths are integers >= 0, use .slice to cut`,
      { ...details, axis },
    );
  });
}
