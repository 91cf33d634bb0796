import { call, type KernelCall, type Lowering, type Placed } from "../../op/lower.js";
import { countElements } from "../../shape/dim.js";
import { lowerAdd } from "../add/lower.js";
import { allOf, behind, isDense, lowerMatrixVector, offsetsOf } from "../lower.js";
import { namedInputs, type LinearAttributes } from "./epilogue.js";

/** The products of all rows; activation and residual follow in place. */
export const lowerLinear: Lowering<LinearAttributes> = (inputs, y, attributes, room) => {
  const { x, weight, bias, residual } = namedInputs(inputs, attributes);
  const { activation } = attributes;
  const steps = [
    lowerProducts(x, weight, bias, y),
    activation === undefined ? [] : [call(`${activation}F32`, y.at, countElements(y.dims))],
    residual === undefined ? [] : lowerAdd([y, residual], y, undefined, room),
  ];
  return steps.every((calls) => calls !== undefined) ? steps.flat() : undefined;
};

/** One matrix-vector product for every row of x; with a bias, it is added to the bias. */
function lowerProducts(
  x: Placed,
  weight: Placed,
  bias: Placed | undefined,
  y: Placed,
): readonly KernelCall[] | undefined {
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
}
