import { ShapeError } from "../base/errors.js";
import { sameSize, showShape, type Size } from "./dim.js";

/**
 * The shape of `x Wᵀ + b` with the weight stored as `[out, in]`.
 *
 * @example
 * linearShape(["B", "n", 768], [3072, 768])   // [B, n, 3072]
 */
export function linearShape(x: readonly Size[], weight: readonly Size[], bias?: readonly Size[]): Size[] {
  const fail = (message: string): never => {
    throw new ShapeError(message, {
      op: "linear",
      shapes: bias === undefined ? [x, weight] : [x, weight, bias],
    });
  };
  if (weight.length !== 2) {
    return fail(`linear: the weight must have 2 axes, [out, in], got ${showShape(weight)}`);
  }
  const [outSize, inSize] = weight;
  const layer = `linear(${inSize} -> ${outSize})`;
  if (x.length === 0) return fail("linear: scalar input");
  const last = x[x.length - 1];
  if (!sameSize(last, inSize)) return fail(`${layer}: input ${showShape(x)} has last dim ${last}`);
  if (bias !== undefined && (bias.length !== 1 || !sameSize(bias[0], outSize))) {
    return fail(`${layer}: the bias must be [${outSize}], got ${showShape(bias)}`);
  }
  return [...x.slice(0, -1), outSize];
}
