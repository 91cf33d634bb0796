import { describe } from "../base/describe.js";
import { DTypeError } from "../base/errors.js";
import { full } from "../tensor/create.js";
import { isFloat, type DType } from "../tensor/dtype.js";
import { Tensor } from "../tensor/tensor.js";

/** A tensor, or a number that stands for a scalar tensor. */
export type Operand = Tensor | number;

/**
 * A number becomes a scalar of the partner's dtype, so that `x.mul(2)` never widens `x`. Beside an integer tensor
 * a fraction becomes float32, and an integer that the tensor's dtype cannot hold the narrowest that can.
 * Throws `DTypeError` for anything else.
 */
export function asOperand(value: Operand, partner: Operand): Tensor {
  if (value instanceof Tensor) return value;
  if (typeof value !== "number") throw notAnOperand(value);
  return full([], value, { dtype: partner instanceof Tensor ? scalarType(value, partner.dtype) : "float32" });
}

function notAnOperand(value: unknown): DTypeError {
  const given = describe(value);
  return new DTypeError(`an operand is a tensor or a number, got ${given}; wrap it in tensor(…)`, { given });
}

function scalarType(value: number, partner: DType): DType {
  if (isFloat(partner)) return partner;
  if (!Number.isInteger(value)) return "float32";
  if (partner === "int64" || (partner === "uint8" && value >= 0 && value <= 255)) return partner;
  return value === (value | 0) || Object.is(value, -0) ? "int32" : "int64";
}
