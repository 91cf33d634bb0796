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
