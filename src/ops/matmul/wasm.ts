import type { Kernel } from "../../op/define.js";
import { isFloat } from "../../tensor/dtype.js";
import { multiplyMatrices, readableFor } from "../wasm.js";
import { asColumns, asRows, batchSizes, batchSteps } from "./reference.js";
import { multiplyWhole } from "./whole.js";

/** Any strides, without a copy: transposed operands, and batches that repeat through stride 0. */
export const matmulWasm: Kernel<undefined> = (inputs, outputs) => {
  const y = outputs[0];
  if (!isFloat(y.dtype)) return multiplyWhole(inputs[0], inputs[1], y, matmulWasm);
  const a = asRows(readableFor(y, inputs[0]));
  const b = asColumns(readableFor(y, inputs[1]));
  const sizes = batchSizes(inputs[0], inputs[1], y);
  return multiplyMatrices(a, b, { sizes, a: batchSteps(a, sizes), b: batchSteps(b, sizes) }, y);
};
