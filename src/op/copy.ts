// Moving elements as they are stored, so that int64 and half types stay exact.
import { allocate, type Elements } from "../tensor/dtype.js";
import { fromElements } from "../tensor/create.js";
import type { Tensor } from "../tensor/tensor.js";
import { bulkLength, forEachRow, joinAxes } from "./loops.js";

/** Copies every element of `from` to the same place in `to`: same sizes, same dtype, any strides. */
export function copyElements(from: Tensor, to: Tensor): void {
  const [source, target] = [from.elements, to.elements];
  const { shape, walks } = joinAxes(from.sizes, [from, to]);
  const [step, targetStep] = walks.map(({ strides }) => strides.at(-1) ?? 1);
  forEachRow(shape, walks, ([p, q], _, length) => {
    if (step === 1 && targetStep === 1 && length >= bulkLength) {
      setElements(target, source.subarray(p, p + length), q);
    } else for (let i = 0; i < length; i++, p += step, q += targetStep) target[q] = source[p];
  });
}

/** `target.set` on two arrays of one type, which the type system cannot know. */
function setElements(target: Elements, source: Elements, at: number): void {
  (target as Float64Array).set(source as Float64Array, at);
}

/** The stored elements in row-major order: shared when they lie so already, otherwise copied. */
export function rowMajorElements(x: Tensor): Elements {
  const { elements, offset, size, dtype } = x;
  if (x.isContiguous) return elements.subarray(offset, offset + size);
  const result = allocate(dtype, size);
  copyElements(x, fromElements(result, x.dims, dtype));
  return result;
}
