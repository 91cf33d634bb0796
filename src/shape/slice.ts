import { describe } from "../base/describe.js";
import { ShapeError } from "../base/errors.js";
import { addSizes, isKnown, multiplySizes, showShape, sizeValue, type Size } from "./dim.js";

/** The part of an axis that a slice keeps: `start`, then every `step`-th, `length` of them. */
export interface Range {
  readonly start: Size;
  readonly step: number;
  readonly length: Size;
}

/**
 * Resolves `start:end:step` against an axis. Negative bounds count from the end; bounds past the end are an
 * error, not silently clipped. An axis without a value takes bounds on trust, and only step 1.
 */
export function sliceRange(
  shape: readonly Size[],
  axis: number,
  start: number,
  end: number | undefined,
  step = 1,
): Range {
  const size = shape[axis];
  const details = { op: "slice", shapes: [shape], axis, start, end, step };
  const fail = (reason: string): never => {
    throw new ShapeError(`slice: ${reason}`, details);
  };
  if (![start, end ?? 0].every(Number.isInteger))
    fail(
      `bounds must be integers, got ${describe(start)}${end === undefined ? "" : ` and ${describe(end)}`}`,
    );
  if (!Number.isInteger(step) || step === 0) fail(`step must be a non-zero integer, got ${describe(step)}`);
  if (step < 0) fail("step must be positive; use .flip(axis) to reverse");

  if (isKnown(size)) {
    const known = sizeValue(size);
    const from = start < 0 ? start + known : start;
    const to = end === undefined ? known : end < 0 ? end + known : end;
    if (Math.min(from, to) < 0 || Math.max(from, to) > known) {
      fail(`${start}:${end ?? ""} exceeds axis ${axis} of ${showShape(shape)} (${size})`);
    }
    if (typeof size === "number" || step !== 1 || to <= from) {
      return { start: from, step, length: Math.max(0, Math.ceil((to - from) / step)) };
    }
  } else if (step !== 1) fail(`a symbolic axis needs step 1, got ${step} on ${showShape(shape)}`);

  const fromEnd = (bound: number): Size => (bound < 0 ? addSizes(size, bound) : bound);
  const from = fromEnd(start);
  const length = addSizes(end === undefined ? size : fromEnd(end), multiplySizes(from, -1));
  return { start: from, step, length: typeof length === "number" ? Math.max(0, length) : length };
}

/** The position of one index along an axis; negative ones count from the end. */
export function selectIndex(shape: readonly Size[], axis: number, index: number): Size {
  const size = shape[axis];
  const details = { op: "select", shapes: [shape], axis, index };
  if (!Number.isInteger(index))
    throw new ShapeError(`select: the index must be an integer, got ${describe(index)}`, details);
  if (isKnown(size)) {
    const known = sizeValue(size);
    if (index < -known || index >= known) {
      throw new ShapeError(
        `select: index ${index} is out of range for axis ${axis} of ${showShape(shape)} (${size})`,
        details,
      );
    }
  }
  return index < 0 ? addSizes(size, index) : index;
}
