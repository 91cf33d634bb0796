import type { Kernel } from "../../op/define.js";
import { readBigInts, readValues, writeValues } from "../../op/loops.js";
import { isFloat } from "../../tensor/dtype.js";

/** Adds to every element the one a step before it along the axis, which is already a sum. */
export const cumsumReference: Kernel<number> = ([x], [y], axis) => {
  const step = x.sizes.slice(axis + 1).reduce((a, b) => a * b, 1);
  const isFirst = (i: number) => Math.floor(i / step) % x.sizes[axis] === 0;
  if (isFloat(x.dtype)) {
    const values = readValues(x);
    for (let i = 0; i < values.length; i++) if (!isFirst(i)) values[i] += values[i - step];
    writeValues(y, values);
  } else {
    const values = readBigInts(x);
    for (let i = 0; i < values.length; i++) if (!isFirst(i)) values[i] += values[i - step];
    (y.elements as BigInt64Array).set(values);
  }
};
