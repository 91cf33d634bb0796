import type { Kernel } from "../../op/define.js";
import { solveSystemsNative } from "../common/systems-native.js";

/** Multiply-adds of one matrix and its right-hand sides below which the WebAssembly kernel is faster. */
const LEAST_WORK = 2.4e6;

/** LAPACK's `getrf` of the transpose, which is how it reads our rows, and `getrs` with that transposed again. */
export const solveNative: Kernel<undefined> = (inputs, [y]) =>
  solveSystemsNative(
    { op: "solve", needs: ["getrf", "getrs"], leastWork: LEAST_WORK },
    inputs,
    y,
    (lapack, precision, n) => {
      const [getrf, getrs] = [lapack.routine("getrf", precision)!, lapack.routine("getrs", precision)!];
      const matrix = lapack.scratch[precision].reals("matrix", n * n);
      const swaps = lapack.scratch[precision].integers("pivots", n);
      return (a) => {
        matrix.set(a);
        if (getrf(n, n, matrix, n, swaps) !== 0) return false;
        return (x, k) => getrs("T", n, k, matrix, n, swaps, x, n) === 0;
      };
    },
    (n, k) => n ** 3 / 3 + n * n * k,
  );
