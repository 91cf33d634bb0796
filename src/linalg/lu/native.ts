import type { Reals } from "../../native/index.js";
import type { Kernel } from "../../op/define.js";
import type { Tensor } from "../../tensor/tensor.js";
import { allFinite } from "../common/matrix.js";
import { decline, matrixAt, onLapack } from "../common/native.js";

/** Multiply-adds of the factorisation below which the WebAssembly kernel is faster. */
const LEAST_WORK = 3e7;
/** The same where only the pivots are wanted. */
const LEAST_WORK_OF_PIVOTS = 2.4e6;

/** LAPACK's `getrf` on a transposed copy: rows must be exchanged, and those of Aᵀ would be columns. */
export const luNative: Kernel<undefined> = ([a], outputs) => {
  const [m, n] = a.sizes.slice(-2);
  const k = Math.min(m, n);
  const job = { op: "lu", needs: ["getrf"] as const, work: (m * n * k) / 2, leastWork: LEAST_WORK };
  return onLapack(job, [a], outputs, ({ lapack, precision, operands: [matrices], results }) => {
    const getrf = lapack.routine("getrf", precision)!;
    const scratch = lapack.scratch[precision];
    const columns = scratch.reals("matrix", m * n);
    const rows = scratch.reals("left", m * n);
    const swaps = scratch.integers("pivots", k);
    const [pAll, lAll, uAll, orders] = results;
    for (let index = 0; index < matrices.length / (m * n); index++) {
      lapack.transpose(matrixAt(matrices, m * n, index), m, n, columns);
      getrf(m, n, columns, m, swaps);
      if (!allFinite(columns)) return decline(results);
      lapack.transpose(columns, n, m, rows);
      const order = matrixAt(orders, m, index);
      for (let i = 0; i < m; i++) order[i] = i;
      for (let i = 0; i < k; i++) {
        const other = Number(swaps[i]) - 1;
        [order[i], order[other]] = [order[other], order[i]];
      }
      const p = matrixAt(pAll, m * m, index);
      for (let i = 0; i < m; i++) p[order[i] * m + i] = 1;
      separate(rows, m, n, matrixAt(lAll, m * k, index), matrixAt(uAll, k * n, index));
    }
  });
};

/** L below the diagonal, with ones on it, and U from the diagonal up. */
function separate(packed: Reals, m: number, n: number, l: Reals, u: Reals): void {
  const k = Math.min(m, n);
  for (let i = 0; i < m; i++) {
    l.set(packed.subarray(i * n, i * n + Math.min(i, k)), i * k);
    if (i >= k) continue;
    l[i * k + i] = 1;
    u.set(packed.subarray(i * n + i, (i + 1) * n), i * n + i);
  }
}

/** Shows the pivots of every matrix to `use`, and whether an odd number of rows was exchanged. */
export function eachPivotsNative(
  op: string,
  a: Tensor,
  outputs: readonly Tensor[],
  use: (results: readonly Reals[], index: number, pivots: Float64Array, odd: boolean) => void,
): void | false {
  const n = a.sizes.at(-1)!;
  const job = { op, needs: ["getrf"] as const, work: n ** 3 / 3, leastWork: LEAST_WORK_OF_PIVOTS };
  return onLapack(job, [a], outputs, ({ lapack, precision, operands: [matrices], results }) => {
    const getrf = lapack.routine("getrf", precision)!;
    const scratch = lapack.scratch[precision];
    const matrix = scratch.reals("matrix", n * n);
    const swaps = scratch.integers("pivots", n);
    const pivots = new Float64Array(n);
    for (let index = 0; index < matrices.length / (n * n); index++) {
      // The transpose, as LAPACK reads it, has the same determinant.
      matrix.set(matrixAt(matrices, n * n, index));
      getrf(n, n, matrix, n, swaps);
      if (!allFinite(matrix)) return decline(results);
      let odd = false;
      for (let i = 0; i < n; i++) {
        pivots[i] = matrix[i * (n + 1)];
        if (Number(swaps[i]) !== i + 1) odd = !odd;
      }
      use(results, index, pivots, odd);
    }
  });
}
