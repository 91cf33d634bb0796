import type { Kernel } from "../../op/define.js";
import { mapLanes } from "../lanes.js";

/** The definition, in float64. */
export const softmaxReference: Kernel<number> = ([x], [y], axis) => {
  mapLanes(x, y, axis, (lane) => {
    const shift = largest(lane);
    let total = 0;
    for (let i = 0; i < lane.length; i++) total += lane[i] = Math.exp(lane[i] - shift);
    for (let i = 0; i < lane.length; i++) lane[i] /= total;
  });
};

/** The maximum, or NaN when the lane has one. */
export function largest(lane: Float64Array): number {
  return lane.reduce((a, b) => Math.max(a, b), -Infinity);
}
