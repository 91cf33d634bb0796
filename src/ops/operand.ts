import { full } from "../tensor/create.js";
import type { DType } from "../tensor/dtype.js";
import { isFloat } from "../tensor/dtype.js";
import { Tensor } from "../tensor/tensor.js";

/** A tensor, or a number that stands for a scalar tensor. */
export type Operand = Tensor | number;

/**
 * A number becomes a scalar of the partner's dtype, so that `x.mul(2)` never widens `x`; a fraction beside an
 * integer tensor becomes float32.
 */
export function asOperand(value: Operand, partner: Operand): Tensor {
  if (value instanceof Tensor) return value;
  const dtype: DType = partner instanceof Tensor ? partner.dtype : "float32";
  return full([], value, { dtype: isFloat(dtype) || Number.isInteger(value) ? dtype : "float32" });
}
