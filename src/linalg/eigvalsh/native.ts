import { LinAlgError } from "../../base/errors.js";
import type { Kernel } from "../../op/define.js";
import type { EighAttributes } from "../eigh/reference.js";
import { matrixAt, onLapack } from "../common/native.js";

/** Multiply-adds of the decomposition below which the WebAssembly kernel is faster. */
const LEAST_WORK = 1.4e6;

/** LAPACK's `syevd` without vectors. It reads columns where we have rows, so our lower triangle is its upper one. */
export const eigvalshNative: Kernel<EighAttributes> = ([a], outputs, { uplo }) => {
  const n = a.sizes.at(-1)!;
  const call = { op: "eigvalsh", needs: ["syevd"] as const, work: (2 / 3) * n ** 3, leastWork: LEAST_WORK };
  return onLapack(call, [a], outputs, ({ lapack, precision, operands: [matrices], results: [allValues] }) => {
    const syevd = lapack.routine("syevd", precision)!;
    const matrix = lapack.scratch[precision].reals("matrix", n * n);
    for (let index = 0; index < allValues.length / n; index++) {
      matrix.set(matrixAt(matrices, n * n, index));
      const failed = syevd("N", uplo === "L" ? "U" : "L", n, matrix, n, matrixAt(allValues, n, index));
      if (failed === 0) continue;
      const problem = `eigvalsh: no convergence on [${n}, ${n}]: ${failed} entries off the diagonal did not vanish`;
      throw new LinAlgError(problem, { op: "eigvalsh", shape: [n, n] });
    }
  });
};
