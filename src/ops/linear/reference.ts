import type { Kernel } from "../../op/define.js";
import { readValues, writeValues } from "../../op/loops.js";
import { isFloat } from "../../tensor/dtype.js";
import type { Tensor } from "../../tensor/tensor.js";
import { addOp } from "../add/op.js";
import { matmulReference } from "../matmul/reference.js";
import { linearOperands } from "./operands.js";

/** One dot product per row of x and row of the weight, summed in float64; integers exactly. */
export const linearReference: Kernel<undefined> = (inputs, [output]) => {
  if (!isFloat(output.dtype)) return multiplyIntegers(inputs, output);
  const [x, weight, bias] = inputs;
  const [outSize, inSize] = weight.sizes;
  const [xs, weights] = [readValues(x), readValues(weight)];
  const start = bias === undefined ? new Float64Array(outSize) : readValues(bias);
  const values = new Float64Array(output.size);
  for (let i = 0; i < values.length; i++) {
    const j = i % outSize;
    const row = (i - j) / outSize;
    let total = 0;
    for (let p = 0; p < inSize; p++) total += xs[row * inSize + p] * weights[j * inSize + p];
    values[i] = total + start[j];
  }
  writeValues(output, values);
};

function multiplyIntegers([x, weight, bias]: readonly Tensor[], output: Tensor): void {
  const { rows, transposed } = linearOperands(x, weight);
  matmulReference([rows, transposed], [output], undefined);
  if (bias !== undefined) addOp.reference!([output, bias], [output], undefined);
}
