import type { Reals } from "../../native/index.js";
import type { Kernel } from "../../op/define.js";
import { solveSystemsNative } from "../common/systems-native.js";
import type { SolveTriangularAttributes } from "./reference.js";

/** Multiply-adds of one matrix and its right-hand sides below which the WebAssembly kernel is faster. */
const LEAST_WORK = 3e7;

/** LAPACK's `trtrs`. It reads columns where we have rows: the other triangle, transposed. */
export const solveTriangularNative: Kernel<SolveTriangularAttributes> = (inputs, [y], attributes) => {
  const { lower, transpose, unitDiagonal } = attributes;
  return solveSystemsNative(
    { op: "solveTriangular", needs: ["trtrs"], leastWork: LEAST_WORK, checksItself: true },
    inputs,
    y,
    (lapack, precision, n) => {
      const trtrs = lapack.routine("trtrs", precision)!;
      const [triangle, turned, diagonal] = [
        lower ? "U" : "L",
        transpose ? "N" : "T",
        unitDiagonal ? "U" : "N",
      ] as const;
      return (a) =>
        finiteTriangle(a, n, lower, unitDiagonal) &&
        ((x, k) => trtrs(triangle, turned, diagonal, n, k, a, n, x, n) === 0);
    },
    (n, k) => (n * n * k) / 2,
  );
};

/** Whether everything that is read is finite. NaN and infinity are found, and named, by the next kernel. */
function finiteTriangle(a: Reals, n: number, lower: boolean, unitDiagonal: boolean): boolean {
  const skip = unitDiagonal ? 1 : 0;
  let sum = 0; // x − x is 0 for finite x only
  for (let i = 0; i < n; i++) {
    const [from, to] = lower ? [0, i + 1 - skip] : [i + skip, n];
    for (let at = i * n + from; at < i * n + to; at++) sum += a[at] - a[at];
  }
  return sum === 0;
}
