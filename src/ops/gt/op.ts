import { apply } from "../../op/apply.js";
import { defineBinary } from "../../op/elementwise.js";
import type { Tensor } from "../../tensor/tensor.js";
import { asOperand, type Operand } from "../operand.js";

export const gtOp = defineBinary({
  name: "gt",
  scalar: (a, b) => a > b,
  row: (a, p, pStep, b, q, qStep, y, o, length) => {
    for (let i = 0; i < length; i++, p += pStep, q += qStep) y[o + i] = +(a[p] > b[q]);
  },
  bigint: (a, b) => a > b,
  result: "bool",
});

/** a > b element by element, as bool, with broadcasting; false where either is NaN. */
export const gt = (a: Operand, b: Operand): Tensor =>
  apply(gtOp, [asOperand(a, b), asOperand(b, a)], undefined);
