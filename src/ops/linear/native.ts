import type { Kernel } from "../../op/define.js";
import { multiplyNative, realOperands } from "../native.js";
import { layBias, linearOperands } from "./operands.js";

/** x · Wᵀ with the transpose flag of BLAS. The bias is laid out first and the product added to it. */
export const linearNative: Kernel<undefined> = ([x, weight, bias], [y]) => {
  const first = linearOperands(x, weight);
  const operands = realOperands(first.rows, first.transposed, y);
  if (operands === undefined) return false;
  const [rows, transposed] = operands;
  const batch = { ...first.batch, a: rows.strides.slice(0, -2) }; // converting may have changed them
  if (bias === undefined) return multiplyNative(rows, transposed, batch, y);
  return multiplyNative(rows, transposed, batch, y, (values) => layBias(bias, values));
};
