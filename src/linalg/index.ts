// Matrix decompositions and norms, with shapes that the compiler checks.
import "../backends/cpu.js";
import "./kernels.js";
import { eig as untypedEig, eigvals as untypedEigvals } from "./eig/op.js";
import { pairwiseDistances as untypedPairwiseDistances } from "./distances/op.js";
import { pairwiseCosineSimilarity as untypedPairwiseCosineSimilarity } from "./distances/similarity.js";
import { eigh as untypedEigh } from "./eigh/op.js";
import { eigvalsh as untypedEigvalsh } from "./eigvalsh/op.js";
import { eigsh as untypedEigsh } from "./eigsh/eigsh.js";
import { cond as untypedCond } from "./leastSquares/cond.js";
import { lstsq as untypedLstsq } from "./leastSquares/lstsq.js";
import { matrixRank as untypedMatrixRank } from "./leastSquares/matrixRank.js";
import { pinv as untypedPinv } from "./leastSquares/pinv.js";
import { lowRank as untypedLowRank } from "./lowRank/lowRank.js";
import { svdLowrank as untypedSvdLowrank } from "./lowRank/svdLowrank.js";
import { matrixNorm as untypedMatrixNorm, vectorNorm as untypedVectorNorm } from "./norm/op.js";
import { qr as untypedQr } from "./qr/op.js";
import type {
  EigFunction,
  EighFunction,
  EigvalsFunction,
  EigvalshFunction,
  CondFunction,
  EigshFunction,
  LowRankFunction,
  LstsqFunction,
  MatrixNormFunction,
  MatrixRankFunction,
  PairwiseCosineSimilarityFunction,
  PairwiseDistancesFunction,
  PinvFunction,
  QrFunction,
  SvdFunction,
  SvdLowrankFunction,
  SvdvalsFunction,
  TraceFunction,
  VectorNormFunction,
} from "./signatures.js";
import { svd as untypedSvd } from "./svd/op.js";
import { svdvals as untypedSvdvals } from "./svdvals/op.js";
import { trace as untypedTrace } from "./trace/op.js";

export type { ComplexParts } from "./eig/op.js";
export type { Triangle } from "./eigh/reference.js";
export { cholesky, det, inv, kron, lu, matrixPower, slogdet, solve, solveTriangular } from "./solvers.js";
export type { Metric } from "./distances/metric.js";
export type { EigshOptions, SymmetricOperator } from "./eigsh/eigsh.js";
export type { LstsqOptions } from "./leastSquares/lstsq.js";
export type { MatrixRankOptions } from "./leastSquares/matrixRank.js";
export type { PinvOptions } from "./leastSquares/pinv.js";
export type { LowRankOptions } from "./lowRank/lowRank.js";
export type { SamplingOptions, SvdLowrankOptions } from "./lowRank/options.js";
export type { MatrixNormOrder } from "./norm/op.js";
export { PCA, type PcaOptions } from "./pca/pca.js";
export type { QrFactors, QrMode } from "./qr/op.js";
export type { SvdAlgorithm } from "./svd/reference.js";

/**
 * Singular value decomposition A = U diag(S) Vh, singular values descending: [..., m, n] -> U [..., m, k], S
 * [..., k], Vh [..., k, n] with k = min(m, n); with `fullMatrices` U is [..., m, m] and Vh [..., n, n]. The
 * largest entry of each column of U is positive. With `algorithm: "jacobi"` even singular values that are
 * tiny beside the largest have all their digits, where rows or columns differ in scale alone; the default is
 * many times faster and right to rounding errors of the largest. Throws `LinAlgError` for entries that are not
 * finite.
 * Source: blocked bidiagonalisation (LAPACK's gebrd) and divide and conquer (Gu and Eisenstat, 1995; LAPACK's
 * gesdd); one-sided Jacobi (Drmač and Veselić, 2008; LAPACK's gejsv). Named as NumPy's `linalg.svd`.
 *
 * @example
 * svd(tensor([[3, 0], [0, -5]])).S.toArray(); // [5, 3]
 */
export const svd = untypedSvd as SvdFunction;
/**
 * Singular values alone, descending: [..., m, n] -> [..., min(m, n)], several times faster than `svd`. Throws
 * `LinAlgError` for entries that are not finite.
 * Source: as `svd`, then implicit zero-shift QR (Demmel and Kahan, 1990); named as the array API's `svdvals`.
 *
 * @example
 * svdvals(tensor([[3, 0], [0, -5]])).toArray(); // [5, 3]
 */
export const svdvals = untypedSvdvals as SvdvalsFunction;
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

/**
 * Least squares: the x of least norm among those that minimise ‖a x − b‖₂, for a [..., m, n] of any shape and rank and
 * b [m] or [..., m, k]. Answers `solution` [..., n] or [..., n, k]; `residuals`, ‖a x − b‖₂² of each column (NumPy
 * leaves them out below full rank); `rank`; `singularValues`. Singular values up to `rcond`·σ₁ count as zero, by
 * default max(m, n)·ε. Throws `LinAlgError` when the rows differ in number or an entry of a is not finite.
 * Source: x = V Σ⁺ Uᵀ b (Golub and Van Loan, 4th ed., §5.5); named as NumPy's `linalg.lstsq`.
 *
 * @example
 * const line = lstsq(tensor([[0, 1], [1, 1], [2, 1]]), tensor([1, 3, 5]));
 * line.solution.round().toArray(); // [2, 1]
 * line.rank.item(); // 2
 */
export const lstsq = untypedLstsq as LstsqFunction;
/**
 * The Moore–Penrose inverse: [..., m, n] -> [..., n, m]. Singular values up to `rcond`·σ₁ count as zero, by default
 * max(m, n)·ε. Throws `LinAlgError` for entries that are not finite. To solve a system, `lstsq` is more accurate.
 * Source: V Σ⁺ Uᵀ (Penrose, 1955); named as NumPy's `linalg.pinv`.
 *
 * @example
 * pinv(tensor([[2, 0], [0, 0], [0, 4]])).toArray(); // [[0.5, 0, 0], [0, 0, 0.25]]
 */
export const pinv = untypedPinv as PinvFunction;
/**
 * The number of singular values above the cut-off: [..., m, n] -> int64 [...]. The cut-off is the larger of `tol` and
 * `rtol`·σ₁, by default max(m, n)·ε·σ₁. Throws `LinAlgError` for entries that are not finite. Named as NumPy's
 * `linalg.matrix_rank`.
 *
 * @example
 * matrixRank(tensor([[1, 2], [2, 4]])).item(); // 1
 */
export const matrixRank = untypedMatrixRank as MatrixRankFunction;
/**
 * The condition number ‖A‖·‖A⁻¹‖, how much relative errors can grow: [..., m, n] -> [...]. By default σ₁/σₙ, for
 * rectangles too; `ord` takes the norms of `matrixNorm`. Infinity when a singular value is zero. Throws `LinAlgError`
 * for empty matrices, entries that are not finite, and an `ord` that inverts a rectangle. Named as NumPy's
 * `linalg.cond`.
 *
 * @example
 * cond(tensor([[4, 0], [0, 2]])).round().item(); // 2
 * cond(tensor([[1, 2], [0, 0]])).item(); // Infinity
 */
export const cond = untypedCond as CondFunction;
/**
 * The leading singular triplets A ≈ U diag(S) Vh with a certified error: [..., m, n] -> U [..., m, k], S [..., k],
 * Vh [..., k, n], and `error`, ‖A − U diag(S) Vh‖_F / ‖A‖_F or up to 2 % more, never less; of a batch, the largest.
 * `{ rank }` gives that many triplets; `{ tolerance }` as few as keep the error below it; `{ energy: τ }` as few as
 * keep τ of ‖A‖_F². Throws `LinAlgError` for entries that are not finite and for tolerances below rounding.
 *
 * Computed from l = 7(rank + `oversampling`)/4 random samples, `oversampling` being 8 by default, in blocks of a Krylov
 * space with `iterations` (2) power iterations, while an estimate of that, 4mnl + 6(m + n)l² + 26l³ operations, is less
 * than the thin svd's 6mn² + 20n³ (m ≥ n) and, for float32, than the 2(4mn² + 9n³) of the eigenvectors of AᵀA in float64;
 * else by the cheaper of those. Equal seeds give equal factors.
 * Source: Halko, Martinsson and Tropp, SIAM Review 53 (2011); Musco and Musco (2015); named as PyTorch's `svd_lowrank`.
 *
 * @example
 * const a = matmul(randn([300, 5]), randn([5, 200], { seed: 1 }));
 * svdLowrank(a, { rank: 3 }).U.shape; // [300, 3]
 * svdLowrank(a, { tolerance: 1e-4 }).S.shape; // [5]
 */
export const svdLowrank = untypedSvdLowrank as SvdLowrankFunction;
/**
 * The best approximation of rank k as a product W1 W2: [..., m, n] -> W1 [..., m, k], W2 [..., k, n], `error`
 * ‖A − W1 W2‖_F / ‖A‖_F and `spectralError` ‖A − W1 W2‖₂ = σ_{k+1}, up to rounding; of a batch, the largest. Each
 * factor takes √Σ, or with `balance: "left"` W1 takes all of it. Throws `LinAlgError` for entries that are not finite.
 * Source: Eckart and Young, 1936, by the thin svd; `svdLowrank` comes close to it faster where k is small.
 *
 * @example
 * const { W1, W2, error } = lowRank(tensor([[3, 0], [0, 4]]), 1);
 * matmul(W1, W2).round().abs().toArray(); // [[0, 0], [0, 4]]
 * error.toFixed(6); // "0.600000"
 */
export const lowRank = untypedLowRank as LowRankFunction;
/**
 * k eigenpairs of a large symmetric matrix, given as [n, n] or as a function that multiplies a vector [n] by it:
 * `eigenvalues` [k] ascending, `eigenvectors` [n, k] in columns, `residuals` [k], bounds on ‖A v − λ v‖₂. `which` is
 * `"LM"` largest magnitude (default), `"LA"` largest or `"SA"` smallest. Throws `LinAlgError` when the operator is
 * not symmetric or not finite, and when it does not converge, saying how many pairs did.
 * Source: Lanczos with full re-orthogonalisation and thick restarts (Wu and Simon, 2000); named as SciPy's `eigsh`.
 *
 * @example
 * const diagonal = arange(1, 101).cast("float64");
 * const top = eigsh((x) => diagonal.mul(x), { n: 100, k: 2, which: "LA", dtype: "float64" });
 * top.eigenvalues.round().toArray(); // [99, 100]
 */
export const eigsh = untypedEigsh as EigshFunction;
/**
 * The distance of every row of x from every row of y: [..., n, d] and [..., m, d] -> [..., n, m]. `metric` is
 * `"euclidean"` (default), `"sqeuclidean"`, `"manhattan"` or `"cosine"`, 1 − cos, which is 1 beside a zero vector.
 *
 * Large sets go through one matrix product in float64, ‖x‖² + ‖y‖² − 2x·y about the mean of y. That difference
 * cancels for close points, so pairs that lose digits are computed again coordinate by coordinate: every distance has
 * a few ε of error in float32 and about 100√d·ε in float64. Throws `ShapeError` for points of different length,
 * `ConfigError` for an unknown metric.
 *
 * @example
 * pairwiseDistances(tensor([[0, 0]]), tensor([[3, 4], [0, 1]])).toArray(); // [[5, 1]]
 */
export const pairwiseDistances = untypedPairwiseDistances as PairwiseDistancesFunction;
/**
 * The cosine of every row of x with every row of y, in [−1, 1]: [..., n, d] and [..., m, d] -> [..., n, m]; 0 beside a
 * zero vector. `cosineSimilarity` of "lintel" compares rows one to one instead. Throws `ShapeError` for points of
 * different length.
 *
 * @example
 * pairwiseCosineSimilarity(tensor([[1, 0], [0, 2]]), tensor([[5, 0]])).toArray(); // [[1], [0]]
 */
export const pairwiseCosineSimilarity = untypedPairwiseCosineSimilarity as PairwiseCosineSimilarityFunction;
