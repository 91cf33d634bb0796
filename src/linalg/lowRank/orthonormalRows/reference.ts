import type { Kernel } from "../../../op/define.js";
import { readValues, writeValues } from "../../../op/loops.js";

export interface RowsAttributes {
  readonly passes: 1 | 2;
  /** Noise that is added to X before, as a share of ‖X‖_F / √n. */
  readonly before: number;
  /** Noise that is added to the basis. */
  readonly after: number;
}

/** Added to X's norm before it scales the noise, so that zero rows are not left zero. */
export const LEAST_NORM = 2 ** -76;

/** What is added to the diagonal of XXᵀ with this trace. The second term is for the zero matrix. */
export const shiftFor = (trace: number): number => trace * 2 ** -40 + 2 ** -200;

/** Modified Gram–Schmidt in float64 (Golub and Van Loan, Matrix Computations, 4th ed., §5.2.8). */
export const orthonormalRowsReference: Kernel<RowsAttributes> = (
  [x, signs, known],
  [y],
  { passes, before, after },
) => {
  const [k, n] = y.sizes.slice(-2);
  const [all, noise] = [readValues(x).slice(), readValues(signs)];
  const bases = known && readValues(known);
  const l = known?.sizes.at(-2) ?? 0;
  for (let g = 0; g * k * n < all.length; g++) {
    const rowsOf = (values: Float64Array, count: number): Float64Array[] =>
      Array.from({ length: count }, (_, i) => values.subarray((g * count + i) * n, (g * count + i + 1) * n));
    const [X, Q] = [rowsOf(all, k), rowsOf(bases ?? all, l)];
    const norm = Math.sqrt(X.reduce((sum, row) => sum + dot(row, row), 0)) + LEAST_NORM;
    const add = (size: number): void =>
      X.forEach((row, i) => row.forEach((_, j) => (row[j] += size * noise[i * n + j])));
    if (before > 0) add((before * norm) / Math.sqrt(n));
    for (let pass = 0; pass < passes; pass++) {
      for (const row of X) for (const q of Q) subtract(row, q);
      const shift = shiftFor(X.reduce((sum, row) => sum + dot(row, row), 0));
      X.forEach((row, i) => {
        for (const q of X.slice(0, i)) subtract(row, q);
        const length = Math.sqrt(dot(row, row) + shift);
        row.forEach((value, j) => (row[j] = value / length));
      });
    }
    if (after > 0) add(after);
  }
  writeValues(y, all);
};

const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, value, i) => sum + value * b[i], 0);

/** Takes what lies along q out of the row. */
function subtract(row: Float64Array, q: Float64Array): void {
  const along = dot(row, q);
  row.forEach((value, j) => (row[j] = value - along * q[j]));
}
