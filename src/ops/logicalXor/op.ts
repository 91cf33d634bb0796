import { apply } from "../../op/apply.js";
import { defineBinary } from "../../op/elementwise.js";
import type { Tensor } from "../../tensor/tensor.js";
import { asOperand, type Operand } from "../operand.js";

export const logicalXorOp = defineBinary({
  name: "logicalXor",
  scalar: (a, b) => (a !== 0) !== (b !== 0),
  result: "bool",
});

/** True where exactly one is non-zero, with broadcasting. */
export const logicalXor = (a: Operand, b: Operand): Tensor =>
  apply(logicalXorOp, [asOperand(a, b), asOperand(b, a)], undefined);
