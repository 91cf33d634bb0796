import { ShapeError } from "../base/errors.js";
import { alignmentHint, alignShapes } from "./broadcast.js";
import { sameSize, showShape, type Size } from "./dim.js";

/**
 * The shape of `a @ b`, as NumPy's matmul: a 1-D operand is a row (left) or a column (right) whose axis
 * disappears again; leading axes broadcast.
 *
 * @example
 * matmulShape(["B", 12, "n", 64], ["B", 12, 64, "n"])   // [B, 12, n, n]
 */
export function matmulShape(a: readonly Size[], b: readonly Size[]): Size[] {
  const fail = (reason: string): never => {
    throw new ShapeError(`matmul: ${showShape(a)} @ ${showShape(b)}: ${reason}`, {
      op: "matmul",
      shapes: [a, b],
    });
  };
  if (a.length === 0) return fail("left operand is a scalar, use .mul");
  if (b.length === 0) return fail("right operand is a scalar, use .mul");

  const inner = a[a.length - 1];
  const innerRight = b[Math.max(0, b.length - 2)];
  if (!sameSize(inner, innerRight)) {
    if (a.length === 1 && b.length === 1) return fail(`lengths ${inner} and ${innerRight} differ`);
    return fail(`inner dims ${inner} and ${innerRight} differ${transposeHint(a, b)}`);
  }

  if (a.length === 2 && b.length === 2) return [a[0], b[1]];
  const batches = alignShapes(a.slice(0, -2), b.slice(0, -2));
  if ("axis" in batches) {
    const { axis } = batches;
    const hint = a.length === b.length ? "" : alignmentHint;
    return fail(
      `batch dims ${a.slice(0, -2).at(axis)} and ${b.slice(0, -2).at(axis)} do not broadcast${hint}`,
    );
  }
  const { shape } = batches;
  if (a.length > 1) shape.push(a.at(-2)!);
  if (b.length > 1) shape.push(b.at(-1)!);
  return shape;
}

/** Which transpose would make the inner dims meet, if one does. */
function transposeHint(a: readonly Size[], b: readonly Size[]): string {
  if (a.length < 2 || b.length < 2) return "";
  if (sameSize(a.at(-1)!, b.at(-1)!)) return "; did you mean .matmul(other.transpose(-2, -1))?";
  if (sameSize(a.at(-2)!, b.at(-2)!)) return "; did you mean .transpose(-2, -1).matmul(other)?";
  return "";
}
