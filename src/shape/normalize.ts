import { ShapeError } from "../base/errors.js";
import { sameSize, showShape, type Size } from "./dim.js";

/** The shape of x, once each parameter is a vector as long as x's last axis: layerNorm, rmsNorm. */
export function normalizeShape(
  op: string,
  x: readonly Size[],
  ...parameters: readonly (readonly Size[])[]
): readonly Size[] {
  for (const parameter of parameters) {
    if (parameter.length !== 1) {
      throw new ShapeError(`${op}: weight and bias must be vectors, got ${showShape(parameter)}`, {
        op,
        shapes: [x, ...parameters],
      });
    }
    if (x.length > 0 && sameSize(x[x.length - 1], parameter[0])) continue;
    const got = x.length === 0 ? "a scalar" : showShape(x);
    throw new ShapeError(`${op}: expects last dim ${parameter[0]}, got ${got}`, {
      op,
      shapes: [x, ...parameters],
      axis: -1,
    });
  }
  if (x.length > 0) return x;
  throw new ShapeError(`${op}: needs at least one axis, got a scalar`, { op, shapes: [x] });
}
