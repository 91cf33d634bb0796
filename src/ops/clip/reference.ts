import type { Kernel } from "../../op/define.js";
import { mapBigInts, mapUnaryRows } from "../../op/loops.js";
import { isFloat } from "../../tensor/dtype.js";

export interface Bounds {
  readonly low: number;
  readonly high: number;
}

export const clipReference: Kernel<Bounds> = ([x], [y], { low, high }) => {
  // An integer within fractional bounds lies within the integers inside them.
  const [first, last] = isFloat(x.dtype) ? [low, high] : [Math.ceil(low), Math.floor(high)];
  if (x.dtype === "int64") {
    return mapBigInts([x], y, (value) => {
      const raised = value < first ? BigInt(first) : value; // comparisons of bigint with number are exact
      return raised > last ? BigInt(last) : raised;
    });
  }
  mapUnaryRows(x, y, (from, p, step, to, o, length) => {
    for (let i = 0; i < length; i++, p += step) to[o + i] = Math.min(Math.max(from[p], first), last);
  });
};
