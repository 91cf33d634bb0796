import { scanLanes, wasmAvailable } from "../../kernels/index.js";
import type { Kernel } from "../../op/define.js";
import { rowMajorElements } from "../../op/copy.js";
import { lanesAlong } from "../wasm.js";

/** The bits of the reference. Half types are left to it, which rounds them once. */
export const cumsumWasm: Kernel<number> = ([x], [y], axis) => {
  if ((x.dtype !== "float32" && x.dtype !== "float64") || x.size === 0 || !wasmAvailable()) return false;
  const input = rowMajorElements(x) as Float32Array | Float64Array;
  scanLanes("sum", lanesAlong(x, axis, input), y.elements as Float32Array | Float64Array);
};
