import { layerNormRows } from "../../kernels/index.js";
import type { Kernel } from "../../op/define.js";
import { operandValues, writeFloats } from "../wasm.js";
import type { LayerNormAttributes } from "./attributes.js";

export const layerNormWasm: Kernel<LayerNormAttributes> = (inputs, [y], attributes) => {
  const values = operandValues(inputs, y);
  if (values === undefined) return false;
  const [input, ...parameters] = values;
  const weight = attributes.weight ? parameters[0] : undefined;
  const bias = attributes.bias ? parameters[parameters.length - 1] : undefined;
  const columns = y.sizes[y.ndim - 1];
  writeFloats(y, (output) =>
    layerNormRows({ input, output, columns, weight, bias, epsilon: attributes.eps }),
  );
};
