import { apply } from "../../op/apply.js";
import { defineBinary } from "../../op/elementwise.js";
import type { Tensor } from "../../tensor/tensor.js";
import { asOperand, type Operand } from "../operand.js";

export const addOp = defineBinary({ name: "add", scalar: (a, b) => a + b });

/** Elementwise sum with broadcasting. */
export const add = (a: Operand, b: Operand): Tensor =>
  apply(addOp, [asOperand(a, b), asOperand(b, a)], undefined);
