import { ShapeError } from "../base/errors.js";
import { addSizes, multiplySizes, showShape, type Size } from "./dim.js";

/** The part of an axis that a slice keeps: `start`, then every `step`-th, `length` of them. */
export interface Range {
  readonly start: Size;
  readonly step: number;
  readonly length: Size;
}

/**
 * Resolves `start:end:step` against an axis. Negative bounds count from the end; bounds past the end are an
 * error, not silently clipped. A symbolic axis accepts non-negative bounds, which are taken on trust, and
 * negative ones that count from its end.
 */
export function sliceRange(
  shape: readonly Size[],
  axis: number,
  start: number,
  end: number | undefined,
  step = 1,
): Range {
  const size = shape[axis]!;
  const fail = (): never => {
    throw new ShapeError(
      `slice: ${start}:${end ?? ""} exceeds axis ${axis} of ${showShape(shape)} (${size})`,
      { op: "slice", shapes: [shape], axis, start, end },
    );
  };
  if (![start, end ?? 0].every(Number.isInteger)) {
    throw new ShapeError(`slice: bounds must be integers, got ${start}:${end ?? ""}`, {
      op: "slice",
      start,
      end,
    });
  }
  if (!Number.isInteger(step) || step === 0) {
    throw new ShapeError(`slice: step must be a non-zero integer, got ${step}`, { op: "slice", step });
  }
  if (typeof size !== "number") return symbolicRange(size, start, end, step, shape);
  if (step < 0) {
    throw new ShapeError("slice: step must be positive; use .flip(axis) to reverse", { op: "slice", step });
  }
  const from = start < 0 ? start + size : start;
  const to = end === undefined ? size : end < 0 ? end + size : end;
  if (from < 0 || from > size || to < 0 || to > size) return fail();
  return { start: from, step, length: Math.max(0, Math.ceil((to - from) / step)) };
}

function symbolicRange(
  size: Size,
  start: number,
  end: number | undefined,
  step: number,
  shape: readonly Size[],
): Range {
  if (step !== 1) {
    throw new ShapeError(`slice: a symbolic axis needs step 1, got ${step} on ${showShape(shape)}`, {
      op: "slice",
      shapes: [shape],
      step,
    });
  }
  const fromEnd = (bound: number): Size => (bound < 0 ? addSizes(size, bound) : bound);
  const from = fromEnd(start);
  const to = end === undefined ? size : fromEnd(end);
  return { start: from, step, length: addSizes(to, multiplySizes(from, -1)) };
}
