// What the tests of ops share: data that another program can make too, comparisons of tensors, and the cost of a call.
import { expect } from "vitest";
import "../src/backends/cpu.js";
import type { Cost } from "../src/op/define.js";
import { observe, type OpEvent } from "../src/op/observer.js";
import { tensor } from "../src/tensor/create.js";
import type { DType } from "../src/tensor/dtype.js";
import type { Tensor } from "../src/tensor/tensor.js";

/** `np.sin(np.arange(n) * step).reshape(shape)`. */
export function wave(shape: readonly number[], step = 1, dtype: DType = "float64"): Tensor {
  const size = shape.reduce((a, b) => a * b, 1);
  return tensor(
    Float64Array.from({ length: size }, (_, i) => Math.sin(i * step)),
    { shape, dtype },
  );
}

/** `np.sin(np.arange(n) ** 2 * step).reshape(shape)`: of full rank, unlike a wave. */
export function chirp(shape: readonly number[], step = 1, dtype: DType = "float64"): Tensor {
  const size = shape.reduce((a, b) => a * b, 1);
  return tensor(
    Float64Array.from({ length: size }, (_, i) => Math.sin(i ** 2 * step)),
    { shape, dtype },
  );
}

// ---- values ----

/** Numbers, bigints or booleans as a golden is written: nested as deep as the tensor has axes. */
export type Nested = number | bigint | boolean | readonly Nested[];

const shapeOf = (values: Nested): number[] =>
  Array.isArray(values)
    ? [values.length, ...(values.length > 0 ? shapeOf((values as Nested[])[0]) : [])]
    : [];

const flatten = (values: Nested): number[] =>
  Array.isArray(values) ? (values as Nested[]).flatMap(flatten) : [Number(values)];

/** Expects the shape of the nested values, and every value to within a few units in its last place. */
export function expectClose(actual: Tensor, expected: Nested, relative = 4 * 2 ** -52): void {
  expect(actual.shape).toEqual(shapeOf(expected));
  const wanted = flatten(expected);
  const wrong = flatten(actual.toArray()).flatMap((x, i) => {
    const y = wanted[i];
    const close =
      x === y || (Number.isNaN(x) && Number.isNaN(y)) || Math.abs(x - y) <= relative * Math.abs(y);
    return close ? [] : [`element ${i} is ${x} instead of ${y}`];
  });
  expect(wrong).toEqual([]);
}

/** Expects the values of `actual`, in row-major order, to be `expected` within `tolerance`. */
export function expectValues(actual: Tensor, expected: ArrayLike<number>, tolerance = 1e-6): void {
  const values: ArrayLike<number | bigint> = actual.dataSync();
  expect(values.length).toBe(expected.length);
  for (let i = 0; i < values.length; i++) {
    const difference = Math.abs(Number(values[i]) - expected[i]);
    const same = Object.is(Number(values[i]), expected[i]) || difference <= tolerance;
    if (!same) expect.fail(`element ${i}: ${values[i]} is not within ${tolerance} of ${expected[i]}`);
  }
}

/** The largest absolute difference between two tensors of equal shape; NaN counts as infinitely far from a number. */
export function largestDifference(actual: Tensor, expected: Tensor): number {
  if (String(actual.dims) !== String(expected.dims)) {
    throw new Error(`shapes differ: ${String(actual.dims)} and ${String(expected.dims)}`);
  }
  const [a, b] = [actual.dataSync(), expected.dataSync()];
  let largest = 0;
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [Number(a[i]), Number(b[i])];
    if (Object.is(x, y) || x === y) continue;
    const difference = Math.abs(x - y);
    largest = Math.max(largest, Number.isNaN(difference) ? Infinity : difference);
  }
  return largest;
}

// ---- costs ----

/** The ops that observers see while `run` runs. */
export function opsOf(run: () => unknown): OpEvent[] {
  const events: OpEvent[] = [];
  observe((event) => events.push(event), run);
  return events;
}

const costOf = ({ op, inputs, outputs, attributes }: OpEvent): Cost =>
  op.cost({ inputs, outputs, attributes: attributes as never });

/** The cost of the only op that `run` applies, as formulas. */
export function costFormulas(run: () => Tensor): Cost {
  const events = opsOf(run);
  expect(events.map(({ op }) => op.name)).toHaveLength(1);
  return costOf(events[0]);
}

/** What the outermost ops that `run` applies cost together, in numbers. */
export function priceOf(run: () => unknown): Record<keyof Cost, number> {
  const total = { flops: 0, matmulFlops: 0, bytesRead: 0, bytesWritten: 0 };
  for (const cost of opsOf(run).map(costOf)) {
    for (const key of Object.keys(total) as (keyof Cost)[]) total[key] += Number(cost[key].value());
  }
  return total;
}
