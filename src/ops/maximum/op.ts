import { apply } from "../../op/apply.js";
import { defineBinary } from "../../op/elementwise.js";
import type { Tensor } from "../../tensor/tensor.js";
import { asOperand, type Operand } from "../operand.js";

export const maximumOp = defineBinary({
  name: "maximum",
  scalar: Math.max,
  row: (a, p, pStep, b, q, qStep, y, o, length) => {
    for (let i = 0; i < length; i++, p += pStep, q += qStep) y[o + i] = Math.max(a[p], b[q]);
  },
  bigint: (a, b) => (a > b ? a : b),
});

/** The larger of a and b, with broadcasting; NaN if either is NaN. */
export const maximum = (a: Operand, b: Operand): Tensor =>
  apply(maximumOp, [asOperand(a, b), asOperand(b, a)], undefined);
