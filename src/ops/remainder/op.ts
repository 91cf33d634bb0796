import { apply } from "../../op/apply.js";
import { defineBinary } from "../../op/elementwise.js";
import type { Tensor } from "../../tensor/tensor.js";
import { asOperand, type Operand } from "../operand.js";

function remainderOf(a: number, b: number): number {
  const rest = a % b;
  if (rest === 0) return b < 0 ? -0 : 0;
  return rest < 0 === b < 0 || Number.isNaN(rest) ? rest : rest + b;
}

function remainderOfBigInt(a: bigint, b: bigint): bigint {
  if (b === 0n) return 0n;
  const rest = a % b;
  return rest === 0n || rest < 0n === b < 0n ? rest : rest + b;
}

export const remainderOp = defineBinary({
  name: "remainder",
  scalar: remainderOf,
  row: (a, p, pStep, b, q, qStep, y, o, length) => {
    for (let i = 0; i < length; i++, p += pStep, q += qStep) y[o + i] = remainderOf(a[p], b[q]);
  },
  bigint: remainderOfBigInt,
  onBool: "logicalAnd",
});

/** What is left of a after whole multiples of b, with the sign of b; by zero it is NaN, or 0 for integers. */
export const remainder = (a: Operand, b: Operand): Tensor =>
  apply(remainderOp, [asOperand(a, b), asOperand(b, a)], undefined);
