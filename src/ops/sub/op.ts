import { apply } from "../../op/apply.js";
import { defineBinary } from "../../op/elementwise.js";
import type { Tensor } from "../../tensor/tensor.js";
import { asOperand, type Operand } from "../operand.js";

export const subOp = defineBinary({
  name: "sub",
  scalar: (a, b) => a - b,
  row: (a, p, pStep, b, q, qStep, y, o, length) => {
    for (let i = 0; i < length; i++, p += pStep, q += qStep) y[o + i] = a[p] - b[q];
  },
  bigint: (a, b) => a - b,
  onBool: "logicalXor",
});

/** a − b with broadcasting. Throws `DTypeError` on two bool operands. */
export const sub = (a: Operand, b: Operand): Tensor =>
  apply(subOp, [asOperand(a, b), asOperand(b, a)], undefined);
