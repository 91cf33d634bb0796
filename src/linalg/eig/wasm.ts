import { linalgKernels } from "../../kernels/linalg.js";
import type { Kernel } from "../../op/define.js";
import { writeValues } from "../../op/loops.js";
import { eachMatrix } from "../common/matrix.js";
import { decomposeGraded, partsAt } from "./graded.js";
import { noConvergence } from "./no-convergence.js";

/** Byte distances are rounded up to cache lines. */
const align = (bytes: number): number => Math.ceil(bytes / 64) * 64;

/**
 * Balancing, blocked Hessenberg reduction and QR iteration (assembly/linalg/eig). float32 matrices are computed in
 * float64 too: the iteration gains little from shorter numbers (OpenBLAS takes 31 ms for n = 256 in either type), one
 * build of the kernel serves both, and the results are right to float32 however large the rounding errors of n³ steps.
 */
const eigKernel =
  (op: string, vectors: boolean): Kernel<undefined> =>
  ([a], outputs) => {
    const found = linalgKernels();
    if (found === undefined) return false;
    const { exports, arena } = found;
    const n = a.sizes.at(-1)!;
    const matrix = arena.start;
    const values = [align(matrix + 8 * n * n), align(matrix + 8 * n * n) + align(8 * n)];
    const columns = [values[1] + align(8 * n), values[1] + align(8 * n) + align(8 * n * n)];
    const scratch = vectors ? columns[1] + align(8 * n * n) : columns[0];
    arena.reserve(scratch + exports.eigScratchF64(n) - arena.start);

    const results = outputs.map((output) => new Float64Array(output.size));
    const places = [...values, ...columns];
    let index = 0;
    for (const entries of eachMatrix(op, a)) {
      const parts = partsAt(results, n, index);
      const left = decomposeGraded(entries, n, parts, (ordered, scaled) => {
        arena.f64.set(ordered, matrix / 8);
        const missing = exports.eigF64(
          n,
          matrix,
          vectors,
          scaled,
          values[0],
          values[1],
          columns[0],
          columns[1],
          scratch,
        );
        parts.forEach((part, k) => part.set(arena.f64.subarray(places[k] / 8, places[k] / 8 + part.length)));
        return missing;
      });
      if (left !== 0) throw noConvergence(op, a, index, left);
      index++;
    }
    outputs.forEach((output, k) => writeValues(output, results[k]));
  };

export const eigWasm = eigKernel("eig", true);
export const eigvalsWasm = eigKernel("eigvals", false);
