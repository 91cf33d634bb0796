import type { Kernel } from "../../op/define.js";
import { readValues } from "../../op/loops.js";
import { multiplyMatrices } from "../wasm.js";
import { linearOperands } from "./operands.js";

/** x · Wᵀ through the strides of W. The bias is added to blocks of the product while they are in the cache. */
export const linearWasm: Kernel<undefined> = ([x, weight, bias], [y]) => {
  const { rows, transposed, batch } = linearOperands(x, weight);
  return multiplyMatrices(rows, transposed, batch, y, bias === undefined ? undefined : readValues(bias));
};
