import type { Kernel } from "../../op/define.js";
import { mapLanes } from "../lanes.js";
import { largest } from "../softmax/reference.js";

/** x − max − log Σ exp(x − max), in float64. */
export const logSoftmaxReference: Kernel<number> = ([x], [y], axis) => {
  mapLanes(x, y, axis, (lane) => {
    const shift = largest(lane);
    let total = 0;
    for (let i = 0; i < lane.length; i++) total += Math.exp(lane[i] - shift);
    const logTotal = Math.log(total);
    for (let i = 0; i < lane.length; i++) lane[i] = lane[i] - shift - logTotal;
  });
};
