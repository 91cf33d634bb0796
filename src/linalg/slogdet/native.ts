import type { Kernel } from "../../op/define.js";
import { logDeterminant } from "../det/determinant.js";
import { eachPivotsNative } from "../lu/native.js";

/** From the pivots of LAPACK's `getrf`. */
export const slogdetNative: Kernel<undefined> = ([a], outputs) =>
  eachPivotsNative("slogdet", a, outputs, ([signs, logarithms], index, pivots, odd) => {
    const { sign, logMagnitude } = logDeterminant(pivots, odd);
    signs[index] = sign;
    logarithms[index] = logMagnitude;
  });
