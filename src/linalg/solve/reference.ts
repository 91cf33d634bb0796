import type { Kernel } from "../../op/define.js";
import type { Tensor } from "../../tensor/tensor.js";
import { eliminateRows } from "../lu/reference.js";
import { requireFinite } from "../common/matrix.js";
import { substitute } from "../solveTriangular/reference.js";
import { pivotError, solveByReference } from "../common/systems.js";

/** X := A⁻¹·X in float64. Throws `LinAlgError` for a zero pivot. */
export function solveOne(
  op: string,
  a: Tensor,
  matrix: Float64Array,
  n: number,
  x: Float64Array,
  k: number,
  index: number,
): void {
  const { packed, order } = eliminateRows(matrix, n, n);
  const pivot = Array.from({ length: n }, (_, i) => packed[i * (n + 1)]).indexOf(0);
  if (pivot !== -1) throw pivotError(op, a, { index, pivot, value: 0 });
  const before = x.slice();
  order.forEach((from, to) => x.set(before.subarray(from * k, (from + 1) * k), to * k));
  substitute((i, j) => (i === j ? 1 : packed[i * n + j]), true, n, x, k);
  substitute((i, j) => packed[i * n + j], false, n, x, k);
}

export const solveReference: Kernel<undefined> = (inputs, [y]) => {
  solveByReference("solve", inputs, y, (matrix, n, x, k, index) => {
    requireFinite("solve", inputs[0], matrix);
    solveOne("solve", inputs[0], matrix, n, x, k, index);
  });
};
