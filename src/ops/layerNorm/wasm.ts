import { layerNormRows } from "../../kernels/index.js";
import type { Kernel } from "../../op/define.js";
import { computesInFloat32, float32Values, writeFloat32 } from "../wasm.js";
import type { LayerNormAttributes } from "./attributes.js";

export const layerNormWasm: Kernel<LayerNormAttributes> = (inputs, [y], attributes) => {
  const [input, ...parameters] = computesInFloat32(y) ? inputs.map(float32Values) : [];
  if (input === undefined || parameters.includes(undefined)) return false;
  const weight = attributes.weight ? parameters[0] : undefined;
  const bias = attributes.bias ? parameters[parameters.length - 1] : undefined;
  const columns = y.sizes[y.ndim - 1];
  return writeFloat32(y, (output) =>
    layerNormRows({ input, output, columns, weight, bias, epsilon: attributes.eps }),
  );
};
