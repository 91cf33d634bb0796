import { call, type Lowering } from "../../op/lower.js";
import { allOf, behind, isDense, lowerMatrixVector, offsetsOf } from "../lower.js";

/** One matrix-vector product for every row of x; with a bias, it is added to the bias. */
export const lowerLinear: Lowering<undefined> = ([x, weight, bias], y) => {
  const offsets = offsetsOf(x.dims.slice(0, -1), [x.strides.slice(0, -1), y.strides.slice(0, -1)]);
  if (offsets === undefined || !isDense(x) || (bias !== undefined && !isDense(bias))) return undefined;
  const [rows, k] = weight.dims;
  const [rowStep, columnStep] = weight.strides;
  const matrix = { at: weight.at, rows, k, rowStep, columnStep };
  return allOf(
    offsets.flatMap(([p, q]) => {
      const to = behind(y.at, q);
      const product = lowerMatrixVector(matrix, behind(x.at, p), to, bias !== undefined);
      return bias === undefined ? [product] : [call("copyF32", 1, rows, bias.at, 0, to, 0), product];
    }),
  );
};
