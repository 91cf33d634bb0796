import { describe } from "../base/describe.js";
import { ShapeError } from "../base/errors.js";
import { resolveAxis, type Axis } from "./axes.js";
import { sameSize, showShape, type Size } from "./dim.js";

/** Two vectors of one length: a scalar. */
export function dotShape(a: readonly Size[], b: readonly Size[]): Size[] {
  if (a.length !== 1 || b.length !== 1) {
    throw new ShapeError(`dot: needs two vectors, got ${showShape(a)} and ${showShape(b)}; use .matmul`, {
      op: "dot",
      shapes: [a, b],
    });
  }
  if (sameSize(a[0], b[0])) return [];
  throw new ShapeError(`dot: ${showShape(a)} . ${showShape(b)}: lengths ${a[0]} and ${b[0]} differ`, {
    op: "dot",
    shapes: [a, b],
    axis: 0,
  });
}

/** Two vectors `[n]`, `[m]`: the matrix `[n, m]`. */
export function outerShape(a: readonly Size[], b: readonly Size[]): Size[] {
  if (a.length === 1 && b.length === 1) return [a[0], b[0]];
  throw new ShapeError(`outer: needs two vectors, got ${showShape(a)} and ${showShape(b)}`, {
    op: "outer",
    shapes: [a, b],
  });
}

/** How many axes to contract (the last of a with the first of b), or which pairs. */
export type TensordotAxes = number | readonly [readonly Axis[], readonly Axis[]];

/** The contracted axes of both operands, in pairs, and those that stay. */
export interface Contraction {
  readonly contracted: readonly [readonly number[], readonly number[]];
  readonly kept: readonly [readonly number[], readonly number[]];
}

/**
 * Resolves the axes of a tensordot and checks that each pair has one size.
 *
 * @example
 * tensordotAxes(["B", 12, 64], [12, 64, 768], 2)   // contracted: [[1, 2], [0, 1]], kept: [[0], [2]]
 */
export function tensordotAxes(a: readonly Size[], b: readonly Size[], axes: TensordotAxes): Contraction {
  const details = { op: "tensordot", shapes: [a, b], axes };
  if (typeof axes === "number") {
    for (const shape of [a, b]) {
      if (Number.isInteger(axes) && axes >= 0 && axes <= shape.length) continue;
      throw new ShapeError(`tensordot: ${showShape(shape)} has fewer than ${axes} axes`, details);
    }
  } else if (!Array.isArray(axes?.[0]) || !Array.isArray(axes[1])) {
    throw new ShapeError(
      `tensordot: axes are a number, or a list for each operand such as [[-1], [0]], got ${describe(axes)}`,
      details,
    );
  } else if (axes[0].length !== axes[1].length) {
    throw new ShapeError(
      `tensordot: ${showShape(a)} and ${showShape(b)}: ${axes[0].length} axes cannot pair with ${axes[1].length}`,
      details,
    );
  }
  const count = typeof axes === "number" ? axes : 0;
  const given = typeof axes === "number" ? undefined : axes;
  const left =
    given?.[0].map((axis) => resolveAxis("tensordot", a, axis)) ?? range(a.length - count, a.length);
  const right = given?.[1].map((axis) => resolveAxis("tensordot", b, axis)) ?? range(0, count);
  const over = given === undefined ? `${count} axes` : `axes [${left.join(", ")}] and [${right.join(", ")}]`;
  left.forEach((axis, i) => {
    if (left.indexOf(axis) !== i || right.indexOf(right[i]) !== i) {
      throw new ShapeError(
        `tensordot: ${showShape(a)} and ${showShape(b)} over ${over}: an axis is given twice`,
        details,
      );
    }
    if (sameSize(a[axis], b[right[i]])) return;
    throw new ShapeError(
      `tensordot: ${showShape(a)} and ${showShape(b)} over ${over}: ${a[axis]} and ${b[right[i]]} differ`,
      { ...details, axis },
    );
  });
  const rest = (shape: readonly Size[], used: readonly number[]): number[] =>
    range(0, shape.length).filter((axis) => !used.includes(axis));
  return { contracted: [left, right], kept: [rest(a, left), rest(b, right)] };
}

const range = (start: number, end: number): number[] =>
  Array.from({ length: end - start }, (_, i) => start + i);
