// Square matrices that have broken factorisations before, by the names under which the literature knows them.
import { abs } from "../src/ops/abs/op.js";
import { cast } from "../src/ops/cast/op.js";
import { max } from "../src/ops/max/op.js";
import { sum } from "../src/ops/sum/op.js";
import { randn, tensor } from "../src/tensor/create.js";
import type { Tensor } from "../src/tensor/tensor.js";

export type RealType = "float32" | "float64";

/** The distance from 1 to the next number. */
export const epsilonOf = (dtype: RealType): number => (dtype === "float64" ? 2 ** -52 : 2 ** -23);
/** The smallest positive number. */
export const tiniestOf = (dtype: RealType): number => (dtype === "float64" ? 2 ** -1074 : 2 ** -149);

/** The entry [i, j] of an n×n matrix. */
type Entry = (i: number, j: number, n: number, dtype: RealType) => number;

export function build(n: number, dtype: RealType, entry: Entry): Tensor {
  const values = Float64Array.from({ length: n * n }, (_, at) => entry(Math.floor(at / n), at % n, n, dtype));
  return tensor(values, { shape: [n, n], dtype });
}

/** Pseudo-random numbers in (−1, 1) that depend on the place alone. */
const noise: Entry = (i, j) => {
  const x = Math.sin(i * 12.9898 + j * 78.233 + 1) * 43758.5453;
  return 2 * (x - Math.floor(x)) - 1;
};
const grade = (dtype: RealType): number => (dtype === "float64" ? 150 : 30);
const power = (from: number, to: number, i: number, n: number): number =>
  10 ** (from + ((to - from) * i) / Math.max(n - 1, 1));

/** Regular ones, all of any size; `solve` must answer. */
export const regular: Readonly<Record<string, Entry>> = {
  random: noise,
  identity: (i, j) => (i === j ? 1 : 0),
  "reversed identity": (i, j, n) => (i + j === n - 1 ? 1 : 0),
  "cyclic permutation": (i, j, n) => (j === (i + 1) % n ? 1 : 0),
  huge: (i, j, n, dtype) => noise(i, j, n, dtype) * 10 ** grade(dtype),
  small: (i, j, n, dtype) => noise(i, j, n, dtype) * 10 ** -grade(dtype),
  "graded rows": (i, j, n, dtype) => noise(i, j, n, dtype) * power(grade(dtype), -grade(dtype), i, n),
  "graded columns": (i, j, n, dtype) => noise(i, j, n, dtype) * power(0, -grade(dtype), j, n),
  "Wilkinson tridiagonal": (i, j, n) =>
    i === j ? Math.abs(i - (n - 1) / 2) + 0.25 : Math.abs(i - j) === 1 ? 1 : 0,
  Kahan: (i, j) => (i === j ? 1 : i < j ? -0.4 : 0) * 0.95 ** i,
  Jordan: (i, j) => (i === j ? 0.5 : j === i + 1 ? 1 : 0),
  companion: (i, j, n) => (i === 0 ? (j === n - 1 ? 3 : ((j % 3) - 1) / 2) : i === j + 1 ? 1 : 0),
  orthogonal: (i, j, n) => Math.sqrt(2 / (n + 1)) * Math.sin((Math.PI * (i + 1) * (j + 1)) / (n + 1)),
  Läuchli: (i, j, _, dtype) => (i === 0 ? 1 : i === j ? Math.sqrt(epsilonOf(dtype)) : 0),
  clustered: (i, j, _n, dtype) => (i === j ? 1 + Math.floor(i / 3) * 4 * epsilonOf(dtype) : i > j ? 0.01 : 0),
};

/** Ones without an inverse, or with one that rounding hides: they factor all the same. */
export const deficient: Readonly<Record<string, Entry>> = {
  "all zero": () => 0,
  "all ones": () => 1,
  "zero columns": (i, j, n, dtype) => (j % 3 === 1 ? 0 : noise(i, j, n, dtype)),
  "zero rows": (i, j, n, dtype) => (i % 4 === 0 ? 0 : noise(i, j, n, dtype)),
  "rank two": (i, j) => Math.sin(i + 1) * Math.cos(j + 1) + (i + 1) * 0.25,
  "repeated rows": (i, j, n, dtype) => noise(i >> 1, j, n, dtype),
  Hilbert: (i, j) => 1 / (i + j + 1),
  Frank: (i, j, n) => (j >= i - 1 ? n - Math.max(i, j) : 0),
  nilpotent: (i, j) => (j === i + 1 ? 1 : 0),
  denormal: (i, j, n, dtype) => Math.round(noise(i, j, n, dtype) * 100) * tiniestOf(dtype),
};

/** Positive definite ones of any size. */
export const definite: Readonly<Record<string, Entry>> = {
  "second difference": (i, j) => (i === j ? 2 : Math.abs(i - j) === 1 ? -1 : 0),
  identity: (i, j) => (i === j ? 1 : 0),
  minimum: (i, j) => Math.min(i, j) + 1,
  Lehmer: (i, j) => (Math.min(i, j) + 1) / (Math.max(i, j) + 1),
  "shifted Hilbert": (i, j) => 1 / (i + j + 1) + (i === j ? 0.01 : 0),
  "graded diagonal": (i, j, n, dtype) => (i === j ? power(grade(dtype), -grade(dtype), i, n) : 0),
  "graded both ways": (i, j, n, dtype) =>
    (i === j ? 2 : 1 / (2 + Math.abs(i - j))) * 2 ** -Math.round(((i + j) * grade(dtype)) / (n + 1)),
  huge: (i, j, _, dtype) => (i === j ? 3 : 1) * 10 ** grade(dtype),
  small: (i, j, _, dtype) => (i === j ? 3 : 1) * 10 ** -grade(dtype),
  denormal: (i, j, _, dtype) => (i === j ? 64 : 0) * tiniestOf(dtype),
};

/** The sizes at which blocks begin and end. */
export const sizes = [0, 1, 2, 3, 15, 16, 17, 20, 21, 31, 32, 33, 40, 41, 63, 64, 65] as const;
export const largeSizes = [255, 256, 257, 513] as const;

export const random = (m: number, n: number, dtype: RealType): Tensor =>
  randn([m, n], { seed: m * 1000 + n, dtype });

export const toDouble = (x: Tensor): Tensor => cast(x, "float64");

/** The largest sum of magnitudes in a row, in float64. */
export function rowNorm(x: Tensor): number {
  if (x.size === 0) return 0;
  return max(sum(abs(toDouble(x)), -1)).item();
}
