import type { Kernel } from "../../op/define.js";
import { eachPivotsNative } from "../lu/native.js";
import { determinant } from "./determinant.js";

/** From the pivots of LAPACK's `getrf`. */
export const detNative: Kernel<undefined> = ([a], outputs) =>
  eachPivotsNative("det", a, outputs, ([values], index, pivots, odd) => {
    values[index] = determinant(pivots, odd);
  });
