import type { Kernel } from "../../op/define.js";
import { multiplyMatrices } from "../wasm.js";
import { asMatrices, batchSizes, batchSteps } from "./reference.js";

/** Any strides, without a copy: transposed operands, and batches that repeat through stride 0. */
export const matmulWasm: Kernel<undefined> = ([left, right], [y]) => {
  const [a, b] = asMatrices(left, right);
  const sizes = batchSizes(left, right, y);
  return multiplyMatrices(a, b, { sizes, a: batchSteps(a, sizes), b: batchSteps(b, sizes) }, y);
};
