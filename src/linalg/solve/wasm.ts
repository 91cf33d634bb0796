import type { Kernel } from "../../op/define.js";
import { solveSystems, type SystemKernel } from "../common/systems-wasm.js";

const kernel: SystemKernel = {
  scratch: ({ exports, double }, n, k) =>
    double ? exports.solveScratchF64(n, k) : exports.solveScratchF32(n, k),
  run: ({ exports, double }, { count, each, n, k, a, aRow, x, scratch }) =>
    (double ? exports.solveF64 : exports.solveF32)(count, each, n, k, a, aRow, x, scratch),
};

/** Recursive LU and triangular systems, many matrices a call: assembly/linalg/solve.ts. */
export const solveWasm: Kernel<undefined> = (inputs, [y]) => solveSystems("solve", inputs, y, kernel);
