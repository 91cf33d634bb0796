import type { Kernel } from "../../op/define.js";
import { keepTriangles } from "../cholesky/reference.js";
import { solveSystems } from "../common/systems-wasm.js";
import type { SolveTriangularAttributes } from "./reference.js";

/** Recursive substitution, many matrices a call: assembly/linalg/triangular.ts. */
export const solveTriangularWasm: Kernel<SolveTriangularAttributes> = (inputs, [y], attributes) => {
  const { lower, transpose, unitDiagonal } = attributes;
  return solveSystems("solveTriangular", inputs, y, {
    scratch: ({ exports, double }, n, k) =>
      double ? exports.triangularScratchF64(n, k) : exports.triangularScratchF32(n, k),
    run: ({ exports, double }, { count, each, n, k, a, aRow, x, scratch }) => {
      const solve = double ? exports.solveTriangularF64 : exports.solveTriangularF32;
      return solve(count, each, n, k, a, aRow, lower, transpose, unitDiagonal, x, scratch);
    },
    readOf: (values, n) => {
      const read = keepTriangles(values, n, !lower);
      if (unitDiagonal) for (let i = 0; i * n < read.length; i++) read[i * n + (i % n)] = 1;
      return read;
    },
  });
};
