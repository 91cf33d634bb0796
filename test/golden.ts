import { expect } from "vitest";
import type { Cost } from "../src/op/define.js";
import type { Tensor } from "../src/tensor/tensor.js";
import { opsOf } from "./ops.js";

type Nested = number | bigint | boolean | readonly Nested[];

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

/** What the outermost ops that `run` applies cost together, in numbers. */
export function priceOf(run: () => unknown): Record<keyof Cost, number> {
  const total = { flops: 0, matmulFlops: 0, bytesRead: 0, bytesWritten: 0 };
  for (const { op, inputs, outputs, attributes } of opsOf(run)) {
    const cost = op.cost({ inputs, outputs, attributes: attributes as never });
    for (const key of Object.keys(total) as (keyof Cost)[]) total[key] += Number(cost[key].value());
  }
  return total;
}
