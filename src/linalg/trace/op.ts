import { apply } from "../../op/apply.js";
import { defineOp } from "../../op/define.js";
import { readValues, writeValues } from "../../op/loops.js";
import { Polynomial } from "../../shape/polynomial.js";
import type { Tensor } from "../../tensor/tensor.js";
import { matrixAxes, smallerSize } from "../common/matrix.js";

export const traceOp = defineOp({
  name: "trace",
  infer: ([a]) => [{ dims: matrixAxes("trace", a).batch, dtype: a.dtype }],
  cost: ({ inputs: [a] }) => {
    const { batch, rows, columns } = matrixAxes("trace", a);
    return { flops: Polynomial.product(...batch, smallerSize("trace", rows, columns)) };
  },
  reference: ([a], [y]) => {
    const [rows, columns] = a.sizes.slice(-2);
    const values = readValues(a);
    const size = rows * columns;
    writeValues(
      y,
      Array.from({ length: y.size }, (_, i) => {
        let total = 0;
        for (let j = 0; j < Math.min(rows, columns); j++) total += values[i * size + j * columns + j];
        return total;
      }),
    );
  },
});

/** The sum of the diagonal of `[..., m, n]`. */
export const trace = (a: Tensor): Tensor => apply(traceOp, [a], undefined);
