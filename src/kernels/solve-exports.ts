// The direct solvers' exports: assembly/linalg/solve-exports.ts. All work on `count` matrices, one after the other, in
// place; rows are `aRow` elements apart.

type Finite = (m: number, n: number, x: number, xRow: number) => number;
type Scratch = (rows: number, columns: number) => number;
type SquareScratch = (n: number) => number;

/** Returns −1, or g·n + i for the pivot i of matrix g that is not positive, which it leaves on the diagonal. */
type Cholesky = (
  count: number,
  n: number,
  a: number,
  aRow: number,
  upper: boolean,
  scratch: number,
) => number;

/** swaps[count, min(m, n)] in int32. */
type Lu = (
  count: number,
  m: number,
  n: number,
  a: number,
  aRow: number,
  swaps: number,
  scratch: number,
) => void;

/** l[count, m, k] and u[count, k, n]. */
type LuUnpack = (count: number, m: number, n: number, a: number, aRow: number, l: number, u: number) => void;

/** x[count, each, n, k]. Returns −1, or g·n + i for the zero pivot i of matrix g. */
type Solve = (
  count: number,
  each: number,
  n: number,
  k: number,
  a: number,
  aRow: number,
  x: number,
  scratch: number,
) => number;

/** As `Solve`; `lower` says which triangle is stored. */
type SolveTriangular = (
  count: number,
  each: number,
  n: number,
  k: number,
  a: number,
  aRow: number,
  lower: boolean,
  transpose: boolean,
  unit: boolean,
  x: number,
  scratch: number,
) => number;

/** y[count, n, n] with the rows of a. Returns −1, or g·n + i for the zero pivot i of matrix g. */
type Inverse = (count: number, n: number, a: number, aRow: number, y: number, scratch: number) => number;

export interface SolveExports {
  finiteF32: Finite;
  finiteF64: Finite;
  choleskyScratchF32: SquareScratch;
  choleskyScratchF64: SquareScratch;
  choleskyF32: Cholesky;
  choleskyF64: Cholesky;
  luScratchF32: Scratch;
  luScratchF64: Scratch;
  luF32: Lu;
  luF64: Lu;
  luUnpackF32: LuUnpack;
  luUnpackF64: LuUnpack;
  solveScratchF32: Scratch;
  solveScratchF64: Scratch;
  solveF32: Solve;
  solveF64: Solve;
  triangularScratchF32: Scratch;
  triangularScratchF64: Scratch;
  solveTriangularF32: SolveTriangular;
  solveTriangularF64: SolveTriangular;
  inverseScratchF32: SquareScratch;
  inverseScratchF64: SquareScratch;
  inverseF32: Inverse;
  inverseF64: Inverse;
}
