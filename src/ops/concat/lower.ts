import type { KernelCall, Lowering } from "../../op/lower.js";
import { addSizes, multiplySizes, type Size } from "../../shape/dim.js";
import { behind, lowerCopy } from "../lower.js";

/** Every operand moves to its part of y. */
export const lowerConcat: Lowering<number> = (inputs, y, axis) => {
  const calls: KernelCall[] = [];
  let start: Size = 0;
  for (const x of inputs) {
    const at = behind(y.at, multiplySizes(start, y.strides[axis]));
    const moves = lowerCopy(x, { ...y, at, dims: x.dims });
    if (moves === undefined) return undefined;
    calls.push(...moves);
    start = addSizes(start, x.dims[axis]);
  }
  return calls;
};
