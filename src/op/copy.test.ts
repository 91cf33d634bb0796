import * as fc from "fast-check";
import { expect, test } from "vitest";
import { fromElements } from "../tensor/create.js";
import { allocate, dtypes, type DType } from "../tensor/dtype.js";
import { asBytes } from "../tensor/words.js";
import { forEachOffset, type Tensor } from "../tensor/tensor.js";
import { copyElements } from "./copy.js";

/** A tensor whose bytes are all different patterns, among them signalling NaNs. */
function patterned(dtype: DType, length: number): Tensor {
  const elements = allocate(dtype, length);
  const bytes = asBytes(elements);
  for (let i = 0; i < bytes.length; i++) bytes[i] = i % 7 === 0 ? 0xff : Math.imul(i, 0x9e3779b1) >>> 24;
  return fromElements(elements, [length], dtype);
}

/** The bytes of every element, in the order of the indices. */
function bytesInOrder(x: Tensor): number[] {
  const bytes = asBytes(x.elements);
  const width = x.elements.BYTES_PER_ELEMENT;
  const result: number[] = [];
  forEachOffset(x, (offset) => result.push(...bytes.subarray(offset * width, (offset + 1) * width)));
  return result;
}

/** Strides of a dense tensor whose axes lie in memory in this order, outermost first, with `gap` elements after rows. */
function stridesOf(sizes: readonly number[], order: readonly number[], gap: number): number[] {
  const strides = sizes.map(() => 0);
  let step = 1;
  for (const [place, axis] of order.toReversed().entries()) {
    strides[axis] = step;
    step = step * sizes[axis] + (place === 0 ? gap : 0);
  }
  return strides;
}

const reach = (sizes: readonly number[], strides: readonly number[]): number =>
  sizes.reduce((sum, size, axis) => sum + (size - 1) * strides[axis], 1);

const orders = fc.shuffledSubarray([0, 1, 2], { minLength: 3 });
const size = fc.oneof(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 30, max: 70 }));

test("moves every element with all its bits, whatever the order of the axes on both sides", () => {
  fc.assert(
    fc.property(
      fc.record({
        dtype: fc.constantFrom(...dtypes),
        sizes: fc.tuple(fc.integer({ min: 1, max: 3 }), size, size),
        orders: fc.tuple(orders, orders),
        gaps: fc.tuple(fc.constantFrom(0, 3), fc.constantFrom(0, 5)),
        offset: fc.integer({ min: 0, max: 2 }),
        rotation: fc.integer({ min: 0, max: 2 }),
      }),
      ({ dtype, sizes: unrotated, orders: [fromOrder, toOrder], gaps, offset, rotation }) => {
        const sizes = [...unrotated.slice(rotation), ...unrotated.slice(0, rotation)];
        const [strides, targetStrides] = [
          stridesOf(sizes, fromOrder, gaps[0]),
          stridesOf(sizes, toOrder, gaps[1]),
        ];
        const from = patterned(dtype, offset + reach(sizes, strides)).withView({
          dims: sizes,
          strides,
          offset,
        });
        const whole = fromElements(allocate(dtype, reach(sizes, targetStrides) + 7), [], dtype);
        const to = whole.withView({ dims: sizes, strides: targetStrides, offset: 4 });
        copyElements(from, to);
        expect(bytesInOrder(to)).toEqual(bytesInOrder(from));
        // Nothing beside them is touched.
        const bytes = asBytes(whole.elements);
        const width = whole.elements.BYTES_PER_ELEMENT;
        forEachOffset(to, (place) => bytes.fill(0, place * width, (place + 1) * width));
        expect(bytes.every((byte) => byte === 0)).toBe(true);
      },
    ),
    { numRuns: 100 },
  );
});

test("matrices larger than a piece are moved piece by piece", () => {
  const [rows, columns] = [700, 1030];
  const from = patterned("int32", rows * columns).withView({
    dims: [rows, columns],
    strides: [1, rows],
    offset: 0,
  });
  const to = fromElements(allocate("int32", rows * columns), [rows, columns], "int32");
  copyElements(from, to);
  let wrong = 0;
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++)
      if (to.elements[i * columns + j] !== from.elements[j * rows + i]) wrong++;
  }
  expect(wrong).toBe(0);
});
