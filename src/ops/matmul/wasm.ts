import type { Kernel } from "../../op/define.js";
import { multiplyMatrices } from "../wasm.js";
import { asColumns, asRows, batchSizes, batchSteps } from "./reference.js";

/** Any strides, without a copy: transposed operands, and batches that repeat through stride 0. */
export const matmulWasm: Kernel<undefined> = (inputs, outputs) => {
  const a = asRows(inputs[0]);
  const b = asColumns(inputs[1]);
  const sizes = batchSizes(inputs[0], inputs[1], outputs[0]);
  return multiplyMatrices(a, b, { sizes, a: batchSteps(a, sizes), b: batchSteps(b, sizes) }, outputs[0]);
};
