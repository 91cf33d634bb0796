// Matrix decompositions and norms, with shapes that the compiler checks.
import "../backends/cpu.js";
import "./kernels.js";
import { eig as untypedEig, eigvals as untypedEigvals } from "./eig/op.js";
import { eigh as untypedEigh } from "./eigh/op.js";
import { eigvalsh as untypedEigvalsh } from "./eigvalsh/op.js";
import { matrixNorm as untypedMatrixNorm, vectorNorm as untypedVectorNorm } from "./norm/op.js";
import { qr as untypedQr } from "./qr/op.js";
import type {
  EigFunction,
  EighFunction,
  EigvalsFunction,
  EigvalshFunction,
  MatrixNormFunction,
  QrFunction,
  SvdFunction,
  TraceFunction,
  VectorNormFunction,
} from "./signatures.js";
import { svd as untypedSvd } from "./svd/op.js";
import { trace as untypedTrace } from "./trace/op.js";

export type { ComplexParts } from "./eig/op.js";
export type { Triangle } from "./eigh/reference.js";
export { cholesky, det, inv, kron, lu, matrixPower, slogdet, solve, solveTriangular } from "./solvers.js";
export type { MatrixNormOrder } from "./norm/op.js";
export type { QrFactors, QrMode } from "./qr/op.js";

/**
 * Singular value decomposition A = U diag(S) Vh, singular values descending: [..., m, n] -> U [..., m, k], S
 * [..., k], Vh [..., k, n] with k = min(m, n); with `fullMatrices` U is [..., m, m] and Vh [..., n, n]. The
 * largest entry of each column of U is positive. Throws `LinAlgError` for entries that are not finite.
 * Source: one-sided Jacobi (Hestenes, 1958); named as NumPy's `linalg.svd`.
 *
 * @example
 * svd(tensor([[3, 0], [0, -5]])).S.toArray(); // [5, 3]
 */
export const svd = untypedSvd as SvdFunction;
/**
 * QR factorisation A = Q R, orthonormal columns in Q and upper triangular R: [..., m, n] -> Q [..., m, k], R
 * [..., k, n] with k = min(m, n). Mode `"complete"` gives Q [..., m, m] and R [..., m, n], mode `"r"` only R.
 * With `pivoting`, A[:, permutation] = Q R with |diag(R)| falling, permutation int32 [..., n]. Signs are LAPACK's:
 * the diagonal of R may be negative. Throws `LinAlgError` for entries that are not finite, `ConfigError` for an
 * unknown mode.
 * Source: Householder reflections in blocks (Schreiber and Van Loan, 1989; LAPACK's geqrf, orgqr and geqp3); named
 * as NumPy's `linalg.qr`.
 *
 * @example
 * qr(tensor([[3, 0], [4, 5]]), { mode: "r" }).R.toArray(); // [[-5, -4], [0, 3]]
 */
export const qr = untypedQr as QrFunction;
/**
 * Eigenvalues, ascending, and orthonormal eigenvectors of symmetric matrices, A = V diag(λ) Vᵀ: [..., n, n]
 * -> eigenvalues [..., n], eigenvectors [..., n, n] in columns. Only the triangle `uplo` is read, `"L"` by default
 * or `"U"`; each eigenvector's largest entry is positive. Throws `LinAlgError` for matrices that are not square or
 * not finite, `ConfigError` for an unknown `uplo`.
 * Source: Householder tridiagonalisation and divide and conquer (Cuppen, 1981; Gu and Eisenstat, 1995; LAPACK's
 * syevd); named as NumPy's `linalg.eigh`.
 *
 * @example
 * eigh(tensor([[2, 1], [1, 2]])).eigenvalues.toArray(); // [1, 3]
 */
export const eigh = untypedEigh as EighFunction;
/**
 * The eigenvalues alone, ascending: [..., n, n] -> [..., n]; otherwise as `eigh`, and several times as fast.
 * Source: Householder tridiagonalisation and square-root free QL (Pal, Walker and Kahan; LAPACK's sterf); named as
 * NumPy's `linalg.eigvalsh`.
 *
 * @example
 * eigvalsh(tensor([[2, 0], [0, -1]])).toArray(); // [-1, 2]
 */
export const eigvalsh = untypedEigvalsh as EigvalshFunction;
/**
 * Eigenvalues and right eigenvectors of general real matrices, A V = V diag(λ), as real and imaginary parts:
 * [..., n, n] -> eigenvalues re and im [..., n], eigenvectors re and im [..., n, n] in columns. Complex
 * eigenvalues stand in conjugate pairs, the positive imaginary part first; otherwise the order is that of the
 * Schur form, as in LAPACK. Columns have norm 1, and a complex one's largest entry is real. A defective matrix
 * has (nearly) parallel eigenvectors. Throws `LinAlgError` for matrices that are not square or not finite, and
 * when the iteration does not converge.
 * Source: balancing (James, Langou and Lowery, 2014), Hessenberg reduction and Francis QR iteration (Golub and
 * Van Loan, 4th ed., §7.4–7.6), as LAPACK's dgeev; named as NumPy's `linalg.eig`.
 *
 * @example
 * const { eigenvalues, eigenvectors } = eig(tensor([[0, -1], [1, 0]]));
 * eigenvalues.im.toArray(); // [1, -1]
 * eigenvectors.re.shape; // [2, 2]
 */
export const eig = untypedEig as EigFunction;
/**
 * The eigenvalues of `eig` alone, at two fifths of the work: [..., n, n] -> re and im [..., n].
 *
 * @example
 * eigvals(tensor([[2, 5], [0, 3]])).re.toArray(); // [2, 3]
 */
export const eigvals = untypedEigvals as EigvalsFunction;
/**
 * The sum of the diagonal: [..., m, n] -> [...].
 *
 * @example
 * trace(tensor([[1, 2], [3, 4]])).item(); // 5
 */
export const trace = untypedTrace as TraceFunction;
/**
 * The p-norm (Σ|x|ᵖ)^(1/p) of vectors along `axis`, of everything as one vector without an axis; `ord` p is 2
 * by default, 0 counts non-zeros, ±Infinity takes the largest or smallest magnitude. No overflow at any
 * scale.
 *
 * @example
 * vectorNorm(tensor([3, 4])).item(); // 5
 * vectorNorm(tensor([[3, 4], [6, 8]]), { axis: -1, ord: 1 }).toArray(); // [7, 14]
 */
export const vectorNorm = untypedVectorNorm as VectorNormFunction;
/**
 * The norm of each matrix, [..., m, n] -> [...]: Frobenius by default, `"nuc"` Σσ, ±1 column and ±Infinity
 * row sums, ±2 singular values. Throws `LinAlgError` for fewer than two axes, `ConfigError` for an unknown
 * `ord`.
 *
 * @example
 * matrixNorm(tensor([[3, 0], [0, 4]])).item(); // 5
 * matrixNorm(tensor([[3, 0], [0, 4]]), { ord: 2 }).item(); // 4
 */
export const matrixNorm = untypedMatrixNorm as MatrixNormFunction;
/**
 * The same as `vectorNorm`, under its NumPy name.
 *
 * @example
 * norm(tensor([3, 4])).item(); // 5
 */
export const norm = vectorNorm;
