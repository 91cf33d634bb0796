import type { Kernel } from "../../op/define.js";
import { writeValues } from "../../op/loops.js";
import { logDeterminant } from "../det/determinant.js";
import { eachPivotsWasm } from "../det/wasm.js";

/** From the pivots of the recursive LU factorisation. */
export const slogdetWasm: Kernel<undefined> = ([a], [sign, logabsdet]) => {
  const signs = new Float64Array(sign.size);
  const logarithms = new Float64Array(sign.size);
  const ran = eachPivotsWasm("slogdet", a, (index, pivots, odd) => {
    const result = logDeterminant(pivots, odd);
    signs[index] = result.sign;
    logarithms[index] = result.logMagnitude;
  });
  if (ran === false) return false;
  writeValues(sign, signs);
  writeValues(logabsdet, logarithms);
};
