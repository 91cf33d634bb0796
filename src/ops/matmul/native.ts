import type { Kernel } from "../../op/define.js";
import { multiplyNative, realOperands } from "../native.js";
import { asColumns, asRows, batchSizes, batchSteps } from "./reference.js";

/** One BLAS call per matrix, on the tensors' own memory. */
export const matmulNative: Kernel<undefined> = (inputs, outputs) => {
  const y = outputs[0];
  const operands = realOperands(asRows(inputs[0]), asColumns(inputs[1]), y);
  if (operands === undefined) return false;
  const [a, b] = operands;
  const sizes = batchSizes(inputs[0], inputs[1], y);
  return multiplyNative(a, b, { sizes, a: batchSteps(a, sizes), b: batchSteps(b, sizes) }, y);
};
