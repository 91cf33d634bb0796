import type { Kernel } from "../../op/define.js";
import { broadcastStrides } from "../../op/loops.js";
import { multiplyNative, realOperands } from "../native.js";
import { asMatrices, batchSizes } from "./reference.js";

/** One BLAS call per matrix, on the tensors' own memory. */
export const matmulNative: Kernel<undefined> = ([left, right], [y]) => {
  const operands = realOperands(...asMatrices(left, right), y);
  if (operands === undefined) return false;
  const [a, b] = operands;
  const sizes = batchSizes(left, right, y);
  const steps = (x: typeof a) => broadcastStrides(x, [...sizes, ...x.sizes.slice(-2)]).slice(0, -2);
  return multiplyNative(a, b, { sizes, a: steps(a), b: steps(b) }, y);
};
