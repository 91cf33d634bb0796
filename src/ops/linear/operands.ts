// What the faster kernels of linear share.
import { readValues } from "../../op/loops.js";
import type { Tensor } from "../../tensor/tensor.js";

/** x Wᵀ as a product of matrices: the rows of x, W seen through swapped strides, and the batch that shares it. */
export function linearOperands(x: Tensor, weight: Tensor) {
  const rows = x.ndim > 1 ? x : x.withView({ dims: [1, ...x.dims], strides: [0, ...x.strides] });
  const transposed = weight.withView({
    dims: weight.dims.toReversed(),
    strides: weight.strides.toReversed(),
  });
  const sizes = rows.sizes.slice(0, -2);
  return { rows, transposed, batch: { sizes, a: rows.strides.slice(0, -2), b: sizes.map(() => 0) } };
}

/** Fills every row of the result with the bias, to which the product is added. */
export function layBias(bias: Tensor, values: Float32Array | Float64Array): void {
  values.set(readValues(bias).subarray(0, values.length));
  for (let filled = bias.size; filled > 0 && filled < values.length; filled *= 2) {
    values.copyWithin(filled, 0, filled);
  }
}
