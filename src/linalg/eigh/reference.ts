import { LinAlgError } from "../../base/errors.js";
import type { Kernel } from "../../op/define.js";
import { writeValues } from "../../op/loops.js";
import { eachMatrix, scaleToUnit } from "../common/matrix.js";

/** Which triangle of a symmetric matrix is read: lower or upper. */
export type Triangle = "L" | "U";

export interface EighAttributes {
  readonly uplo: Triangle;
}

const maxSweeps = 60;

/** Cyclic Jacobi rotations in float64 (Golub and Van Loan, 4th ed., §8.5). */
export const eighReference: Kernel<EighAttributes> = ([a], [values, vectors], { uplo }) => {
  const n = a.sizes.at(-1)!;
  const allValues = new Float64Array(values.size);
  const allVectors = new Float64Array(vectors.size);
  let index = 0;
  for (const matrix of eachMatrix("eigh", a)) {
    const { eigenvalues, eigenvectors } = jacobiEigh("eigh", matrix, n, uplo);
    allValues.set(eigenvalues, index * n);
    allVectors.set(eigenvectors, index * n * n);
    index++;
  }
  writeValues(values, allValues);
  writeValues(vectors, allVectors);
};

/** One symmetric matrix, row-major, of which one triangle is read: its eigenvalues, ascending, and eigenvectors. */
export function jacobiEigh(op: string, matrix: Float64Array, n: number, uplo: Triangle) {
  const { scaled: a, scale } = scaleToUnit(mirror(matrix, n, uplo));
  const v = new Float64Array(n * n);
  for (let i = 0; i < n; i++) v[i * n + i] = 1;

  const norm = Math.sqrt(a.reduce((total, value) => total + value * value, 0));
  let sweep = 0;
  while (offDiagonalNorm(a, n) > Number.EPSILON * norm) {
    if (++sweep > maxSweeps) {
      throw new LinAlgError(`${op}: no convergence after ${maxSweeps} Jacobi sweeps on [${n}, ${n}]`, {
        op,
        shape: [n, n],
      });
    }
    for (let p = 0; p < n - 1; p++) for (let q = p + 1; q < n; q++) rotate(a, v, n, p, q);
  }

  const order = Array.from({ length: n }, (_, i) => i).toSorted((i, j) => a[i * n + i] - a[j * n + j]);
  const eigenvalues = order.map((i) => a[i * n + i] * scale);
  const eigenvectors = new Float64Array(n * n);
  order.forEach((from, to) => {
    let largest = 0;
    for (let i = 0; i < n; i++)
      if (Math.abs(v[i * n + from]) > Math.abs(largest) * (1 + 1e-12)) largest = v[i * n + from];
    const sign = largest < 0 ? -1 : 1;
    for (let i = 0; i < n; i++) eigenvectors[i * n + to] = sign * v[i * n + from];
  });
  return { eigenvalues, eigenvectors };
}

/** The symmetric matrix with this triangle. */
function mirror(matrix: Float64Array, n: number, uplo: Triangle): Float64Array {
  const full = matrix.slice();
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      if (uplo === "L") full[j * n + i] = full[i * n + j];
      else full[i * n + j] = full[j * n + i];
    }
  }
  return full;
}

function offDiagonalNorm(a: Float64Array, n: number): number {
  let total = 0;
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) if (i !== j) total += a[i * n + j] ** 2;
  return Math.sqrt(total);
}

/** Zeroes a[p, q] by a plane rotation on both sides and accumulates it in v. */
function rotate(a: Float64Array, v: Float64Array, n: number, p: number, q: number): void {
  const apq = a[p * n + q];
  if (apq === 0) return;
  const theta = (a[q * n + q] - a[p * n + p]) / (2 * apq);
  const t = Math.sign(theta || 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const c = 1 / Math.sqrt(t * t + 1);
  const s = t * c;
  const [app, aqq] = [a[p * n + p], a[q * n + q]];
  for (let k = 0; k < n; k++) {
    const [akp, akq] = [a[k * n + p], a[k * n + q]];
    a[k * n + p] = a[p * n + k] = c * akp - s * akq;
    a[k * n + q] = a[q * n + k] = s * akp + c * akq;
    const [vkp, vkq] = [v[k * n + p], v[k * n + q]];
    v[k * n + p] = c * vkp - s * vkq;
    v[k * n + q] = s * vkp + c * vkq;
  }
  // The 2×2 block in closed form: fewer roundings than rotating it twice.
  a[p * n + p] = app - t * apq;
  a[q * n + q] = aqq + t * apq;
  a[p * n + q] = a[q * n + p] = 0;
}
