import { LinAlgError } from "../../base/errors.js";
import type { Reals } from "../../native/index.js";
import type { Kernel } from "../../op/define.js";
import { showShape } from "../../shape/dim.js";
import { decline, matrixAt, onLapack } from "../common/native.js";
import type { QrAttributes } from "./reference.js";

/** Multiply-adds of the decomposition below which the WebAssembly kernel is faster. */
const LEAST_WORK = 1.4e7;

/** Magnitudes of R below which reflectors of denormal entries lose digits: the other kernel scales such matrices. */
const TINY = { float32: 2 ** -100, float64: 2 ** -960 };

/**
 * LAPACK's `geqrf`, or `geqp3` with pivoting, and `orgqr`, on a transposed copy. `gelqf` would need no copy, and takes
 * twice as long: its reflectors lie in rows, across the columns of memory.
 */
export const qrNative: Kernel<QrAttributes> = ([a], outputs, { mode, pivoting }) => {
  const [m, n] = a.sizes.slice(-2);
  const k = Math.min(m, n);
  const height = mode === "complete" ? m : k;
  const factor = pivoting ? "geqp3" : "geqrf";
  const job = {
    op: "qr",
    needs: [factor, "orgqr"] as const,
    work: 2 * m * n * k,
    leastWork: LEAST_WORK,
  };
  return onLapack(job, [a], outputs, ({ lapack, precision, operands: [matrices], results }) => {
    const [qAll, rAll] = mode === "r" ? [undefined, results[0]] : results;
    const [geqrf, geqp3] = [lapack.routine("geqrf", precision), lapack.routine("geqp3", precision)];
    const orgqr = lapack.routine("orgqr", precision)!;
    const scratch = lapack.scratch[precision];
    // Room for the columns that a complete Q has more than A.
    const columns = scratch.reals("matrix", m * Math.max(n, height));
    const tau = scratch.reals("left", k);
    const order = scratch.integers("pivots", n);
    for (let index = 0; index < matrices.length / (m * n); index++) {
      lapack.transpose(matrixAt(matrices, m * n, index), m, n, columns);
      if (pivoting) {
        if (order instanceof Int32Array) order.fill(0);
        else order.fill(0n);
        geqp3!(m, n, columns, m, order, tau);
        for (let j = 0; j < n; j++) results.at(-1)![index * n + j] = Number(order[j]) - 1;
      } else {
        geqrf!(m, n, columns, m, tau);
      }
      const largest = takeTriangle(columns, m, n, matrixAt(rAll, height * n, index));
      if (largest > 0 && largest < TINY[precision]) return decline(results);
      if (Number.isNaN(largest)) {
        const problem = `qr: R of ${showShape(a.dims)} overflows ${a.dtype}: scale the matrix down`;
        throw new LinAlgError(problem, { op: "qr", shape: a.dims });
      }
      if (qAll === undefined) continue;
      orgqr(m, height, k, columns, m, tau);
      lapack.transpose(columns, height, m, matrixAt(qAll, m * height, index));
    }
  });
};

/** Copies what lies on and above the diagonal of m×n columns into rows; returns the largest magnitude, or NaN. */
function takeTriangle(columns: Reals, m: number, n: number, r: Reals): number {
  let sum = 0; // x − x is 0 for finite x only
  let largest = 0;
  for (let j = 0; j < n; j++) {
    const end = Math.min(j + 1, m);
    for (let i = 0, from = j * m, to = j; i < end; i++, from++, to += n) {
      const x = columns[from];
      r[to] = x;
      sum += x - x;
      largest = Math.max(largest, Math.abs(x));
    }
  }
  return sum === 0 ? largest : NaN;
}
