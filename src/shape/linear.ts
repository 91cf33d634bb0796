import { ShapeError } from "../base/errors.js";
import { sameSize, showShape, type Size } from "./dim.js";

/**
 * The shape of `x Wᵀ + b` with the weight stored as `[out, in]`; a residual has the shape of the result.
 *
 * @example
 * linearShape(["B", "n", 768], [3072, 768])   // [B, n, 3072]
 */
export function linearShape(
  x: readonly Size[],
  weight: readonly Size[],
  bias?: readonly Size[],
  residual?: readonly Size[],
): Size[] {
  const fail = (message: string): never => {
    const shapes = [x, weight, bias, residual].filter((shape) => shape !== undefined);
    throw new ShapeError(message, { op: "linear", shapes });
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
  const result = [...x.slice(0, -1), outSize];
  const fits = residual?.length === result.length && result.every((size, i) => sameSize(size, residual[i]));
  if (residual !== undefined && !fits) {
    return fail(
      `${layer}: the residual must be as the result ${showShape(result)}, got ${showShape(residual)}`,
    );
  }
  return result;
}
