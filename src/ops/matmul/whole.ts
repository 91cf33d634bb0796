import type { Kernel } from "../../op/define.js";
import { readValues, writeValues } from "../../op/loops.js";
import { fromElements } from "../../tensor/create.js";
import type { Tensor } from "../../tensor/tensor.js";

/** Whole numbers up to here are float64 values. */
const LARGEST_EXACT = 2 ** 53;

/**
 * y = a · b of integers or booleans through a float64 product: exact, in whatever order that sums, while no sum can reach
 * 2⁵³. Returns false for others, which wrap on the way.
 */
export function multiplyWhole(a: Tensor, b: Tensor, y: Tensor, multiply: Kernel<undefined>): void | false {
  const [left, right] = [readValues(a), readValues(b)];
  if (largest(left) * largest(right) * a.sizes[a.ndim - 1] >= LARGEST_EXACT) return false;
  const operands = [fromElements(left, a.dims, "float64"), fromElements(right, b.dims, "float64")];
  const sums = new Float64Array(y.size);
  if (multiply(operands, [fromElements(sums, y.dims, "float64")], undefined) === false) return false;
  writeValues(y, sums);
}

function largest(values: Float64Array): number {
  let most = 0;
  for (let i = 0; i < values.length; i++) most = Math.max(most, Math.abs(values[i]));
  return most;
}
