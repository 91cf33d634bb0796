import type { Kernel } from "../../op/define.js";
import { readValues } from "../../op/loops.js";
import { mapLanes } from "../lanes.js";
import type { RMSNormAttributes } from "./attributes.js";

/** The definition, in float64. */
export const rmsNormReference: Kernel<RMSNormAttributes> = ([x, weight], [y], { eps }) => {
  const scale = weight === undefined ? undefined : readValues(weight);
  mapLanes(x, y, x.ndim - 1, (lane) => {
    const meanSquare = lane.reduce((total, value) => total + value * value, 0) / lane.length;
    const inverse = 1 / Math.sqrt(meanSquare + eps);
    for (let i = 0; i < lane.length; i++) lane[i] = lane[i] * inverse * (scale?.[i] ?? 1);
  });
};
