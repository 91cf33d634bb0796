import type { Kernel } from "../../op/define.js";
import { writeValues } from "../../op/loops.js";
import type { Tensor } from "../../tensor/tensor.js";
import { eachMatrix, scaleToUnit } from "../common/matrix.js";
import { decomposeGraded, partsAt } from "./graded.js";
import { noConvergence } from "./no-convergence.js";
import { discriminant, realSchur, type Rows } from "./reference-schur.js";

type Complex = readonly [re: number, im: number];

const times = ([a, b]: Complex, [c, d]: Complex): Complex => [a * c - b * d, a * d + b * c];
const minus = ([a, b]: Complex, [c, d]: Complex): Complex => [a - c, b - d];
const size = ([a, b]: Complex): number => Math.hypot(a, b);

function over([a, b]: Complex, [c, d]: Complex): Complex {
  const scale = Math.max(Math.abs(c), Math.abs(d));
  const [p, q] = [c / scale, d / scale];
  const square = p * p + q * q;
  return [(a * p + b * q) / square / scale, (b * p - a * q) / square / scale];
}

/** Balancing by powers of two, column against row norms (Parlett and Reinsch 1969): a ← D⁻¹ a D. Returns D. */
function balance(a: Rows): number[] {
  const n = a.length;
  const scales = a.map(() => 1);
  for (let changed = true; changed;) {
    changed = false;
    for (let i = 0; i < n; i++) {
      const column = Math.hypot(...a.map((row) => row[i]));
      const row = Math.hypot(...a[i]);
      if (column === 0 || row === 0) continue;
      // Half the distance of the norms in powers of two, away from the ends of the range.
      const factor = 2 ** Math.round(Math.log2(row / column) / 2);
      if (column * factor + row / factor >= 0.95 * (column + row)) continue;
      if (!(scales[i] * factor > 1e-150 && scales[i] * factor < 1e150)) continue;
      changed = true;
      scales[i] *= factor;
      for (let j = 0; j < n; j++) a[i][j] /= factor;
      for (let j = 0; j < n; j++) a[j][i] *= factor;
    }
  }
  return scales;
}

/** The eigenvalues of a quasi-triangular matrix, from its diagonal blocks. */
function blockEigenvalues(t: Rows): Complex[] {
  const values: Complex[] = [];
  for (let i = 0; i < t.length; i++) {
    if (i + 1 === t.length || t[i + 1][i] === 0) {
      values.push([t[i][i], 0]);
      continue;
    }
    const { value, scale } = discriminant(t[i][i], t[i][i + 1], t[i + 1][i], t[i + 1][i + 1]);
    const im = scale * Math.sqrt(-value);
    const re = (t[i][i] + t[i + 1][i + 1]) / 2;
    values.push([re, im], [re, -im]);
    i++;
  }
  return values;
}

type Pair<T> = readonly [T, T];
type Block = Pair<Pair<Complex>>;

/**
 * The solution of two equations by elimination from the largest entry: Cramer's rule loses every digit where the determinant
 * cancels. A remainder below `smallest` is taken for that.
 */
function solveBlock(block: Block, right: Pair<Complex>, smallest: number): Pair<Complex> {
  const places = [0, 1].flatMap((row) => [0, 1].map((column) => ({ row, column })));
  const { row, column } = places.reduce((best, place) =>
    size(block[place.row][place.column]) > size(block[best.row][best.column]) ? place : best,
  );
  const pivot = block[row][column];
  const factor = over(block[1 - row][column], pivot);
  const rest = minus(block[1 - row][1 - column], times(factor, block[row][1 - column]));
  const other = over(
    minus(right[1 - row], times(factor, right[row])),
    size(rest) < smallest ? [smallest, 0] : rest,
  );
  const first = over(minus(right[row], times(block[row][1 - column], other)), pivot);
  return column === 0 ? [first, other] : [other, first];
}

/** Solves (T − λ) x = 0 for the eigenvalue of the block that starts at row j, last entry first. */
function triangularVector(t: Rows, j: number, lambda: Complex): Complex[] {
  const x: Complex[] = t.map(() => [0, 0]);
  const smallest = Math.max(Number.EPSILON * size(lambda), 1e-290);
  const nonzero = (z: Complex): Complex => (size(z) < smallest ? [smallest, 0] : z);
  let last = j;
  x[j] = [1, 0];
  if (lambda[1] !== 0) {
    last = j + 1;
    x[j + 1] = [1, 0];
    x[j] = over(minus(lambda, [t[j + 1][j + 1], 0]), [t[j + 1][j], 0]);
  }
  const rest = (i: number, from: number): Complex => {
    let total: Complex = [0, 0];
    for (let k = from; k <= last; k++) total = minus(total, times([t[i][k], 0], x[k]));
    return total;
  };
  for (let i = j - 1; i >= 0; i--) {
    const diagonal = (k: number): Complex => minus([t[k][k], 0], lambda);
    if (i > 0 && t[i][i - 1] !== 0) {
      const block: Block = [
        [diagonal(i - 1), [t[i - 1][i], 0]],
        [[t[i][i - 1], 0], diagonal(i)],
      ];
      [x[i - 1], x[i]] = solveBlock(block, [rest(i - 1, i + 1), rest(i, i + 1)], smallest);
      i--;
    } else {
      x[i] = over(rest(i, i + 1), nonzero(diagonal(i)));
    }
    const largest = Math.max(size(x[i]), size(x[i + 1]));
    if (largest > 1e10) for (let k = i; k <= last; k++) x[k] = over(x[k], [largest, 0]);
  }
  return x;
}

/** x ← D Z x, of norm 1, its largest entry real where λ is complex. */
function finishVector(
  z: Rows,
  scales: readonly number[],
  x: readonly Complex[],
  complex: boolean,
): Complex[] {
  const back = z.map((row, i): Complex => {
    let total: Complex = [0, 0];
    x.forEach((value, k) => (total = minus(total, times([-row[k], 0], value))));
    return times([scales[i], 0], total);
  });
  const sizes = back.map(size);
  const place = sizes.indexOf(Math.max(...sizes));
  // Dividing by the largest entry makes that one real; a real vector must keep its sign.
  const unit: Complex = complex ? back[place] : [sizes[place], 0];
  const scaled = back.map((value, i): Complex => (complex && i === place ? [1, 0] : over(value, unit)));
  const norm = Math.hypot(...scaled.map(size));
  return scaled.map((value) => over(value, [norm, 0]));
}

/** Column j of V; the second of a complex pair is the conjugate of the first. */
function eigenvector(
  t: Rows,
  z: Rows,
  scales: readonly number[],
  values: readonly Complex[],
  j: number,
): Complex[] {
  const [re, im] = values[j];
  const first = im < 0 ? j - 1 : j;
  const column = finishVector(z, scales, triangularVector(t, first, [re, Math.abs(im)]), im !== 0);
  return im < 0 ? column.map(([x, y]) => [x, 0 - y]) : column;
}

/** Fills `parts` for one matrix; returns how many eigenvalues did not converge. */
function decompose(
  matrix: Float64Array,
  balanced: boolean,
  n: number,
  [re, im, vectorsRe, vectorsIm]: readonly Float64Array[],
): number {
  const { scaled, scale } = scaleToUnit(matrix);
  const t: Rows = Array.from({ length: n }, (_, i) => scaled.slice(i * n, (i + 1) * n));
  const z: Rows = t.map((_, i) => Float64Array.from({ length: n }, (_unused, j) => (i === j ? 1 : 0)));
  const scales = balanced ? balance(t) : t.map(() => 1);
  const left = realSchur(t, z);
  if (left > 0) return left;
  const values = blockEigenvalues(t);
  values.forEach(([x, y], j) => {
    [re[j], im[j]] = [x * scale, y * scale];
    if (vectorsRe === undefined) return;
    eigenvector(t, z, scales, values, j).forEach((value, i) => {
      [vectorsRe[i * n + j], vectorsIm[i * n + j]] = value;
    });
  });
  return 0;
}

function reference(op: string, a: Tensor, outputs: readonly Tensor[]): void {
  const n = a.sizes.at(-1)!;
  const results = outputs.map((output) => new Float64Array(output.size));
  let index = 0;
  for (const matrix of eachMatrix(op, a)) {
    const parts = partsAt(results, n, index);
    const left = decomposeGraded(matrix, n, parts, (ordered, scaled) => decompose(ordered, scaled, n, parts));
    if (left !== 0) throw noConvergence(op, a, index, left);
    index++;
  }
  outputs.forEach((output, k) => writeValues(output, results[k]));
}

/** Balancing, Householder, double-shift QR and back-substitution in float64 (Golub and Van Loan, 4th ed., §7.4–7.6). */
export const eigReference: Kernel<undefined> = ([a], outputs) => reference("eig", a, outputs);
export const eigvalsReference: Kernel<undefined> = ([a], outputs) => reference("eigvals", a, outputs);
