import { apply } from "../../op/apply.js";
import { defineBinary } from "../../op/elementwise.js";
import type { Tensor } from "../../tensor/tensor.js";
import { asOperand, type Operand } from "../operand.js";
import { power, powerBigInt, powerInt32 } from "./reference.js";

export const powOp = defineBinary({ name: "pow", scalar: power, int32: powerInt32, bigint: powerBigInt });

/**
 * a to the power b, with broadcasting; NaN for a negative base under a fraction. Integers wrap at their width;
 * throws `LintelError` for an integer to a negative integer power, which is not an integer.
 */
export const pow = (a: Operand, b: Operand): Tensor =>
  apply(powOp, [asOperand(a, b), asOperand(b, a)], undefined);
