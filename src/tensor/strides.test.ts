import * as fc from "fast-check";
import { expect, test } from "vitest";
import { Polynomial } from "../shape/polynomial.js";
import type { Size } from "../shape/dim.js";
import { contiguousStrides, isContiguous, reshapeStrides } from "./strides.js";
import { forEachOffset } from "./tensor.js";

/** Where every element lies, in row-major order. */
function offsets(sizes: readonly number[], strides: readonly number[]): number[] {
  const list: number[] = [];
  forEachOffset({ sizes, strides, offset: 0, size: sizes.reduce((a, b) => a * b, 1) }, (at) => list.push(at));
  return list;
}

/** The strides that reach the given offsets, if any do: read off one step along every axis. */
function stridesOf(sizes: readonly number[], wanted: readonly number[]): number[] | undefined {
  const steps = contiguousStrides(sizes) as number[];
  const strides = sizes.map((size, axis) => (size > 1 ? wanted[steps[axis]] - wanted[0] : 0));
  return offsets(sizes, strides).every((at, i) => at === wanted[i]) ? strides : undefined;
}

/** Splits a count into sizes, ones among them. */
const factorisation = (count: number): fc.Arbitrary<number[]> =>
  fc.array(fc.integer({ min: 0, max: 100 }), { maxLength: 4 }).map((choices) => {
    const sizes: number[] = [];
    let rest = count;
    for (const choice of choices) {
      const divisors = Array.from({ length: rest }, (_, i) => i + 1).filter((d) => rest % d === 0);
      sizes.push(divisors[choice % divisors.length]);
      rest /= sizes.at(-1)!;
    }
    return [...sizes, rest];
  });

/** A shape with the strides of a permuted, sliced or expanded tensor. */
const layout = fc
  .array(
    fc.record({ size: fc.integer({ min: 1, max: 4 }), gap: fc.constantFrom(1, 1, 2), still: fc.nat(5) }),
    { maxLength: 4 },
  )
  .chain((axes) =>
    fc
      .shuffledSubarray(
        axes.map((_, i) => i),
        { minLength: axes.length, maxLength: axes.length },
      )
      .map((order) => {
        const strides: number[] = [];
        let step = 1;
        for (const axis of order.toReversed()) {
          strides[axis] = axes[axis].still === 0 ? 0 : step;
          step *= axes[axis].size * axes[axis].gap;
        }
        return { sizes: axes.map(({ size }) => size), strides };
      }),
  );

test("reshape finds strides exactly when there are some", () => {
  fc.assert(
    fc.property(
      layout.chain((from) =>
        factorisation(from.sizes.reduce((a, b) => a * b, 1)).map((to) => ({ from, to })),
      ),
      ({ from, to }) => {
        const wanted = offsets(from.sizes, from.strides);
        const found = reshapeStrides(from.sizes, from.strides, to) as number[] | undefined;
        expect(found && offsets(to, found)).toEqual(stridesOf(to, wanted) && wanted);
      },
    ),
    { numRuns: 3000 },
  );
});

test("contiguous strides visit storage in order, and only they and those of size-1 axes are contiguous", () => {
  fc.assert(
    fc.property(layout, ({ sizes, strides }) => {
      const inOrder = offsets(sizes, contiguousStrides(sizes) as number[]);
      expect(inOrder).toEqual(inOrder.map((_, i) => i));
      expect(isContiguous(sizes, strides)).toBe(offsets(sizes, strides).every((at, i) => at === i));
    }),
  );
});

test("works on names: splitting heads is a view, merging them after a transpose is not", () => {
  const [B, n] = [Polynomial.symbol("B"), Polynomial.symbol("n")];
  const flat: Size[] = [B, n, 768];
  const heads: Size[] = [B, n, 12, 64];
  expect(String(reshapeStrides(flat, contiguousStrides(flat), heads))).toBe("768·n,768,64,1");
  const [s0, s1, s2, s3] = contiguousStrides(heads);
  expect(reshapeStrides([B, 12, n, 64], [s0, s2, s1, s3], flat)).toBeUndefined();
  expect(String(reshapeStrides([B, 12, n, 64], [s0, s2, s1, s3], [B, 3, 4, n, 64]))).toBe(
    "768·n,256,64,768,1",
  );
});

test("no elements need no order", () => {
  expect(isContiguous([0, 3], [7, 7])).toBe(true);
  expect(contiguousStrides([2, 0, 3])).toHaveLength(3);
});
