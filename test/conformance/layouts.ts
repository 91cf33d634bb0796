import { Random } from "../../src/base/random.js";
import { allocate, isFloat, type DType } from "../../src/tensor/dtype.js";
import { writeElement } from "../../src/tensor/element.js";
import { contiguousStrides } from "../../src/tensor/strides.js";
import { forEachOffset, Tensor } from "../../src/tensor/tensor.js";
import { numbered, type Operand } from "./case.js";

/** How an operand lies in memory. Elements that it does not show hold NaN (or 77), so that reading them tells. */
export const layouts = ["contiguous", "offset", "transposed", "strided", "expanded"] as const;
export type Layout = (typeof layouts)[number];

function stridesOf(sizes: readonly number[], layout: Layout): number[] {
  if (layout === "transposed") return contiguousStrides(sizes.toReversed()).toReversed() as number[];
  const strides = contiguousStrides(sizes) as number[];
  if (layout === "strided") return strides.map((step) => 2 * step);
  if (layout === "expanded") return strides.map((step, axis) => (axis === 0 ? 0 : step));
  return strides;
}

/** The values of an operand in row-major order, before they are rounded to the dtype. */
function makeValues(operand: Operand, dtype: DType, count: number, seed: number): number[] {
  const { values = "signed" } = operand;
  const random = new Random(seed);
  return Array.from({ length: count }, (_, i) => {
    if (typeof values !== "string") return values[i % values.length];
    if (dtype === "bool") return random.integer(0, 2);
    if (!isFloat(dtype)) return values === "positive" ? random.integer(1, 4) : random.integer(-3, 4);
    return values === "positive" ? 0.25 + 2 * random.uniform() : 1.5 * random.normal();
  });
}

/** An operand with data in the given layout. Equal seeds give equal values in every layout but `expanded`. */
export function makeOperand(operand: Operand, testType: DType, layout: Layout, seed: number): Tensor {
  const dtype = operand.dtype ?? testType;
  const dims = operand.shape.map((size) => Number(numbered(size)));
  const count = dims.reduce((a, b) => a * b, 1);
  const strides = stridesOf(dims, layout);
  const offset = layout === "contiguous" ? 0 : 3;
  const elements = allocate(dtype, layout === "contiguous" ? count : 2 * count + 7);
  for (let i = 0; i < elements.length; i++) writeElement(elements, dtype, i, isFloat(dtype) ? NaN : 77);
  const made = new Tensor({ dims, dtype, strides, offset, storage: { device: "cpu", elements } });
  const values = makeValues(operand, dtype, count, seed);
  let i = 0;
  forEachOffset(made, (at) => {
    writeElement(elements, dtype, at, values[i++]);
  });
  return made;
}
