// ml-matrix: plain JavaScript, float64.
import { createRequire } from "node:module";
import {
  CholeskyDecomposition,
  EigenvalueDecomposition,
  LuDecomposition,
  Matrix,
  QrDecomposition,
  SingularValueDecomposition,
  inverse,
  pseudoInverse,
  solve,
} from "ml-matrix";
import { operands } from "../cases.mjs";

export const synchronous = true;

export function start() {
  const { version } = createRequire(import.meta.url)("../node_modules/ml-matrix/package.json");
  return `ml-matrix ${version}`;
}

const svd = (a, vectors) =>
  new SingularValueDecomposition(a, {
    computeLeftSingularVectors: vectors,
    computeRightSingularVectors: vectors,
    autoTranspose: true,
  }).diagonal;

const pivots = (a) => new LuDecomposition(a).upperTriangularMatrix.diagonal().map(Math.abs);

const factorizations = {
  svd: (a) => svd(a, true),
  svdvals: (a) => svd(a, false),
  eigh: (a) => new EigenvalueDecomposition(a, { assumeSymmetric: true }).realEigenvalues,
  qr: (a) => new QrDecomposition(a).upperTriangularMatrix.diagonal().map(Math.abs),
  cholesky: (a) => new CholeskyDecomposition(a).lowerTriangularMatrix.to1DArray(),
  solve: (a, b) => solve(a, b).to1DArray(),
  inv: (a) => inverse(a).to1DArray(),
  lu: pivots,
  slogdet: (a) => [pivots(a).reduce((sum, pivot) => sum + Math.log(pivot), 0)],
  lstsq: (a, b) => solve(a, b, true).to1DArray(), // by the singular values, as elsewhere
  pinv: (a) => pseudoInverse(a).to1DArray(),
  eig(a) {
    const { realEigenvalues, imaginaryEigenvalues } = new EigenvalueDecomposition(a, {
      assumeSymmetric: false,
    });
    return Float64Array.from(realEigenvalues, (x, i) => Math.hypot(x, imaginaryEigenvalues[i])).toSorted();
  },
};

/** A·B in float64 up to 512, decompositions up to 512: beyond that a call takes many seconds. */
export function prepare(testCase) {
  const { kind, batch, m, n, k, dtype, layout, op, rows, columns, rightSides } = testCase;
  if (kind === "factor") {
    if (factorizations[op] === undefined || rows * columns > 512 * 512) return undefined;
    const [first, second] = operands(testCase);
    const size = rows * columns;
    const matrices = Array.from({ length: batch }, (_, i) =>
      Matrix.from1DArray(rows, columns, first.subarray(i * size, (i + 1) * size)),
    );
    const b = rightSides && Matrix.from1DArray(rows, rightSides, second);
    return () => matrices.flatMap((a) => [...factorizations[op](a, b)]);
  }
  const known = kind === "product" && dtype === "float64" && batch === 1 && m <= 512;
  if (!known || layout.a !== undefined || layout.b !== undefined) return undefined;
  const [first, second] = operands(testCase);
  const a = Matrix.from1DArray(m, k, first);
  const b = Matrix.from1DArray(k, n, second);
  return () => Float64Array.from(a.mmul(b).to1DArray());
}
