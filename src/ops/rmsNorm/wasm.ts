import { rmsNormRows } from "../../kernels/index.js";
import type { Kernel } from "../../op/define.js";
import { computesInFloat32, float32Values, writeFloat32 } from "../wasm.js";
import type { RMSNormAttributes } from "./attributes.js";

export const rmsNormWasm: Kernel<RMSNormAttributes> = (inputs, [y], { eps }) => {
  const [input, ...parameters] = computesInFloat32(y) ? inputs.map(float32Values) : [];
  if (input === undefined || parameters.includes(undefined)) return false;
  const columns = y.sizes[y.ndim - 1];
  return writeFloat32(y, (output) =>
    rmsNormRows({ input, output, columns, weight: parameters[0], epsilon: eps }),
  );
};
