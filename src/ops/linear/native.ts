import { wasmAvailable } from "../../kernels/index.js";
import { nativeTakes } from "../../native/index.js";
import type { Kernel } from "../../op/define.js";
import { readValues } from "../../op/loops.js";
import type { Tensor } from "../../tensor/tensor.js";
import { multiplyNative, realOperands } from "../native.js";
import { epilogue, namedInputs, type LinearAttributes } from "./epilogue.js";
import { linearOperands } from "./operands.js";

/** x · Wᵀ with the transpose flag of BLAS. The bias is laid out first and the product added to it. */
export const linearNative: Kernel<LinearAttributes> = (inputs, [y], attributes) => {
  const { x, weight, bias, residual } = namedInputs(inputs, attributes);
  const outSize = weight.sizes[0];
  if (!nativeTakes(y.size / outSize, outSize, weight.sizes[1])) return false; // before views are made
  const finish = epilogue(residual, attributes);
  if (finish !== undefined && !wasmAvailable()) return false;
  const first = linearOperands(x, weight);
  const operands = realOperands(first.rows, first.transposed, y);
  if (operands === undefined) return false;
  const [rows, transposed] = operands;
  const batch = { ...first.batch, a: rows.strides.slice(0, -2) }; // converting may have changed them
  const start = bias && ((values: Float32Array | Float64Array) => layBias(bias, values));
  return multiplyNative(rows, transposed, batch, y, start, finish);
};

/** Fills every row of the result with the bias, by doubling what is filled. */
function layBias(bias: Tensor, values: Float32Array | Float64Array): void {
  values.set(readValues(bias).subarray(0, values.length));
  for (let filled = bias.size; filled > 0 && filled < values.length; filled *= 2) {
    values.copyWithin(filled, 0, filled);
  }
}
