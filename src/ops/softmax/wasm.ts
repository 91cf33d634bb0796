import { softmaxRows } from "../../kernels/index.js";
import type { Kernel } from "../../op/define.js";
import { computesInFloat32, float32Values, writeFloat32 } from "../wasm.js";

/** The last axis only. */
export const softmaxWasm: Kernel<number> = ([x], [y], axis) => {
  const input = axis === x.ndim - 1 && computesInFloat32(y) ? float32Values(x) : undefined;
  if (input === undefined) return false;
  return writeFloat32(y, (output) => softmaxRows({ input, output, columns: x.sizes[axis] }));
};
