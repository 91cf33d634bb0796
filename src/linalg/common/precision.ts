import { cast } from "../../ops/cast/op.js";
import type { DType } from "../../tensor/dtype.js";
import type { Tensor } from "../../tensor/tensor.js";

const epsilons: Partial<Record<DType, number>> = {
  float64: 2 ** -52,
  float32: 2 ** -23,
  float16: 2 ** -10,
  bfloat16: 2 ** -7,
};

/** The distance from 1 to the next number of a float dtype, NumPy's `finfo(dtype).eps`. */
export const epsilonOf = (dtype: DType): number => epsilons[dtype] ?? 2 ** -23;

/** Half types as float32, so that a chain of ops rounds to half once, at its end. */
export const widened = (x: Tensor): Tensor =>
  x.dtype === "float16" || x.dtype === "bfloat16" ? cast(x, "float32") : x;
