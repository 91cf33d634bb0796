import type { Kernel } from "../../op/define.js";
import { readValues } from "../../op/loops.js";
import { multiplyMatrices, readableFor } from "../wasm.js";
import { epilogue, namedInputs, type LinearAttributes } from "./epilogue.js";
import { linearOperands } from "./operands.js";

/** x · Wᵀ through the strides of W. The bias is added to blocks of the product while they are in the cache. */
export const linearWasm: Kernel<LinearAttributes> = (inputs, [y], attributes) => {
  const { x, weight, bias, residual } = namedInputs(inputs, attributes);
  const { rows, transposed, batch } = linearOperands(readableFor(y, x), readableFor(y, weight));
  const start = bias === undefined ? undefined : readValues(bias);
  return multiplyMatrices(rows, transposed, batch, y, start, epilogue(residual, attributes));
};
