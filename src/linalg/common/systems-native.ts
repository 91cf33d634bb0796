// Linear systems on LAPACK: which right-hand side belongs to which matrix, for solve and solveTriangular.
import type { Lapack, Precision, Reals } from "../../native/index.js";
import type { Tensor } from "../../tensor/tensor.js";
import { allFinite } from "./matrix.js";
import { decline, matrixAt, onLapack, type NativeJob } from "./native.js";
import { planSystems, requireInRange } from "./systems.js";

/** Solves systems with one n×n matrix: x [n, k] in columns is overwritten. Returns false when it is singular. */
export type NativeSolver = (a: Reals) => ((x: Reals, k: number) => boolean) | false;

/**
 * Solves all systems of a and b into y. Returns false for singular matrices and results out of range too: the next
 * kernel names them.
 */
export function solveSystemsNative(
  job: Omit<NativeJob, "work">,
  [a, b]: readonly Tensor[],
  y: Tensor,
  plan: (lapack: Lapack, precision: Precision, n: number) => NativeSolver,
  workOf: (n: number, k: number) => number,
): void | false {
  const { n, k, count, each, results: places } = planSystems(a, b, y);
  const work = workOf(n, each * k);
  const ran = onLapack({ ...job, work }, [a, b], [y], ({ lapack, precision, operands, results }) => {
    const [matrices, rightSides] = operands;
    if (job.checksItself === true && !allFinite(rightSides)) return decline(results);
    const solver = plan(lapack, precision, n);
    const columns = k > 1 ? lapack.scratch[precision].reals("right", n * k) : undefined;
    for (let index = 0; index < count; index++) {
      const solve = solver(matrixAt(matrices, n * n, index));
      if (solve === false) return decline(results);
      for (let i = index * each; i < (index + 1) * each; i++) {
        const rightSide = matrixAt(rightSides, n * k, places[i].rightSide);
        const x = matrixAt(results[0], n * k, places[i].place);
        if (columns === undefined) x.set(rightSide);
        else lapack.transpose(rightSide, n, k, columns);
        if (!solve(columns ?? x, k)) return decline(results);
        if (columns !== undefined) lapack.transpose(columns, k, n, x);
      }
    }
    if (!allFinite(results[0])) return decline(results);
  });
  if (ran === false) return false;
  if (y.dtype !== "float32" && y.dtype !== "float64") requireInRange(job.op, a, y);
}
