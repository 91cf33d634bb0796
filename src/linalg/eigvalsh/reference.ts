import type { Kernel } from "../../op/define.js";
import { writeValues } from "../../op/loops.js";
import { jacobiEigh, type EighAttributes } from "../eigh/reference.js";
import { eachMatrix } from "../common/matrix.js";

/** The eigenvalues that Jacobi rotations in float64 leave on the diagonal. */
export const eigvalshReference: Kernel<EighAttributes> = ([a], [values], { uplo }) => {
  const n = a.sizes.at(-1)!;
  const all = new Float64Array(values.size);
  let index = 0;
  for (const matrix of eachMatrix("eigvalsh", a)) {
    all.set(jacobiEigh("eigvalsh", matrix, n, uplo).eigenvalues, index++ * n);
  }
  writeValues(values, all);
};
