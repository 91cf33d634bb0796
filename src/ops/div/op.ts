import { apply } from "../../op/apply.js";
import { defineBinary } from "../../op/elementwise.js";
import type { Tensor } from "../../tensor/tensor.js";
import { asOperand, type Operand } from "../operand.js";

export const divOp = defineBinary({
  name: "div",
  scalar: (a, b) => a / b,
  row: (a, p, pStep, b, q, qStep, y, o, length) => {
    for (let i = 0; i < length; i++, p += pStep, q += qStep) y[o + i] = a[p] / b[q];
  },
  result: "float",
});

/** a / b with broadcasting; integers give float32. */
export const div = (a: Operand, b: Operand): Tensor =>
  apply(divOp, [asOperand(a, b), asOperand(b, a)], undefined);
