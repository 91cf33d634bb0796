import { call, type Lowering } from "../../op/lower.js";
import { inPlace, isDense, rowsOf } from "../lower.js";
import type { RMSNormAttributes } from "./attributes.js";

export const lowerRMSNorm: Lowering<RMSNormAttributes> = ([x, weight], y, { eps }) =>
  weight !== undefined && !isDense(weight)
    ? undefined
    : inPlace(x, y, call("rmsNormF32", y.at, ...rowsOf(y), eps, weight?.at ?? 0));
