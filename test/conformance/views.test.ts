// Chains of views and copies against nested JavaScript arrays.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import "../../src/backends/cpu.js";
import {
  contiguous,
  expand,
  flip,
  permute,
  reshape,
  select,
  slice,
  sum,
  unsqueeze,
} from "../../src/ops/index.js";
import { arange } from "../../src/tensor/create.js";
import type { Tensor } from "../../src/tensor/tensor.js";

type Nested = number | Nested[];

const list = (x: Nested): Nested[] => x as Nested[];
const flat = (x: Nested): number[] => (typeof x === "number" ? [x] : x.flatMap(flat));
const nest = (values: number[], [size, ...rest]: readonly number[]): Nested => {
  if (size === undefined) return values[0];
  const length = rest.reduce((a, b) => a * b, 1);
  return Array.from({ length: size }, (_, i) => nest(values.slice(i * length, (i + 1) * length), rest));
};
/** Applies `change` to every entry at depth `axis`. */
const at = (x: Nested, axis: number, change: (part: Nested) => Nested): Nested =>
  axis === 0 ? change(x) : list(x).map((part) => at(part, axis - 1, change));
const swap = (x: Nested): Nested => list(list(x)[0]).map((_, j) => list(x).map((row) => list(row)[j]));

/** One step, done to the tensor and to the arrays; numbers choose axes and bounds. */
type Step = (x: Tensor, model: Nested, a: number, b: number) => [Tensor, Nested];

const steps: Step[] = [
  (x, model, a) => {
    if (x.ndim < 2) return [x, model];
    const axis = a % (x.ndim - 1);
    const order = [...x.sizes.keys()].with(axis, axis + 1).with(axis + 1, axis);
    return [permute(x, order), at(model, axis, swap)];
  },
  (x, model, a, b) => {
    if (x.ndim === 0) return [x, model];
    const axis = a % x.ndim;
    const [start, step] = [b % x.sizes[axis], 1 + (b % 2)];
    const keep = (part: Nested): Nested =>
      list(part)
        .slice(start)
        .filter((_, i) => i % step === 0);
    return [slice(x, axis, start, undefined, step), at(model, axis, keep)];
  },
  (x, model, a) => {
    if (x.ndim === 0) return [x, model];
    const axis = a % x.ndim;
    return [flip(x, axis), at(model, axis, (part) => list(part).toReversed())];
  },
  (x, model, a) => {
    const axis = a % (x.ndim + 1);
    return [unsqueeze(x, axis), at(model, axis, (part) => [part])];
  },
  (x, model, a) => {
    const count = 1 + (a % 3);
    return [expand(x, [count, ...x.sizes]), Array.from({ length: count }, () => model)];
  },
  (x, model, a, b) => {
    if (x.ndim < 2) return [x, model];
    const axis = a % x.ndim;
    const index = b % x.sizes[axis];
    return [select(x, axis, index - x.sizes[axis]), at(model, axis, (part) => list(part)[index])];
  },
  (x, model, a) => {
    if (x.ndim < 2) return [reshape(x, [-1, 1]), flat(model).map((value) => [value])];
    const axis = a % (x.ndim - 1);
    const merged = x.sizes.toSpliced(axis, 2, x.sizes[axis] * x.sizes[axis + 1]);
    return [reshape(x, merged), nest(flat(model), merged)];
  },
  (x, model) => [contiguous(x), model],
];

test("any chain shows the same elements as the arrays do", () => {
  const chain = fc.array(fc.tuple(fc.nat(steps.length - 1), fc.nat(11), fc.nat(11)), { maxLength: 8 });
  const shape = fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 3 });
  fc.assert(
    fc.property(shape, chain, (sizes, choices) => {
      const count = sizes.reduce((a, b) => a * b, 1);
      let x = reshape(arange(count), sizes);
      let model = nest(
        Array.from({ length: count }, (_, i) => i),
        sizes,
      );
      for (const [step, a, b] of choices) {
        if (x.size <= 500) [x, model] = steps[step](x, model, a, b);
      }
      expect(x.toArray()).toEqual(model);
      expect(sum(x).item()).toBe(flat(model).reduce((a, b) => a + b, 0));
    }),
    { numRuns: 2000 },
  );
});
