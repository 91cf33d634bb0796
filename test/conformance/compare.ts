import { readValues } from "../../src/op/loops.js";
import { allocate, isFloat, type DType } from "../../src/tensor/dtype.js";
import { writeElement } from "../../src/tensor/element.js";
import { fromElements } from "../../src/tensor/create.js";
import type { Tensor } from "../../src/tensor/tensor.js";

/** The distance from 1 to the next number. */
const epsilon: Partial<Record<DType, number>> = {
  float64: 2 ** -52,
  float32: 2 ** -23,
  float16: 2 ** -10,
  bfloat16: 2 ** -7,
};
/** Below this, float32 kernels may flush to zero. */
const tiny = 2 ** -126;

/** The float64 results as the dtype under test stores them. */
function rounded(expected: Tensor, dtype: DType): number[] {
  const values = readValues(expected);
  const elements = allocate(dtype, values.length);
  values.forEach((value, i) => {
    writeElement(elements, dtype, i, value);
  });
  return [...readValues(fromElements(elements, [values.length], dtype))];
}

/**
 * What differs by more than `terms` roundings, in words; `undefined` when nothing does. Single operations are
 * judged relative to each result, sums relative to the largest.
 */
export function mismatch(actual: Tensor, expected: Tensor, terms: number): string | undefined {
  const { dtype } = actual;
  if (String(actual.sizes) !== String(expected.sizes)) {
    return `shape [${actual.sizes.join(", ")}] instead of [${expected.sizes.join(", ")}]`;
  }
  const wanted = rounded(expected, dtype);
  const got = readValues(actual);
  const finite = wanted.filter(Number.isFinite).map(Math.abs);
  const largest = terms > 1 ? finite.reduce((a, b) => Math.max(a, b), 1) : 0;
  const unit = isFloat(dtype) ? (epsilon[dtype] ?? 0) : 0;
  for (let i = 0; i < got.length; i++) {
    const [x, y] = [got[i], wanted[i]];
    if (x === y || (Number.isNaN(x) && Number.isNaN(y))) continue;
    const allowed = 8 * terms * unit * Math.max(Math.abs(y), largest) + (unit > 0 && terms > 0 ? tiny : 0);
    if (!(Math.abs(x - y) <= allowed)) return `element ${i} is ${x} instead of ${y} (± ${allowed})`;
  }
  return undefined;
}
