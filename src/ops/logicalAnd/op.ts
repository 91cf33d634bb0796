import { apply } from "../../op/apply.js";
import { defineBinary } from "../../op/elementwise.js";
import type { Tensor } from "../../tensor/tensor.js";
import { asOperand, type Operand } from "../operand.js";

export const logicalAndOp = defineBinary({
  name: "logicalAnd",
  scalar: (a, b) => a !== 0 && b !== 0,
  result: "bool",
});

/** True where both are non-zero, with broadcasting. */
export const logicalAnd = (a: Operand, b: Operand): Tensor =>
  apply(logicalAndOp, [asOperand(a, b), asOperand(b, a)], undefined);
