import type { Kernel } from "../../op/define.js";
import { allFinite } from "../common/matrix.js";
import { requireInRange } from "../common/systems.js";
import { decline, matrixAt, onLapack } from "../common/native.js";

/** Multiply-adds below which the WebAssembly kernel is faster. */
const LEAST_WORK = 7e6;

/** LAPACK's `getrf` and `getri`, in place: the inverse of the transpose is the transpose of the inverse. */
export const invNative: Kernel<undefined> = ([a], [y]) => {
  const n = a.sizes.at(-1)!;
  const job = { op: "inv", needs: ["getrf", "getri"] as const, work: n ** 3, leastWork: LEAST_WORK };
  const ran = onLapack(job, [a], [y], ({ lapack, precision, operands: [matrices], results }) => {
    const [getrf, getri] = [lapack.routine("getrf", precision)!, lapack.routine("getri", precision)!];
    const [inverses] = results;
    const swaps = lapack.scratch[precision].integers("pivots", n);
    inverses.set(matrices);
    for (let index = 0; index < matrices.length / (n * n); index++) {
      const matrix = matrixAt(inverses, n * n, index);
      // A zero pivot is found, and named in the order of our rows, by the next kernel.
      if (getrf(n, n, matrix, n, swaps) !== 0 || getri(n, matrix, n, swaps) !== 0) return decline(results);
    }
    if (!allFinite(inverses)) return decline(results);
  });
  if (ran === false) return false;
  if (y.dtype !== "float32" && y.dtype !== "float64") requireInRange("inv", a, y);
};
