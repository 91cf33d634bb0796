// Matrices that decompositions find hard, each from the literature or from a failure of its own kind. Row-major.
import { tensor } from "../src/tensor/create.js";
import type { DType } from "../src/tensor/dtype.js";
import type { Tensor } from "../src/tensor/tensor.js";

/** The m×n matrix with these entries. */
export const build = (
  m: number,
  n: number,
  entry: (i: number, j: number) => number,
  dtype: DType = "float64",
): Tensor =>
  tensor(
    Float64Array.from({ length: m * n }, (_, at) => entry(Math.floor(at / n), at % n)),
    { shape: [m, n], dtype },
  );

/** A bounded number that looks random and depends on i and j alone. */
const noise = (i: number, j: number): number => Math.sin(i * 12.9898 + j * 78.233 + i * j * 0.7131);

/** `grade` is the exponent range over which graded matrices fall: 10^±grade. */
export const hardMatrices = (
  n: number,
  grade: number,
): readonly (readonly [name: string, entry: (i: number, j: number) => number])[] => {
  const sine = Math.sin(1.2);
  const cosine = Math.cos(1.2);
  return [
    ["all zero", () => 0],
    ["zero columns", (i, j) => (j % 3 === 0 ? 0 : noise(i, j))],
    ["zero rows", (i, j) => (i % 3 === 1 ? 0 : noise(i, j))],
    ["rank one", (i, j) => (i + 1) / (j + 2)],
    ["rank two", (i, j) => Math.sin(i + j)],
    ["repeated columns", (i, j) => noise(i, j >> 1)],
    ["identity", (i, j) => Number(i === j)],
    ["permutation", (i, j) => Number((7 * i + 3) % n === j)],
    ["orthogonal", (i, j) => Math.sqrt(2 / (n + 1)) * Math.sin(((i + 1) * (j + 1) * Math.PI) / (n + 1))],
    ["Hilbert", (i, j) => 1 / (i + j + 1)],
    ["Kahan", (i, j) => (j < i ? 0 : sine ** i * (j === i ? 1 : -cosine))],
    ["Frank", (i, j) => (j < i - 1 ? 0 : n - Math.max(i, j))],
    ["Wilkinson", (i, j) => (i === j ? Math.abs(i - (n - 1) / 2) : Number(Math.abs(i - j) === 1))],
    ["Lauchli", (i, j) => (i === 0 ? 1 : i === j + 1 ? 1e-9 : 0)],
    ["companion", (i, j) => (i === 0 ? j - n / 2 : Number(i === j + 1))],
    ["Jordan", (i, j) => (i === j ? 3 : Number(j === i + 1))],
    ["graded rows", (i, j) => noise(i, j) * 10 ** (grade * (1 - (2 * i) / n))],
    ["graded columns", (i, j) => noise(i, j) * 10 ** (grade * (1 - (2 * j) / n))],
    ["one giant", (i, j) => (i === 1 && j === 0 ? 10 ** grade : noise(i, j) * 10 ** (-grade / 3))],
    ["large", (i, j) => noise(i, j) * 10 ** grade],
    ["small", (i, j) => noise(i, j) * 10 ** -grade],
  ];
};
