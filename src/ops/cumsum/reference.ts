import type { Kernel } from "../../op/define.js";
import { readBigInts, readValues, writeValues } from "../../op/loops.js";
import { isFloat } from "../../tensor/dtype.js";

/** Adds to every element the one a step before it along the axis, which is already a sum. */
export const cumsumReference: Kernel<number> = ([x], [y], axis) => {
  const step = x.sizes.slice(axis + 1).reduce((a, b) => a * b, 1);
  const block = step * x.sizes[axis];
  if (isFloat(x.dtype)) {
    const values = readValues(x);
    for (let start = 0; start < values.length; start += block) {
      for (let i = start + step; i < start + block; i++) values[i] += values[i - step];
    }
    writeValues(y, values);
  } else {
    const values = readBigInts(x);
    for (let start = 0; start < values.length; start += block) {
      for (let i = start + step; i < start + block; i++) values[i] += values[i - step];
    }
    (y.elements as BigInt64Array).set(values);
  }
};
