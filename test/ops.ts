// What the tests of ops share: data that an independent program can make too, and the cost of one call.
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

/** The ops that observers see while `run` runs. */
export function opsOf(run: () => unknown): OpEvent[] {
  const events: OpEvent[] = [];
  observe((event) => events.push(event), run);
  return events;
}

/** The cost of the only op that `run` applies, as formulas. */
export function costFormulas(run: () => Tensor): Cost {
  const events = opsOf(run);
  expect(events.map(({ op }) => op.name)).toHaveLength(1);
  const { op, inputs, outputs, attributes } = events[0];
  return op.cost({ inputs, outputs, attributes: attributes as never });
}
