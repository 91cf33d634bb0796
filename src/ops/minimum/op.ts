import { apply } from "../../op/apply.js";
import { defineBinary } from "../../op/elementwise.js";
import type { Tensor } from "../../tensor/tensor.js";
import { asOperand, type Operand } from "../operand.js";

export const minimumOp = defineBinary({
  name: "minimum",
  scalar: Math.min,
  row: (a, p, pStep, b, q, qStep, y, o, length) => {
    for (let i = 0; i < length; i++, p += pStep, q += qStep) y[o + i] = Math.min(a[p], b[q]);
  },
  bigint: (a, b) => (a < b ? a : b),
});

/** The smaller of a and b, with broadcasting; NaN if either is NaN. */
export const minimum = (a: Operand, b: Operand): Tensor =>
  apply(minimumOp, [asOperand(a, b), asOperand(b, a)], undefined);
