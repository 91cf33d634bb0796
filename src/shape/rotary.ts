import { ShapeError } from "../base/errors.js";
import { alignShapes } from "./broadcast.js";
import { sameShape, showShape, type Size } from "./dim.js";

/** The shape of x [..., n, d], once d is even and the positions broadcast to [..., n]. */
export function rotaryShape(x: readonly Size[], positions?: readonly Size[]): readonly Size[] {
  const shapes = positions === undefined ? [x] : [x, positions];
  const fail = (reason: string): never => {
    throw new ShapeError(`rotaryEmbedding: x ${showShape(x)}: ${reason}`, { op: "rotaryEmbedding", shapes });
  };
  if (x.length < 2) return fail("needs at least 2 axes, [..., n, d]");
  const width = x[x.length - 1];
  if (typeof width === "number" && width % 2 !== 0) return fail(`the last dim ${width} must be even`);
  if (positions === undefined) return x;
  const aligned = alignShapes(positions, x.slice(0, -1));
  if ("shape" in aligned && sameShape(aligned.shape, x.slice(0, -1))) return x;
  return fail(`positions ${showShape(positions)} do not broadcast to ${showShape(x.slice(0, -1))}`);
}
