import type { Kernel } from "../../op/define.js";
import { keepTriangles } from "../cholesky/reference.js";
import { requireFinite } from "../common/matrix.js";
import { pivotError, solveByReference } from "../common/systems.js";

export interface SolveTriangularAttributes {
  /** Which triangle of A is read. */
  readonly lower: boolean;
  /** Aᵀ·X = B instead of A·X = B. */
  readonly transpose: boolean;
  /** The diagonal is taken to be 1 and not read. */
  readonly unitDiagonal: boolean;
}

/** An entry of the matrix that a substitution reads. */
export type Entry = (i: number, j: number) => number;

/** x[n, k] := T⁻¹·x for lower triangular T, row by row from the top, or from the bottom for an upper one. */
export function substitute(entry: Entry, lower: boolean, n: number, x: Float64Array, k: number): void {
  for (let step = 0; step < n; step++) {
    const i = lower ? step : n - 1 - step;
    for (let c = 0; c < k; c++) {
      let rest = x[i * k + c];
      for (let p = lower ? 0 : i + 1; p < (lower ? i : n); p++) rest -= entry(i, p) * x[p * k + c];
      x[i * k + c] = rest / entry(i, i);
    }
  }
}

export const solveTriangularReference: Kernel<SolveTriangularAttributes> = (inputs, [y], attributes) => {
  const { lower, transpose, unitDiagonal } = attributes;
  const [a] = inputs;
  solveByReference("solveTriangular", inputs, y, (all, n, x, k, index) => {
    const matrix = keepTriangles(all, n, !lower);
    if (unitDiagonal) for (let i = 0; i < n; i++) matrix[i * (n + 1)] = 1;
    requireFinite("solveTriangular", a, matrix);
    const pivot = Array.from({ length: n }, (_, i) => matrix[i * (n + 1)]).indexOf(0);
    if (pivot !== -1) throw pivotError("solveTriangular", a, { index, pivot, value: 0 });
    const entry: Entry = transpose ? (i, j) => matrix[j * n + i] : (i, j) => matrix[i * n + j];
    substitute(entry, lower !== transpose, n, x, k);
  });
};
