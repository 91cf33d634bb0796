import type { Kernel } from "../../op/define.js";
import { multiplyMatrices } from "../wasm.js";
import { layBias, linearOperands } from "./operands.js";

/** x · Wᵀ through the strides of W. The bias is laid out first and the product added to it. */
export const linearWasm: Kernel<undefined> = ([x, weight, bias], [y]) => {
  const { rows, transposed, batch } = linearOperands(x, weight);
  if (bias === undefined) return multiplyMatrices(rows, transposed, batch, y);
  return multiplyMatrices(rows, transposed, batch, y, (values) => layBias(bias, values));
};
