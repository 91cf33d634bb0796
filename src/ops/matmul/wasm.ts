import type { Kernel } from "../../op/define.js";
import { broadcastStrides } from "../../op/loops.js";
import { multiplyMatrices } from "../wasm.js";
import { asMatrices, batchSizes } from "./reference.js";

/** Any strides, without a copy: transposed operands, and batches that repeat through stride 0. */
export const matmulWasm: Kernel<undefined> = ([left, right], [y]) => {
  const [a, b] = asMatrices(left, right);
  const sizes = batchSizes(left, right, y);
  const steps = (x: typeof a) => broadcastStrides(x, [...sizes, ...x.sizes.slice(-2)]).slice(0, -2);
  return multiplyMatrices(a, b, { sizes, a: steps(a), b: steps(b) }, y);
};
