import type { Kernel } from "../../op/define.js";
import { writeValues } from "../../op/loops.js";
import { eachMatrix } from "../common/matrix.js";
import { requireInRange } from "../common/systems.js";

/** What Gaussian elimination with partial pivoting leaves of one matrix. */
export interface Elimination {
  /** L below the diagonal (without its ones) and U from the diagonal up, row-major. */
  readonly packed: Float64Array;
  /** Row i of L·U is row order[i] of A. */
  readonly order: readonly number[];
  /** Whether an odd number of rows was exchanged: the determinant changes its sign. */
  readonly odd: boolean;
}

/** Gaussian elimination in float64 (Golub and Van Loan, 4th ed., §3.4); the first of equal pivots is taken. */
export function eliminateRows(matrix: Float64Array, m: number, n: number): Elimination {
  const a = matrix.slice();
  const order = Array.from({ length: m }, (_, i) => i);
  let odd = false;
  for (let j = 0; j < Math.min(m, n); j++) {
    let pivot = j;
    for (let i = j + 1; i < m; i++) if (Math.abs(a[i * n + j]) > Math.abs(a[pivot * n + j])) pivot = i;
    if (pivot !== j) {
      odd = !odd;
      [order[j], order[pivot]] = [order[pivot], order[j]];
      for (let c = 0; c < n; c++) [a[j * n + c], a[pivot * n + c]] = [a[pivot * n + c], a[j * n + c]];
    }
    if (a[j * n + j] === 0) continue;
    for (let i = j + 1; i < m; i++) {
      a[i * n + j] /= a[j * n + j];
      for (let c = j + 1; c < n; c++) a[i * n + c] -= a[i * n + j] * a[j * n + c];
    }
  }
  return { packed: a, order, odd };
}

export const luReference: Kernel<undefined> = ([a], [p, l, u, permutation]) => {
  const [m, n] = a.sizes.slice(-2);
  const k = Math.min(m, n);
  const [pAll, lAll, uAll] = [p, l, u].map((output) => new Float64Array(output.size));
  const orders: number[] = [];
  let index = 0;
  for (const matrix of eachMatrix("lu", a)) {
    const { packed, order } = eliminateRows(matrix, m, n);
    for (let i = 0; i < m; i++) {
      pAll[(index * m + order[i]) * m + i] = 1;
      for (let j = 0; j < Math.min(i, k); j++) lAll[(index * m + i) * k + j] = packed[i * n + j];
      if (i >= k) continue;
      lAll[(index * m + i) * k + i] = 1;
      for (let j = i; j < n; j++) uAll[(index * k + i) * n + j] = packed[i * n + j];
    }
    orders.push(...order);
    index++;
  }
  writeValues(p, pAll);
  writeValues(l, lAll);
  writeValues(u, uAll);
  writeValues(permutation, orders);
  requireInRange("lu", a, l, u);
};
