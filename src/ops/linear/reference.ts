import type { Kernel } from "../../op/define.js";
import { readValues, writeValues } from "../../op/loops.js";
import { fromElements } from "../../tensor/create.js";
import { isFloat } from "../../tensor/dtype.js";
import type { Tensor } from "../../tensor/tensor.js";
import { addOp } from "../add/op.js";
import { matmulReference } from "../matmul/reference.js";
import { activateReference, namedInputs, type LinearAttributes } from "./epilogue.js";
import { linearOperands } from "./operands.js";

/** One dot product per row of x and row of the weight, summed in float64; integers exactly. */
export const linearReference: Kernel<LinearAttributes> = (inputs, [output], attributes) => {
  const named = namedInputs(inputs, attributes);
  if (!isFloat(output.dtype)) return multiplyIntegers(named, output);
  const { x, weight, bias, residual } = named;
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
  if (attributes.activation !== undefined) {
    const sums = fromElements(values.slice(), output.dims, "float64");
    activateReference(attributes.activation, sums, fromElements(values, output.dims, "float64"));
  }
  if (residual !== undefined) readValues(residual).forEach((value, i) => (values[i] += value));
  writeValues(output, values);
};

function multiplyIntegers(
  { x, weight, bias, residual }: ReturnType<typeof namedInputs<Tensor>>,
  output: Tensor,
): void {
  const { rows, transposed } = linearOperands(x, weight);
  matmulReference([rows, transposed], [output], undefined);
  for (const term of [bias, residual]) {
    if (term !== undefined) addOp.reference!([output, term], [output], undefined);
  }
}
