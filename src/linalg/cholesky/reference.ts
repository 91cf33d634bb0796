import type { Kernel } from "../../op/define.js";
import { readValues, writeValues } from "../../op/loops.js";
import { requireFinite } from "../common/matrix.js";
import { pivotError } from "../common/systems.js";

export interface CholeskyAttributes {
  /** U with A = Uᵀ·U instead of L with A = L·Lᵀ. */
  readonly upper: boolean;
}

/** Row by row in float64 (Golub and Van Loan, 4th ed., §4.2.5). */
export const choleskyReference: Kernel<CholeskyAttributes> = ([a], [y], { upper }) => {
  const n = a.sizes.at(-1)!;
  const all = readTriangles(a, upper);
  requireFinite("cholesky", a, all);
  const factors = new Float64Array(all.length);
  for (let index = 0; index * n * n < all.length; index++) {
    const matrix = all.subarray(index * n * n, (index + 1) * n * n);
    const at = (i: number, j: number): number => (upper ? j * n + i : i * n + j);
    const l = factors.subarray(index * n * n, (index + 1) * n * n);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j <= i; j++) {
        let rest = matrix[at(i, j)];
        for (let p = 0; p < j; p++) rest -= l[at(i, p)] * l[at(j, p)];
        if (i === j && !(rest > 0)) throw pivotError("cholesky", a, { index, pivot: i, value: rest });
        l[at(i, j)] = i === j ? Math.sqrt(rest) : rest / l[at(j, j)];
      }
    }
  }
  writeValues(y, factors);
};

/** All values with zeros where they are not to be read: above the diagonal, or below it with `upper`. */
function readTriangles(a: Parameters<typeof readValues>[0], upper: boolean): Float64Array {
  return keepTriangles(readValues(a), a.sizes.at(-1)!, upper);
}

/** Clears what lies above the diagonal of every n×n matrix, or below it with `upper`. */
export function keepTriangles<V extends Float32Array | Float64Array>(
  values: V,
  n: number,
  upper: boolean,
): V {
  for (let row = 0; row * n < values.length; row++) {
    const i = row % n;
    if (upper) values.fill(0, row * n, row * n + i);
    else values.fill(0, row * n + i + 1, (row + 1) * n);
  }
  return values;
}
