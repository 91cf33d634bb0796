import type { Kernel } from "../../op/define.js";
import { readValues, writeValues } from "../../op/loops.js";

/** One dot product per row of x and row of the weight, summed in float64. */
export const linearReference: Kernel<undefined> = ([x, weight, bias], [output]) => {
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
