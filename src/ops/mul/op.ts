import { apply } from "../../op/apply.js";
import { defineBinary } from "../../op/elementwise.js";
import type { Tensor } from "../../tensor/tensor.js";
import { asOperand, type Operand } from "../operand.js";

export const mulOp = defineBinary({
  name: "mul",
  scalar: (a, b) => a * b,
  row: (a, p, pStep, b, q, qStep, y, o, length) => {
    for (let i = 0; i < length; i++, p += pStep, q += qStep) y[o + i] = a[p] * b[q];
  },
  int32: Math.imul,
  bigint: (a, b) => a * b,
});

/** a · b with broadcasting; integers wrap at their width. */
export const mul = (a: Operand, b: Operand): Tensor =>
  apply(mulOp, [asOperand(a, b), asOperand(b, a)], undefined);
