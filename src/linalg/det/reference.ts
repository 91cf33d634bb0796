import type { Kernel } from "../../op/define.js";
import { writeValues } from "../../op/loops.js";
import type { Tensor } from "../../tensor/tensor.js";
import { eliminateRows } from "../lu/reference.js";
import { eachMatrix } from "../common/matrix.js";
import { determinant } from "./determinant.js";

/** The pivots of every matrix in float64, and whether an odd number of rows was exchanged. */
export function* eachPivots(op: string, a: Tensor): Generator<{ pivots: Float64Array; odd: boolean }> {
  const n = a.sizes.at(-1)!;
  for (const matrix of eachMatrix(op, a)) {
    const { packed, odd } = eliminateRows(matrix, n, n);
    yield { pivots: Float64Array.from({ length: n }, (_, i) => packed[i * (n + 1)]), odd };
  }
}

export const detReference: Kernel<undefined> = ([a], [y]) => {
  writeValues(
    y,
    Array.from(eachPivots("det", a), ({ pivots, odd }) => determinant(pivots, odd)),
  );
};
