import type { Kernel } from "../../op/define.js";
import { writeValues } from "../../op/loops.js";
import { eachMatrix } from "../common/matrix.js";
import { solveOne } from "../solve/reference.js";
import { requireInRange } from "../common/systems.js";

/** The solution of A·X = I in float64. */
export const invReference: Kernel<undefined> = ([a], [y]) => {
  const n = a.sizes.at(-1)!;
  const values = new Float64Array(y.size);
  let index = 0;
  for (const matrix of eachMatrix("inv", a)) {
    const x = values.subarray(index * n * n, (index + 1) * n * n);
    for (let i = 0; i < n; i++) x[i * (n + 1)] = 1;
    solveOne("inv", a, matrix, n, x, n, index);
    index++;
  }
  writeValues(y, values);
  requireInRange("inv", a, y);
};
