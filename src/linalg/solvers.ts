// The direct solvers, with shapes that the compiler checks.
import { cholesky as untypedCholesky } from "./cholesky/op.js";
import { det as untypedDet } from "./det/op.js";
import { inv as untypedInv } from "./inv/op.js";
import { kron as untypedKron } from "./kron/op.js";
import { lu as untypedLu } from "./lu/op.js";
import { matrixPower as untypedMatrixPower } from "./matrixPower/op.js";
import { slogdet as untypedSlogdet } from "./slogdet/op.js";
import { solve as untypedSolve } from "./solve/op.js";
import type {
  CholeskyFunction,
  DetFunction,
  InvFunction,
  KronFunction,
  LuFunction,
  MatrixPowerFunction,
  SlogdetFunction,
  SolveFunction,
  SolveTriangularFunction,
} from "./solver-signatures.js";
import { solveTriangular as untypedSolveTriangular } from "./solveTriangular/op.js";

/**
 * Cholesky factorisation A = L Lᵀ of symmetric positive definite matrices, or A = Uᵀ U with `upper`: [..., n, n] ->
 * [..., n, n] with a positive diagonal and zeros in the other triangle. Only the lower triangle of A is read, with
 * `upper` only the upper one. Throws `LinAlgError` when A is not square, not finite, or not positive definite (then
 * with the pivot that failed and the matrix of the batch).
 * Source: recursive Cholesky (Gustavson, 1997; LAPACK's potrf); named as NumPy's `linalg.cholesky`.
 *
 * @example
 * cholesky(tensor([[4, 2], [2, 10]])).toArray(); // [[2, 0], [1, 3]]
 * cholesky(tensor([[1, 2], [2, 1]])); // throws LinAlgError
 */
export const cholesky = untypedCholesky as CholeskyFunction;
/**
 * LU factorisation P L U = A with partial pivoting: [..., m, n] -> permutation matrix P [..., m, m], L [..., m, k]
 * with ones on its diagonal, U [..., k, n], k = min(m, n), and the permutation as a vector, int32 [..., m]:
 * A[permutation] = L U, P[permutation[i], i] = 1. Singular matrices factor too, with zeros on U's diagonal. Throws
 * `LinAlgError` for entries that are not finite.
 * Source: recursive LU (Toledo, 1997; LAPACK's getrf); P, L and U as SciPy's `linalg.lu`.
 *
 * @example
 * const { L, U, permutation } = lu(tensor([[1, 2], [4, 4]]));
 * permutation.toArray(); // [1, 0]
 * L.toArray(); // [[1, 0], [0.25, 1]]
 * U.toArray(); // [[4, 4], [0, 1]]
 */
export const lu = untypedLu as LuFunction;
/**
 * X with A X = B, by LU factorisation with partial pivoting: A [..., n, n] with B [n] -> [..., n], with B
 * [..., n, k] -> [..., n, k]. As in NumPy 2, B is one vector only if it is 1-D; leading axes broadcast. Integers and
 * booleans in B are cast to A's dtype. Throws `LinAlgError` for singular matrices, entries that are not finite and
 * results out of range, `ShapeError` when A and B do not fit, `DTypeError` when A is not of floats.
 * Source: LAPACK's gesv; named as NumPy's `linalg.solve`.
 *
 * @example
 * solve(tensor([[2, 1], [1, 3]]), tensor([3, 4])).toArray(); // [1, 1]
 * solve(tensor([[1, 2], [2, 4]]), tensor([1, 2])); // throws LinAlgError
 */
export const solve = untypedSolve as SolveFunction;
/**
 * X with A X = B for triangular A, by substitution; shapes as `solve`. Only the upper triangle of A is read, with
 * `lower` only the lower one; `transpose` solves Aᵀ X = B; `unitDiagonal` takes the diagonal as 1 and does not read
 * it. Throws `LinAlgError` for a zero on the diagonal, entries that are not finite and results out of range.
 * Source: recursive substitution (Elmroth et al., 2004; BLAS's trsm); named after SciPy's `linalg.solve_triangular`.
 *
 * @example
 * solveTriangular(tensor([[2, 0], [1, 4]]), tensor([2, 9]), { lower: true }).toArray(); // [1, 2]
 */
export const solveTriangular = untypedSolveTriangular as SolveTriangularFunction;
/**
 * The inverse of each matrix: [..., n, n] -> [..., n, n]. To solve a system, `solve` is faster and more accurate.
 * Throws `LinAlgError` when A is not square, not finite or singular, and when the inverse is out of range.
 * Source: U⁻¹ L⁻¹ Pᵀ from LU (Higham, Accuracy and Stability, §14.3); named as NumPy's `linalg.inv`.
 *
 * @example
 * inv(tensor([[2, 0], [0, 4]])).toArray(); // [[0.5, 0], [0, 0.25]]
 */
export const inv = untypedInv as InvFunction;
/**
 * The determinant of each matrix: [..., n, n] -> [...]; 1 for the empty matrix. It leaves the range of the dtype
 * easily (then ±Infinity or 0): use `slogdet` for anything large. Throws `LinAlgError` when A is not square or not
 * finite.
 * Source: the product of LU's pivots; named as NumPy's `linalg.det`.
 *
 * @example
 * det(tensor([[1, 2], [4, 4]])).item(); // -4
 */
export const det = untypedDet as DetFunction;
/**
 * The determinant as sign · exp(logabsdet), which no size overflows: [..., n, n] -> sign [...], logabsdet [...]. A
 * singular matrix has sign 0 and logabsdet -Infinity. Throws `LinAlgError` when A is not square or not finite.
 * Source: the pivots of LU; named as NumPy's `linalg.slogdet`.
 *
 * @example
 * slogdet(tensor([[1, 0], [0, -1]])).sign.item(); // -1
 * slogdet(tensor([[1, 0], [0, -1]])).logabsdet.item(); // 0
 */
export const slogdet = untypedSlogdet as SlogdetFunction;
/**
 * The Kronecker product, every entry of A times all of B: [m, n] with [p, q] -> [m·p, n·q]. As NumPy's `kron`, all axes
 * take part and the shorter shape is filled up with ones in front; there is no batch.
 *
 * @example
 * kron(tensor([[1, 2]]), tensor([[1, 0], [0, 1]])).toArray(); // [[1, 0, 2, 0], [0, 1, 0, 2]]
 */
export const kron = untypedKron as KronFunction;
/**
 * Each matrix to an integer power, by repeated squaring: [..., n, n] -> [..., n, n]. Negative powers are those of the
 * inverse, power 0 is the identity. Throws `LinAlgError` when A is not square, or singular and the exponent negative,
 * `ConfigError` when the exponent is not an integer.
 * Source: binary powering; named as NumPy's `linalg.matrix_power`.
 *
 * @example
 * matrixPower(tensor([[1, 1], [1, 0]]), 10).toArray(); // [[89, 55], [55, 34]]
 */
export const matrixPower = untypedMatrixPower as MatrixPowerFunction;
