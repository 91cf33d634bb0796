import { ShapeError } from "../base/errors.js";
import { isOne, sameSize, showShape, type Size } from "./dim.js";

export const alignmentHint = "; shapes align on the right, use .unsqueeze(axis) to add size-1 axes";

/** One axis against another: equal sizes stay, 1 stretches, anything else is `undefined`. */
function broadcastSize(a: Size, b: Size): Size | undefined {
  if (sameSize(a, b)) return typeof a === "number" ? b : a; // keep the name when one side has one
  if (isOne(a)) return b;
  if (isOne(b)) return a;
  return undefined;
}

/** The result of aligning two shapes on the right, or the first axis (from the right) that does not fit. */
export function alignShapes(a: readonly Size[], b: readonly Size[]): { shape: Size[] } | { axis: number } {
  const rank = Math.max(a.length, b.length);
  const shape: Size[] = [];
  let axis = 0;
  for (let i = -rank; i < 0; i++) {
    const left = a[a.length + i] as Size | undefined;
    const right = b[b.length + i] as Size | undefined;
    const size = left === undefined ? right : right === undefined ? left : broadcastSize(left, right);
    if (size === undefined) axis = i;
    else shape.push(size);
  }
  return axis === 0 ? { shape } : { axis };
}

/** `[n, 1]` with `[n]`: legal for numbers, but with a name it is almost always a forgotten squeeze. */
function isAccidentalOuterProduct(a: readonly Size[], b: readonly Size[]): boolean {
  const [size] = b;
  return (
    b.length === 1 &&
    a.length >= 2 &&
    isOne(a.at(-1)!) &&
    typeof size === "object" &&
    typeof a.at(-2) === "object" &&
    sameSize(a.at(-2)!, size)
  );
}

/**
 * The shape that all operands broadcast to (NumPy rules, plus: two different names never broadcast).
 * Throws `ShapeError` naming both shapes and the axis.
 *
 * @example
 * broadcastShapes("add", ["B", 512, 768], [768])   // [B, 512, 768]
 */
export function broadcastShapes(op: string, ...shapes: readonly (readonly Size[])[]): Size[] {
  return shapes.reduce<Size[]>((a, b) => broadcastPair(op, a, b), []);
}

function broadcastPair(op: string, a: readonly Size[], b: readonly Size[]): Size[] {
  if (isAccidentalOuterProduct(a, b) || isAccidentalOuterProduct(b, a)) {
    throw new ShapeError(
      `${op}: ${showShape(a)} with ${showShape(b)} would silently broadcast to an outer product; ` +
        `use .squeeze(-1) or .unsqueeze(-1) to say which you mean`,
      { op, shapes: [a, b] },
    );
  }
  const aligned = alignShapes(a, b);
  if ("shape" in aligned) return aligned.shape;
  const { axis } = aligned;
  throw new ShapeError(
    `${op}: cannot broadcast ${showShape(a)} with ${showShape(b)}: ` +
      `axis ${axis} is ${a.at(axis)} vs ${b.at(axis)}${a.length === b.length ? "" : alignmentHint}`,
    { op, shapes: [a, b], axis },
  );
}

/** The shape `to` when `from` broadcasts to exactly that, as `expand` wants. */
export function expandShape(from: readonly Size[], to: readonly Size[]): Size[] {
  const shape = broadcastShapes("expand", from, to);
  if (shape.length === to.length && shape.every((size, i) => sameSize(size, to[i]))) return shape;
  throw new ShapeError(`expand: ${showShape(from)} does not expand to ${showShape(to)}`, {
    op: "expand",
    shapes: [from, to],
  });
}
