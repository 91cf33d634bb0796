import { call, type Lowering } from "../../op/lower.js";
import { inPlace, rowsOf } from "../lower.js";

export const lowerSoftmax: Lowering<number> = ([x], y, axis) =>
  axis === y.dims.length - 1 ? inPlace(x, y, call("softmaxF32", y.at, ...rowsOf(y))) : undefined;
