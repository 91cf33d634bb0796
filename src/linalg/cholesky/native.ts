import type { Kernel } from "../../op/define.js";
import { requireFinite } from "../common/matrix.js";
import { decline, matrixAt, onLapack } from "../common/native.js";
import type { CholeskyAttributes } from "./reference.js";

/** Multiply-adds of the decomposition below which the WebAssembly kernel is faster. */
const LEAST_WORK = 1.2e6;

/** LAPACK's `potrf`, in place: our lower triangle is its upper one, for what lies in rows here are columns there. */
export const choleskyNative: Kernel<CholeskyAttributes> = ([a], outputs, { upper }) => {
  const n = a.sizes.at(-1)!;
  const job = {
    op: "cholesky",
    needs: ["potrf"] as const,
    work: n ** 3 / 6,
    leastWork: LEAST_WORK,
    checksItself: true,
  };
  return onLapack(job, [a], outputs, ({ lapack, precision, operands: [values], results }) => {
    const potrf = lapack.routine("potrf", precision)!;
    const [factors] = results;
    for (let row = 0; row * n < values.length; row++) {
      const i = row % n;
      const [from, to] = upper ? [row * n + i, (row + 1) * n] : [row * n, row * n + i + 1];
      factors.set(values.subarray(from, to), from);
    }
    requireFinite("cholesky", a, factors); // zeros stand where nothing is read
    for (let index = 0; index * n * n < values.length; index++) {
      const failed = potrf(upper ? "L" : "U", n, matrixAt(factors, n * n, index), n);
      if (failed !== 0) return decline(results);
    }
  });
};
