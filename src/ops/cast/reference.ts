import { copyElements, rowMajorElements } from "../../op/copy.js";
import type { Kernel } from "../../op/define.js";
import { isPlain, readValues, writeValues, type PlainElements } from "../../op/loops.js";
import { isFloat } from "../../tensor/dtype.js";
import { forEachOffset } from "../../tensor/tensor.js";

export const castReference: Kernel = ([x], [y]) => {
  if (x.dtype === y.dtype) return copyElements(x, y);
  if (isPlain(x) && isPlain(y) && y.dtype !== "bool") {
    (y.elements as PlainElements).set(rowMajorElements(x) as PlainElements); // the engine converts
    return;
  }
  if (x.dtype !== "int64" || isFloat(y.dtype) || y.dtype === "bool") return writeValues(y, readValues(x));
  // Beyond 2⁵³ a float64 on the way would lose the low bits, which are those that stay.
  let i = 0;
  forEachOffset(x, (offset) => {
    y.elements[i++] = Number(BigInt.asIntN(32, x.elements[offset] as bigint));
  });
};
