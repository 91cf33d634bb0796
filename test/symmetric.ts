// Symmetric matrices that are hard on eigensolvers, by name, as row-major float64.
import { randn } from "../src/tensor/create.js";

export const symmetric = (n: number, entry: (i: number, j: number) => number): Float64Array => {
  const a = new Float64Array(n * n);
  for (let i = 0; i < n; i++) for (let j = 0; j <= i; j++) a[i * n + j] = a[j * n + i] = entry(i, j);
  return a;
};

const tridiagonal = (n: number, diagonal: (i: number) => number, off: (i: number) => number): Float64Array =>
  symmetric(n, (i, j) => (i === j ? diagonal(i) : i === j + 1 ? off(i) : 0));

const noise = (n: number): Float64Array =>
  randn([n, n], { seed: n, dtype: "float64" }).dataSync() as Float64Array;

const wilkinsonDiagonal = (n: number, i: number): number => Math.abs(i - (n - 1) / 2);

/** Wilkinson's W21+ along the diagonal, tied by `glue`. */
export const gluedWilkinson = (n: number, glue: number): Float64Array =>
  tridiagonal(
    n,
    (i) => wilkinsonDiagonal(21, i % 21),
    (i) => (i % 21 === 0 ? glue : 1),
  );

const graded = (n: number, from: number, to: number): Float64Array => {
  const g = noise(n);
  return symmetric(
    n,
    (i, j) => g[i * n + j] * 10 ** (from + ((to - from) * (i + j)) / Math.max(2 * n - 2, 1)),
  );
};

/** H·diag(values)·H for the reflection H = I − 2uuᵀ, u all equal. */
const withValues = (n: number, value: (i: number) => number): Float64Array => {
  const mean = (Array.from({ length: n }, (_, i) => value(i)).reduce((x, y) => x + y, 0) / n) * (2 / n);
  return symmetric(n, (i, j) => (i === j ? value(i) : 0) - (2 / n) * (value(i) + value(j)) + 2 * mean);
};

/** By name: the matrix of size n. */
export type Matrices = Record<string, (n: number) => Float64Array>;

export const hardMatrices = {
  random: (n) => {
    const g = noise(n);
    return symmetric(n, (i, j) => g[i * n + j]);
  },
  zero: (n) => new Float64Array(n * n),
  identity: (n) => symmetric(n, (i, j) => (i === j ? 1 : 0)),
  "identity + rank one": (n) => symmetric(n, (i, j) => (i === j ? 1 : 0) + 1 / n),
  "rank one": (n) => symmetric(n, () => 1),
  "zero columns": (n) => {
    const g = noise(n);
    return symmetric(n, (i, j) => (i % 3 === 1 || j % 3 === 1 ? 0 : g[i * n + j]));
  },
  "two values": (n) => withValues(n, (i) => (i % 2 === 0 ? 1 : -1)),
  "clustered values": (n) => withValues(n, (i) => 1 + i * 1e-15),
  "tiny values but one": (n) => withValues(n, (i) => (i === 0 ? 1 : 1e-16 * i)),
  permutation: (n) => symmetric(n, (i, j) => (i + j === n - 1 ? 1 : 0)),
  diagonal: (n) => symmetric(n, (i, j) => (i === j ? ((i * 7) % n) - n / 3 : 0)),
  wilkinson: (n) =>
    tridiagonal(
      n,
      (i) => wilkinsonDiagonal(n, i),
      () => 1,
    ),
  "glued wilkinson": (n) => gluedWilkinson(n, 1e-8),
  "loosely glued wilkinson": (n) => gluedWilkinson(n, 1e-14),
  laplacian: (n) =>
    tridiagonal(
      n,
      () => 2,
      () => -1,
    ),
  clement: (n) =>
    tridiagonal(
      n,
      () => 0,
      (i) => Math.sqrt(i * (n - i)),
    ),
  hilbert: (n) => symmetric(n, (i, j) => 1 / (i + j + 1)),
  "smaller index": (n) => symmetric(n, (i, j) => Math.min(i, j) + 1),
  moler: (n) => symmetric(n, (i, j) => (i === j ? i + 1 : Math.min(i, j) - 1)),
  kahan: (n) => {
    // RᵀR of Kahan's triangular matrix.
    const [s, c] = [Math.sin(1.2), Math.cos(1.2)];
    const r = (k: number, j: number): number => s ** k * (k === j ? 1 : k < j ? -c : 0);
    return symmetric(n, (i, j) => {
      let total = 0;
      for (let k = 0; k <= Math.min(i, j, 60); k++) total += r(k, i) * r(k, j);
      return total;
    });
  },
  lauchli: (n) => symmetric(n, (i, j) => 1 + (i === j ? 1e-12 : 0)),
  "graded up": (n) => graded(n, -6, 6),
  "graded down": (n) => graded(n, 6, -6),
} satisfies Matrices;

/** Matrices at the ends of the range of numbers; `power` is what 10 may be raised to. */
export const extremeMatrices = (power: number, denormal: number): Matrices => ({
  huge: (n) => hardMatrices.random(n).map((x) => x * 10 ** power),
  tiny: (n) => hardMatrices.random(n).map((x) => x * 10 ** -power),
  "graded over the whole range, up": (n) => graded(n, -power, power),
  "graded over the whole range, down": (n) => graded(n, power, -power),
  denormal: (n) => hardMatrices.random(n).map((x) => Math.round(x * 2 ** 16) * denormal),
});
