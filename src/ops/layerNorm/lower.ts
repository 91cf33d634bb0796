import { call, type Lowering } from "../../op/lower.js";
import { inPlace, isDense, rowsOf } from "../lower.js";
import type { LayerNormAttributes } from "./attributes.js";

export const lowerLayerNorm: Lowering<LayerNormAttributes> = ([x, ...parameters], y, attributes) => {
  if (!parameters.every(isDense)) return undefined;
  const weight = attributes.weight ? parameters[0].at : 0;
  const bias = attributes.bias ? parameters.at(-1)!.at : 0;
  return inPlace(x, y, call("layerNormF32", y.at, ...rowsOf(y), attributes.eps, weight, bias));
};
