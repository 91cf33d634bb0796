// Matrix decompositions and norms, with shapes that the compiler checks.
import "../backends/cpu.js";
import { eigh as untypedEigh } from "./eigh/op.js";
import { matrixNorm as untypedMatrixNorm, vectorNorm as untypedVectorNorm } from "./norm/op.js";
import type {
  EighFunction,
  MatrixNormFunction,
  SvdFunction,
  TraceFunction,
  VectorNormFunction,
} from "./signatures.js";
import { svd as untypedSvd } from "./svd/op.js";
import { trace as untypedTrace } from "./trace/op.js";

export type { MatrixNormOrder } from "./norm/op.js";

/** A = U diag(S) Vh, singular values descending: [..., m, n] -> U [..., m, k], S [..., k], Vh [..., k, n]. */
export const svd = untypedSvd as SvdFunction;
/** Eigenvalues, ascending, and orthonormal eigenvectors of a symmetric matrix [..., n, n]. */
export const eigh = untypedEigh as EighFunction;
/** The sum of the diagonal of [..., m, n]. */
export const trace = untypedTrace as TraceFunction;
/** The p-norm of vectors along `axis`, 2 by default; of everything as one vector without an axis. */
export const vectorNorm = untypedVectorNorm as VectorNormFunction;
/** The norm of each matrix of [..., m, n], Frobenius by default. */
export const matrixNorm = untypedMatrixNorm as MatrixNormFunction;
/** The same as `vectorNorm`, under its NumPy name. */
export const norm = vectorNorm;
