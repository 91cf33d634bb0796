import type { Kernel } from "../../op/define.js";
import { isFloat } from "../../tensor/dtype.js";
import { composedKernel } from "../grid.js";
import { floatMapKernel } from "../wasm.js";

const general = composedKernel("pow", 1);
const square = floatMapKernel("square");

/** Every number of elements takes the kernel, so that a power has the same bits wherever it stands. */
export const powWasm: Kernel<undefined> = ([a, b], outputs) => {
  const [y] = outputs;
  const squared =
    isFloat(y.dtype) && b.size === 1 && b.item() === 2 && a.ndim === y.ndim && a.dtype === y.dtype;
  return squared ? square([a], outputs, undefined) : general([a, b], outputs, undefined);
};
