import type { Kernel } from "../../op/define.js";
import { readValues } from "../../op/loops.js";
import { mapLanes } from "../lanes.js";
import type { LayerNormAttributes } from "./attributes.js";

/** Mean first, then the mean of squared differences, in float64. */
export const layerNormReference: Kernel<LayerNormAttributes> = (inputs, [y], { eps, weight, bias }) => {
  const x = inputs[0];
  const scale = weight ? readValues(inputs[1]) : undefined;
  const shift = bias ? readValues(inputs[inputs.length - 1]) : undefined;
  mapLanes(x, y, x.ndim - 1, (lane) => {
    const mean = lane.reduce((total, value) => total + value, 0) / lane.length;
    const variance = lane.reduce((total, value) => total + (value - mean) ** 2, 0) / lane.length;
    const inverse = 1 / Math.sqrt(variance + eps);
    for (let i = 0; i < lane.length; i++) {
      lane[i] = (lane[i] - mean) * inverse * (scale?.[i] ?? 1) + (shift?.[i] ?? 0);
    }
  });
};
