import { ShapeError } from "../base/errors.js";
import {
  countElements,
  divideSizes,
  sameSize,
  showShape,
  toShape,
  toSize,
  type Size,
  type SizeLike,
} from "./dim.js";
import { Polynomial } from "./polynomial.js";

const canonical = (size: Size): string =>
  typeof size === "number" ? String(size) : size.toCanonicalString();

/**
 * The shape that a reshape asks for, with a single −1 worked out from the number of elements.
 *
 * @example
 * reshapeShape(["B", "n", 768], ["B", "n", 12, -1])   // [B, n, 12, 64]
 */
export function reshapeShape(from: readonly Size[], to: readonly SizeLike[]): Size[] {
  const total = countElements(from);
  const target = toShape(to, (size) => (size === -1 ? -1 : toSize(size)));
  const inferred = target.flatMap((size, i) => (size === -1 ? [i] : []));
  const details = { op: "reshape", shapes: [from, target] };
  if (inferred.length > 1) {
    throw new ShapeError(`reshape: only one size may be -1, got ${showShape(target)}`, details);
  }
  if (inferred.length === 0) {
    const wanted = countElements(target);
    if (sameSize(total, wanted)) return target;
    throw new ShapeError(
      `reshape: ${showShape(from)} has ${canonical(total)} elements but ` +
        `${showShape(target)} has ${canonical(wanted)} elements`,
      details,
    );
  }
  const others = countElements(target.filter((_, i) => i !== inferred[0]));
  const rest = divideSizes(total, others) ?? divideSizes(valueOf(total), valueOf(others));
  if (rest === undefined) {
    throw new ShapeError(
      `reshape: cannot infer -1 in ${showShape(target)}: ${showShape(from)} has ${canonical(total)} elements, ` +
        `not divisible by ${canonical(others)}`,
      details,
    );
  }
  return target.map((size) => (size === -1 ? rest : size));
}

/** Falls back to plain numbers when the names on both sides have sizes. */
function valueOf(size: Size): Size {
  return size instanceof Polynomial && size.isKnown ? Number(size.value()) : size;
}
