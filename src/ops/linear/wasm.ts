import type { Kernel } from "../../op/define.js";
import { readValues } from "../../op/loops.js";
import { multiplyMatrices } from "../wasm.js";

/** x · Wᵀ through the strides of W. The bias is laid out first and the product added to it. */
export const linearWasm: Kernel<undefined> = ([x, weight, bias], [y]) => {
  const rows = x.ndim > 1 ? x : x.withView({ dims: [1, ...x.dims], strides: [0, ...x.strides] });
  const transposed = weight.withView({
    dims: weight.dims.toReversed(),
    strides: weight.strides.toReversed(),
  });
  const sizes = rows.sizes.slice(0, -2);
  const batch = { sizes, a: rows.strides.slice(0, -2), b: sizes.map(() => 0) };
  if (bias === undefined) return multiplyMatrices(rows, transposed, batch, y);
  return multiplyMatrices(rows, transposed, batch, y, (values) => {
    values.set(readValues(bias).subarray(0, values.length));
    for (let filled = bias.size; filled > 0 && filled < values.length; filled *= 2) {
      values.copyWithin(filled, 0, filled);
    }
  });
};
