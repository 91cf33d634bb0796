import { apply } from "../../op/apply.js";
import { defineOp } from "../../op/define.js";
import { checkDType, type DType } from "../../tensor/dtype.js";
import type { Tensor } from "../../tensor/tensor.js";
import { castReference } from "./reference.js";

export const castOp = defineOp<DType>({
  name: "cast",
  infer: ([x], dtype) => [{ dims: x.dims, dtype }],
  reference: castReference,
});

/**
 * x in another dtype; x itself when it has it already. Floats round to nearest; floats to integers truncate,
 * integers wrap at the new width, and anything but zero is true.
 */
export const cast = (x: Tensor, dtype: DType): Tensor =>
  x?.dtype === dtype ? x : apply(castOp, [x], checkDType(dtype));
