import { apply } from "../../op/apply.js";
import { defineBinary } from "../../op/elementwise.js";
import type { Tensor } from "../../tensor/tensor.js";
import { asOperand, type Operand } from "../operand.js";

export const logicalOrOp = defineBinary({
  name: "logicalOr",
  scalar: (a, b) => a !== 0 || b !== 0,
  result: "bool",
});

/** True where either is non-zero, with broadcasting. */
export const logicalOr = (a: Operand, b: Operand): Tensor =>
  apply(logicalOrOp, [asOperand(a, b), asOperand(b, a)], undefined);
