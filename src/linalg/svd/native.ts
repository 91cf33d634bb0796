import { LinAlgError } from "../../base/errors.js";
import type { Lapack, Precision, Reals, SvdJob } from "../../native/index.js";
import type { Kernel } from "../../op/define.js";
import { matrixAt, onLapack } from "../common/native.js";
import { columnSigns } from "../common/signs.js";
import type { SvdAttributes } from "./reference.js";

/** Multiply-adds of the decomposition below which the WebAssembly kernel is faster. */
const LEAST_WORK = 2.5e7;
const LEAST_WORK_OF_VALUES = 6e4;

/**
 * LAPACK's `gesdd`, which reads columns where we have rows, hence Aᵀ = V Σ Uᵀ: its U is our Vh as we store it, its Vᵀ
 * our U, and nothing is transposed. A tall A is transposed all the same, for OpenBLAS is up to 1.4 times as fast with
 * tall matrices as with wide ones.
 */
export const svdNative: Kernel<SvdAttributes> = ([a], outputs, { fullMatrices, algorithm }) => {
  if (algorithm === "jacobi") return false;
  const [m, n] = a.sizes.slice(-2);
  const k = Math.min(m, n);
  const call = {
    op: "svd",
    needs: ["gesdd", "gesvd"] as const,
    work: 3 * m * n * k + 10 * k ** 3,
    leastWork: LEAST_WORK,
  };
  return onLapack(call, [a], outputs, ({ lapack, precision, operands: [matrices], results }) => {
    const [uAll, sAll, vhAll] = results;
    const factor = fullMatrices
      ? planSvd(lapack, precision, m, n, m, n)
      : planSvd(lapack, precision, m, n, k, k);
    const [uSize, vhSize] = [uAll.length, vhAll.length].map((size) => (size * k) / sAll.length);
    for (let index = 0; index < sAll.length / k; index++) {
      const u = matrixAt(uAll, uSize, index);
      const vh = matrixAt(vhAll, vhSize, index);
      factor(matrixAt(matrices, m * n, index), u, matrixAt(sAll, k, index), vh);
      fixSigns(u, m, uSize / m, vh, n, k);
    }
  });
};

type Factor = (a: Reals, u: Reals, s: Reals, vh: Reals) => void;

/** A [m, n] = U [m, width] Σ Vh [height, n], all row-major. */
function planSvd(
  lapack: Lapack,
  precision: Precision,
  m: number,
  n: number,
  width: number,
  height: number,
): Factor {
  const k = Math.min(m, n);
  const job = width === k && height === k ? "S" : "A";
  const factor = tallSvd("svd", job, lapack, precision, m, n);
  if (m <= n) return (a, u, s, vh) => factor(a, s, vh, u, width);
  const left = lapack.scratch[precision].reals("left", m * width);
  const right = lapack.scratch[precision].reals("right", height * n);
  return (a, u, s, vh) => {
    factor(a, s, left, right, height);
    lapack.transpose(left, width, m, u);
    lapack.transpose(right, n, height, vh);
  };
}

/**
 * LAPACK's svd of a row-major m×n matrix, or of its transpose: of the one that is tall in columns. `left` has as many
 * rows as that, `right` has `rightHeight`.
 */
function tallSvd(
  op: string,
  job: SvdJob,
  lapack: Lapack,
  precision: Precision,
  m: number,
  n: number,
): (a: Reals, s: Reals, left: Reals, right: Reals, rightHeight: number) => void {
  const [gesdd, gesvd] = [lapack.routine("gesdd", precision)!, lapack.routine("gesvd", precision)!];
  const scratch = lapack.scratch[precision];
  const matrix = scratch.reals("matrix", m * n);
  const integers = scratch.integers("pivots", 8 * Math.min(m, n));
  const [rows, columns] = m > n ? [m, n] : [n, m];
  const load = (a: Reals): void => {
    if (m > n) lapack.transpose(a, m, n, matrix);
    else matrix.set(a);
  };
  return (a, s, left, right, rightHeight) => {
    load(a);
    let failed = gesdd(job, rows, columns, matrix, rows, s, left, rows, right, rightHeight, integers);
    if (failed !== 0) {
      load(a);
      failed = gesvd(job, job, rows, columns, matrix, rows, s, left, rows, right, rightHeight);
    }
    if (failed === 0) return;
    throw new LinAlgError(
      `${op}: no convergence on [${m}, ${n}]: ${failed} values of the bidiagonal form did not settle`,
      { op, shape: [m, n] },
    );
  };
}

/** `gesdd` without vectors. */
export const svdvalsNative: Kernel<undefined> = ([a], outputs) => {
  const [m, n] = a.sizes.slice(-2);
  const k = Math.min(m, n);
  const call = {
    op: "svdvals",
    needs: ["gesdd", "gesvd"] as const,
    work: m * n * k + k ** 3,
    leastWork: LEAST_WORK_OF_VALUES,
  };
  return onLapack(call, [a], outputs, ({ lapack, precision, operands: [matrices], results: [all] }) => {
    const factor = tallSvd("svdvals", "N", lapack, precision, m, n);
    const none = lapack.scratch[precision].reals("left", 1);
    for (let index = 0; index < all.length / k; index++) {
      factor(matrixAt(matrices, m * n, index), matrixAt(all, k, index), none, none, 1);
    }
  });
};

/** Flips pairs of singular vectors so that the largest entry of each left one is positive. */
function fixSigns(u: Reals, m: number, width: number, vh: Reals, n: number, k: number): void {
  const signs = columnSigns(u, m, width).fill(1, k);
  for (let i = 0, at = 0; i < m; i++) for (let j = 0; j < width; j++, at++) u[at] *= signs[j];
  for (let j = 0; j < k; j++) {
    if (signs[j] === -1) for (let at = j * n; at < (j + 1) * n; at++) vh[at] = -vh[at];
  }
}
