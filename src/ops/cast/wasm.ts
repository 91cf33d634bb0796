import { narrowToHalves, wasmAvailable } from "../../kernels/index.js";
import type { Kernel } from "../../op/define.js";
import type { DType } from "../../tensor/dtype.js";
import { float32Values } from "../wasm.js";

/** To and from the half types, except from those wider than float32, which must round once. */
export const castWasm: Kernel<DType> = ([x], [y]) => {
  const takes = isHalf(x.dtype) || (isHalf(y.dtype) && x.dtype === "float32");
  if (!takes || y.dtype === "int64" || y.dtype === "bool") return false;
  const values = wasmAvailable() ? float32Values(x) : undefined;
  if (values === undefined) return false;
  if (isHalf(y.dtype)) narrowToHalves(values, y.dtype, y.elements as Uint16Array);
  else (y.elements as Float32Array).set(values);
};

const isHalf = (dtype: DType): dtype is "float16" | "bfloat16" => dtype === "float16" || dtype === "bfloat16";
