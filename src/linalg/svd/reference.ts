import { LinAlgError } from "../../base/errors.js";
import type { Kernel } from "../../op/define.js";
import { writeValues } from "../../op/loops.js";
import { eachMatrix, scaleToUnit } from "../common/matrix.js";

/**
 * How kernels find the factors: divide and conquer is the fastest; one-sided Jacobi finds even the smallest singular
 * values to their last digits where rows or columns differ in scale alone.
 */
export type SvdAlgorithm = "divide-and-conquer" | "jacobi";

export interface SvdAttributes {
  /** Square U and Vh instead of the thin ones. */
  readonly fullMatrices: boolean;
  readonly algorithm: SvdAlgorithm;
}

const maxSweeps = 60;

/** Columns shorter than this have lost digits to the end of the range, and no direction. */
const DENORMAL = 2 ** -1022 / Number.EPSILON;

/** Columns of a matrix, each a vector: what one-sided Jacobi rotates. */
type Columns = Float64Array[];

/** One-sided Jacobi in float64 (Hestenes 1958; Demmel and Veselić 1992 on its accuracy). */
export const svdReference: Kernel<SvdAttributes> = ([a], [u, s, vh], { fullMatrices }) => {
  const [m, n] = a.sizes.slice(-2);
  const k = Math.min(m, n);
  const [uWidth, vHeight] = fullMatrices ? [m, n] : [k, k];
  const [uAll, sAll, vhAll] = [u, s, vh].map((output) => new Float64Array(output.size));
  let index = 0;
  for (const matrix of eachMatrix("svd", a)) {
    const { scaled, scale } = scaleToUnit(matrix);
    const wide = m < n;
    const columns = wide ? rowsOf(scaled, m, n) : columnsOf(scaled, m, n);
    const result = jacobiSvd(columns);
    const [left, right] = wide ? [result.right, result.left] : [result.left, result.right];
    completeBasis(left, m, uWidth);
    completeBasis(right, n, vHeight);
    fixSigns(left, right, k);
    result.values.forEach((value, i) => (sAll[index * k + i] = value * scale));
    left.forEach((column, j) => column.forEach((x, i) => (uAll[index * m * uWidth + i * uWidth + j] = x)));
    right.forEach((column, j) => vhAll.set(column, index * vHeight * n + j * n));
    index++;
  }
  writeValues(u, uAll);
  writeValues(s, sAll);
  writeValues(vh, vhAll);
};

const columnsOf = (a: Float64Array, m: number, n: number): Columns =>
  Array.from({ length: n }, (_, j) => Float64Array.from({ length: m }, (_unused, i) => a[i * n + j]));

const rowsOf = (a: Float64Array, m: number, n: number): Columns =>
  Array.from({ length: m }, (_, i) => a.slice(i * n, (i + 1) * n));

/** (p·x)·(q·y). */
function dot(x: Float64Array, y: Float64Array, p = 1, q = 1): number {
  let total = 0;
  for (let i = 0; i < x.length; i++) total += p * x[i] * (q * y[i]);
  return total;
}

/** The Euclidean length, at any scale. */
function lengthOf(x: Float64Array): number {
  const square = dot(x, x);
  if (square > 1e-200 && square < 1e200) return Math.sqrt(square);
  const largest = x.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return largest < DENORMAL ? largest : largest * Math.sqrt(dot(x, x, 1 / largest, 1 / largest));
}

/** Singular values alone, descending: those of `svdReference`. */
export const svdvalsReference: Kernel<undefined> = ([a], [s]) => {
  const [m, n] = a.sizes.slice(-2);
  const all: number[] = [];
  for (const matrix of eachMatrix("svdvals", a)) {
    const { scaled, scale } = scaleToUnit(matrix);
    const { values } = jacobiSvd(m < n ? rowsOf(scaled, m, n) : columnsOf(scaled, m, n));
    all.push(...values.map((value) => value * scale));
  }
  writeValues(s, all);
};

/** Rotates columns until all are orthogonal: A·V = U·Σ. Vectors of zero singular values are left out of `left`. */
function jacobiSvd(columns: Columns): { left: Columns; values: number[]; right: Columns } {
  const n = columns.length;
  const v: Columns = columns.map((_, j) =>
    Float64Array.from({ length: n }, (_unused, i) => (i === j ? 1 : 0)),
  );
  for (let sweep = 0, rotated = n > 1; rotated; sweep++) {
    if (sweep === maxSweeps) {
      throw new LinAlgError(`svd: no convergence after ${maxSweeps} Jacobi sweeps on ${n} columns`, {
        op: "svd",
      });
    }
    rotated = false;
    for (let p = 0; p < n - 1; p++) {
      for (let q = p + 1; q < n; q++) {
        // Lengths and angle apart: products of columns that differ widely in scale leave the range.
        const [x, y] = [lengthOf(columns[p]), lengthOf(columns[q])];
        if (Math.min(x, y) < DENORMAL) continue;
        const cosine = dot(columns[p], columns[q], 1 / x, 1 / y);
        if (Math.abs(cosine) <= Number.EPSILON) continue;
        rotated = true;
        const zeta = (y / x - x / y) / (2 * cosine);
        const t = Math.sign(zeta || 1) / (Math.abs(zeta) + Math.hypot(1, zeta));
        const c = 1 / Math.sqrt(1 + t * t);
        rotate(columns[p], columns[q], c, c * t);
        rotate(v[p], v[q], c, c * t);
      }
    }
  }
  const norms = columns.map(lengthOf);
  const order = norms.map((_, j) => j).toSorted((i, j) => norms[j] - norms[i]);
  // A column this small is rounding noise: its direction says nothing.
  const noise = Number.EPSILON * Number.EPSILON * (norms[order[0]] ?? 0);
  return {
    values: order.map((j) => norms[j]),
    left: order.filter((j) => norms[j] > noise).map((j) => columns[j].map((x) => x / norms[j])),
    right: order.map((j) => v[j]),
  };
}

function rotate(x: Float64Array, y: Float64Array, c: number, s: number): void {
  for (let i = 0; i < x.length; i++) {
    const [xi, yi] = [x[i], y[i]];
    x[i] = c * xi - s * yi;
    y[i] = s * xi + c * yi;
  }
}

/** Adds unit vectors, orthogonalised twice against the rest (Gram–Schmidt), until there are `count`. */
function completeBasis(basis: Columns, length: number, count: number): void {
  for (let candidate = 0; basis.length < count; candidate++) {
    const vector = new Float64Array(length);
    vector[candidate] = 1;
    for (let pass = 0; pass < 2; pass++) {
      for (const other of basis) {
        const overlap = dot(vector, other);
        for (let i = 0; i < length; i++) vector[i] -= overlap * other[i];
      }
    }
    const norm = Math.sqrt(dot(vector, vector));
    // At least one of the unit vectors keeps 1/√length of itself outside a smaller basis.
    if (norm > 0.5 / Math.sqrt(length)) basis.push(vector.map((x) => x / norm));
  }
}

/** Flips pairs of singular vectors so that the largest entry of each left one is positive. */
function fixSigns(left: Columns, right: Columns, rank: number): void {
  for (let j = 0; j < rank; j++) {
    let largest = 0;
    for (const x of left[j]) if (Math.abs(x) > Math.abs(largest) * (1 + 1e-12)) largest = x;
    if (largest >= 0) continue;
    left[j] = left[j].map((x) => -x);
    right[j] = right[j].map((x) => -x);
  }
}
