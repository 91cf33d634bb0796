import { apply } from "../../op/apply.js";
import { defineBinary } from "../../op/elementwise.js";
import type { Tensor } from "../../tensor/tensor.js";
import { asOperand, type Operand } from "../operand.js";

export const addOp = defineBinary({
  name: "add",
  scalar: (a, b) => a + b,
  row: (a, p, pStep, b, q, qStep, y, o, length) => {
    for (let i = 0; i < length; i++, p += pStep, q += qStep) y[o + i] = a[p] + b[q];
  },
  bigint: (a, b) => a + b,
});

/** a + b with broadcasting; a number keeps the dtype of the tensor. */
export const add = (a: Operand, b: Operand): Tensor =>
  apply(addOp, [asOperand(a, b), asOperand(b, a)], undefined);
