import type { Kernel } from "../../op/define.js";
import { mapBigInts, mapUnary } from "../../op/loops.js";
import { isFloat } from "../../tensor/dtype.js";

export interface Bounds {
  readonly low: number;
  readonly high: number;
}

export const clipReference: Kernel<Bounds> = ([x], [y], { low, high }) => {
  if (isFloat(x.dtype)) return mapUnary(x, y, (value) => Math.min(Math.max(value, low), high));
  // An integer within fractional bounds lies within the integers inside them.
  const [first, last] = [Math.ceil(low), Math.floor(high)];
  if (x.dtype !== "int64") return mapUnary(x, y, (value) => Math.min(Math.max(value, first), last));
  mapBigInts([x], y, (value) => {
    const raised = value < first ? BigInt(first) : value; // comparisons of bigint with number are exact
    return raised > last ? BigInt(last) : raised;
  });
};
