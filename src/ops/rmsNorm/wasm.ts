import { rmsNormRows } from "../../kernels/index.js";
import type { Kernel } from "../../op/define.js";
import { operandValues, writeFloats } from "../wasm.js";
import type { RMSNormAttributes } from "./attributes.js";

export const rmsNormWasm: Kernel<RMSNormAttributes> = (inputs, [y], { eps }) => {
  const values = operandValues(inputs, y);
  if (values === undefined) return false;
  const [input, weight] = values;
  const columns = y.sizes[y.ndim - 1];
  writeFloats(y, (output) => rmsNormRows({ input, output, columns, weight, epsilon: eps }));
};
