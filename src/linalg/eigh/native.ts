import { LinAlgError } from "../../base/errors.js";
import type { Kernel } from "../../op/define.js";
import { matrixAt, onLapack } from "../common/native.js";
import { columnSigns } from "../common/signs.js";
import type { EighAttributes } from "./reference.js";

/** Multiply-adds of the decomposition below which the WebAssembly kernel is faster. */
const LEAST_WORK = 9e6;

/**
 * LAPACK's `syevd`. It reads columns where we have rows, so our lower triangle is its upper one; its eigenvectors,
 * one after the other, are turned into columns.
 */
export const eighNative: Kernel<EighAttributes> = ([a], outputs, { uplo }) => {
  const n = a.sizes.at(-1)!;
  const call = { op: "eigh", needs: ["syevd"] as const, work: 4.5 * n ** 3, leastWork: LEAST_WORK };
  return onLapack(call, [a], outputs, ({ lapack, precision, operands: [matrices], results }) => {
    const [allValues, allVectors] = results;
    const syevd = lapack.routine("syevd", precision)!;
    const matrix = lapack.scratch[precision].reals("matrix", n * n);
    for (let index = 0; index < allValues.length / n; index++) {
      matrix.set(matrixAt(matrices, n * n, index));
      const failed = syevd("V", uplo === "L" ? "U" : "L", n, matrix, n, matrixAt(allValues, n, index));
      if (failed !== 0) {
        throw new LinAlgError(
          `eigh: no convergence on [${n}, ${n}]: ${failed} entries off the diagonal did not vanish`,
          { op: "eigh", shape: [n, n] },
        );
      }
      const vectors = matrixAt(allVectors, n * n, index);
      lapack.transpose(matrix, n, n, vectors);
      const signs = columnSigns(vectors, n, n);
      for (let i = 0, at = 0; i < n; i++) for (let j = 0; j < n; j++, at++) vectors[at] *= signs[j];
    }
  });
};
