import type { Kernel } from "../../op/define.js";
import { decline, matrixAt, onLapack } from "../common/native.js";
import { decomposeGraded, partsAt } from "./graded.js";
import { noConvergence } from "./no-convergence.js";

/** Multiply-adds of the decomposition below which the WebAssembly kernel is faster; for values alone, up to n = 1024. */
const LEAST_WORK = 5e7;
const LEAST_WORK_OF_VALUES = 5 * 1024 ** 3;

/** LAPACK's `geev`, in float64 for every dtype: in float32 it takes as long. */
const eigKernel =
  (op: "eig" | "eigvals"): Kernel<undefined> =>
  ([a], outputs) => {
    const n = a.sizes.at(-1)!;
    const vectors = outputs.length > 2;
    const job = {
      op,
      needs: ["geev"] as const,
      work: (vectors ? 12.5 : 5) * n ** 3,
      leastWork: vectors ? LEAST_WORK : LEAST_WORK_OF_VALUES,
      precision: "float64" as const,
    };
    return onLapack(job, [a], outputs, ({ lapack, precision, operands, results }) => {
      const geev = lapack.routine("geev", precision)!;
      const scratch = lapack.scratch[precision];
      const matrix = scratch.reals("matrix", n * n);
      const columns = scratch.reals("left", vectors ? n * n : 1);
      const none = scratch.reals("right", 1);
      const right = vectors ? "V" : "N";
      const size = n * n;
      for (let index = 0; index < operands[0].length / size; index++) {
        const parts = partsAt(results as readonly Float64Array[], n, index);
        const entries = matrixAt(operands[0], size, index) as Float64Array;
        const left = decomposeGraded(entries, n, parts, (ordered, scaled) => {
          if (!scaled) return undefined; // geev always does
          lapack.transpose(ordered, n, n, matrix);
          const [re, im, vectorsRe, vectorsIm] = parts;
          const missing = geev("N", right, n, matrix, n, re, im, none, 1, columns, vectors ? n : 1);
          if (missing !== 0 || !vectors) return missing;
          lapack.transpose(columns, n, n, matrix);
          separatePairs(matrix as Float64Array, im, n, vectorsRe, vectorsIm);
          return 0;
        });
        if (left === undefined) return decline(results);
        if (left !== 0) throw noConvergence(op, a, index, left);
      }
    });
  };

/** Columns j and j + 1 of a complex pair hold the real and the imaginary part of the first vector. */
function separatePairs(
  packed: Float64Array,
  im: Float64Array,
  n: number,
  re: Float64Array,
  imaginary: Float64Array,
): void {
  re.set(packed);
  for (let j = 0; j < n; j++) {
    if (im[j] === 0) continue;
    for (let at = j; at < n * n; at += n) {
      re[at + 1] = packed[at];
      imaginary[at] = packed[at + 1];
      imaginary[at + 1] = 0 - packed[at + 1];
    }
    j++;
  }
}

export const eigNative = eigKernel("eig");
export const eigvalsNative = eigKernel("eigvals");
