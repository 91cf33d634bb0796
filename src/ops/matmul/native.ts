import type { Kernel } from "../../op/define.js";
import { multiplyNative, realOperands } from "../native.js";
import { asMatrices, batchSizes, batchSteps } from "./reference.js";

/** One BLAS call per matrix, on the tensors' own memory. */
export const matmulNative: Kernel<undefined> = ([left, right], [y]) => {
  const operands = realOperands(...asMatrices(left, right), y);
  if (operands === undefined) return false;
  const [a, b] = operands;
  const sizes = batchSizes(left, right, y);
  return multiplyNative(a, b, { sizes, a: batchSteps(a, sizes), b: batchSteps(b, sizes) }, y);
};
