import * as fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import { ShapeError } from "../base/errors.js";
import { requireKernels } from "./module.js";
import { layerNormRows, logSoftmaxRows, rmsNormRows, softmaxRows, type Rows } from "./rows.js";

function apply(kernel: (rows: Rows) => void, values: ArrayLike<number>, columns: number): number[] {
  const input = Float32Array.from(values);
  const output = new Float32Array(input.length);
  kernel({ input, output, columns });
  return [...output];
}

const sum = (values: number[]) => values.reduce((total, x) => total + x, 0);

function softmax(row: number[]): number[] {
  const largest = Math.max(...row);
  const powers = row.map((x) => Math.exp(x - largest));
  return powers.map((x) => x / sum(powers));
}

const float32 = fc.float({ min: -50, max: 50, noNaN: true });
const row = fc.array(float32, { minLength: 1, maxLength: 70 });

/** Largest relative error; equal values count as 0, whatever they are. */
function relativeError(actual: number[], expected: number[]): number {
  return Math.max(...actual.map((x, i) => (x === expected[i] ? 0 : Math.abs(x / expected[i] - 1))));
}

test.for([1, 2, 3, 5, 67, 256, 257, 5000])(
  "float64 rows of %d agree with sums in integers of their unit",
  (columns) => {
    const rows = 3;
    // Multiples of 2⁻²⁰ below 16: their sums, and those of the squares of differences from a mean of 0, are exact.
    const half = Array.from(
      { length: rows * columns },
      (_, i) => Math.round(Math.sin(i * i) * 15 * 2 ** 12) / 2 ** 12,
    );
    const input = Float64Array.from(half);
    const [weight, bias] = [1, 2].map((phase) =>
      Float64Array.from({ length: columns }, (_, i) => Math.sin(i + phase)),
    );
    const run = (kernel: (rows: Rows) => void): Float64Array => {
      const output = new Float64Array(input.length);
      kernel({ input, output, columns });
      return output;
    };
    const actual = {
      softmax: run(softmaxRows),
      logSoftmax: run(logSoftmaxRows),
      layerNorm: run((call) => layerNormRows({ ...call, weight, bias, epsilon: 1e-5 })),
      rmsNorm: run((call) => rmsNormRows({ ...call, weight, epsilon: 1e-5 })),
    };
    const epsilon = 2 ** -52;
    for (let r = 0; r < rows; r++) {
      const values = half.slice(r * columns, (r + 1) * columns);
      const largest = values.reduce((a, b) => Math.max(a, b));
      const total = sum(values.map((x) => Math.exp(x - largest)));
      const mean = sum(values) / columns;
      const deviation = Math.sqrt(sum(values.map((x) => (x - mean) ** 2)) / columns + 1e-5);
      const root = Math.sqrt(sum(values.map((x) => x * x)) / columns + 1e-5);
      const growth = 8 + Math.log2(columns);
      for (const [i, x] of values.entries()) {
        const at = r * columns + i;
        const soft = Math.exp(x - largest) / total;
        // The sums of exponentials here, one after the other, lose up to `columns` roundings themselves.
        expect(Math.abs(actual.softmax[at] - soft)).toBeLessThanOrEqual(
          (growth + columns / 4) * epsilon * soft,
        );
        const log = x - largest - Math.log(total);
        expect(Math.abs(actual.logSoftmax[at] - log)).toBeLessThanOrEqual(
          (growth + columns / 4) * epsilon + 2 * epsilon * Math.abs(log),
        );
        const normal = ((x - mean) / deviation) * weight[i] + bias[i];
        expect(Math.abs(actual.layerNorm[at] - normal)).toBeLessThanOrEqual(
          (growth + columns / 4) * epsilon * (Math.abs(normal) + 1),
        );
        const scaled = (x / root) * weight[i];
        expect(Math.abs(actual.rmsNorm[at] - scaled)).toBeLessThanOrEqual(
          growth * epsilon * Math.abs(scaled),
        );
      }
    }
  },
);

test("float64 softmax of infinities, NaN and far values", () => {
  const run = (kernel: (rows: Rows) => void, values: number[]): number[] => {
    const output = new Float64Array(values.length);
    kernel({ input: Float64Array.from(values), output, columns: values.length });
    return [...output];
  };
  const inf = Infinity;
  expect(run(softmaxRows, [-inf, 0, -inf, 0, -inf])).toEqual([0, 0.5, 0, 0.5, 0]);
  expect(run(softmaxRows, [-inf, -inf, -inf])).toEqual([NaN, NaN, NaN]);
  expect(run(softmaxRows, [1, 2, 3, 4, NaN])).toEqual([NaN, NaN, NaN, NaN, NaN]);
  expect(run(softmaxRows, [1, inf, 3])).toEqual([NaN, NaN, NaN]);
  expect(run(softmaxRows, [1e308, -1e308])).toEqual([1, 0]);
  expect(run(logSoftmaxRows, [-inf, 5])).toEqual([-inf, 0]);
  expect(run(logSoftmaxRows, [0, 1000])).toEqual([-1000, 0]);
  expect(run(logSoftmaxRows, [NaN, 1])).toEqual([NaN, NaN]);
});

describe("row kernels", () => {
  afterEach(() => {
    requireKernels().arena.limit = 64 * 2 ** 20;
  });

  test("softmax agrees with float64 and sums to 1", () => {
    fc.assert(
      fc.property(row, (values) => {
        const actual = apply(softmaxRows, values, values.length);
        const expected = softmax(values);
        const normal = expected.map((x, i) => (x > 2 ** -126 ? i : -1)).filter((i) => i >= 0);
        // e^(x−max): the difference rounds to half an ulp of up to 100, the exponential to one.
        const pick = (list: number[]) => normal.map((i) => list[i]);
        expect(relativeError(pick(actual), pick(expected))).toBeLessThan(6e-6);
        expect(Math.abs(sum(actual) - 1)).toBeLessThan(2e-6);
      }),
      { numRuns: 300, seed: 3 },
    );
  });

  test("softmax is within 2 ulp where x − max is exact, however long the row", () => {
    for (const columns of [5, 16, 67, 512, 5000]) {
      const values = Array.from(
        { length: columns },
        (_, i) => Math.round(Math.sin(i * i) * 9 * 2 ** 12) / 2 ** 12,
      );
      const error = relativeError(apply(softmaxRows, values, columns), softmax(values));
      expect(error, `${columns} columns`).toBeLessThan(2 * 2 ** -23);
    }
  });

  test("logSoftmax agrees with float64", () => {
    fc.assert(
      fc.property(row, (values) => {
        const largest = Math.max(...values);
        const shift = largest + Math.log(sum(values.map((x) => Math.exp(x - largest))));
        const actual = apply(logSoftmaxRows, values, values.length);
        for (const [i, x] of values.entries()) {
          expect(Math.abs(actual[i] - (x - shift))).toBeLessThanOrEqual(3e-7 + 2e-7 * Math.abs(x - shift));
        }
      }),
      { numRuns: 300, seed: 4 },
    );
  });

  test("softmax and logSoftmax of infinities and NaN", () => {
    const inf = Infinity;
    expect(apply(softmaxRows, [-inf, 0, -inf, 0, -inf], 5)).toEqual([0, 0.5, 0, 0.5, 0]);
    expect(apply(softmaxRows, [-inf, -inf, -inf], 3)).toEqual([NaN, NaN, NaN]);
    expect(apply(softmaxRows, [1, NaN, 3, 4, 5], 5)).toEqual([NaN, NaN, NaN, NaN, NaN]);
    expect(apply(softmaxRows, [1, 2, 3, 4, NaN], 5)).toEqual([NaN, NaN, NaN, NaN, NaN]);
    expect(apply(softmaxRows, [1, inf, 3], 3)).toEqual([NaN, NaN, NaN]);
    expect(apply(softmaxRows, [3e38, -3e38], 2)).toEqual([1, 0]);
    expect(apply(logSoftmaxRows, [-inf, 5], 2)).toEqual([-inf, 0]);
    expect(apply(logSoftmaxRows, [-inf, -inf], 2)).toEqual([NaN, NaN]);
    expect(apply(logSoftmaxRows, [NaN, 1], 2)).toEqual([NaN, NaN]);
  });

  test("layerNorm agrees with float64, with and without weight and bias", () => {
    const vector = (columns: number, phase: number) =>
      Array.from({ length: columns }, (_, i) => Math.sin(i + phase));
    fc.assert(
      fc.property(row, fc.boolean(), fc.boolean(), (values, weighted, biased) => {
        const columns = values.length;
        const weight = weighted ? Float32Array.from(vector(columns, 1)) : undefined;
        const bias = biased ? Float32Array.from(vector(columns, 2)) : undefined;
        const mean = sum(values) / columns;
        const variance = sum(values.map((x) => (x - mean) ** 2)) / columns;
        const expected = values.map((x, i) => ((x - mean) / Math.sqrt(variance + 1e-5)) * (weight?.[i] ?? 1) + (bias?.[i] ?? 0)); // prettier-ignore
        const kernel = (rows: Rows) => layerNormRows({ ...rows, weight, bias, epsilon: 1e-5 });
        const actual = apply(kernel, values, columns);
        for (const [i, y] of expected.entries()) {
          expect(Math.abs(actual[i] - y)).toBeLessThanOrEqual(1e-7 * Math.abs(y) + 1e-9);
        }
      }),
      { numRuns: 300, seed: 5 },
    );
  });

  test("layerNorm keeps its precision far from zero", () => {
    const values = Array.from({ length: 256 }, (_, i) => 1e6 + (i % 2));
    const actual = apply((rows) => layerNormRows({ ...rows, epsilon: 0 }), values, 256);
    expect(actual).toEqual(values.map((x) => (x === 1e6 ? -1 : 1)));
  });

  test("rmsNorm agrees with float64", () => {
    fc.assert(
      fc.property(row, fc.boolean(), (values, weighted) => {
        const columns = values.length;
        const weight = weighted ? Float32Array.from(values, (_, i) => i - 2) : undefined;
        const scale = 1 / Math.sqrt(sum(values.map((x) => x * x)) / columns + 1e-6);
        const expected = values.map((x, i) => Math.fround(x * scale * (weight?.[i] ?? 1)));
        const actual = apply((rows) => rmsNormRows({ ...rows, weight, epsilon: 1e-6 }), values, columns);
        expect(relativeError(actual, expected)).toBeLessThan(1.3e-7);
      }),
      { numRuns: 300, seed: 6 },
    );
  });

  test("rows are independent across chunks, and may be longer than the arena's limit", () => {
    requireKernels().arena.limit = 256;
    for (const columns of [1, 3, 4, 7, 30, 100]) {
      const values = Array.from({ length: 11 * columns }, (_, i) => Math.cos(i));
      const expected = Array.from({ length: 11 }, (_, r) =>
        softmax(values.slice(r * columns, (r + 1) * columns)),
      );
      expect(relativeError(apply(softmaxRows, values, columns), expected.flat())).toBeLessThan(1e-6);
    }
  });

  test("refuses ragged rows and vectors of the wrong length", () => {
    const input = new Float32Array(7);
    expect(() => softmaxRows({ input, output: input, columns: 3 })).toThrow(ShapeError);
    expect(() => softmaxRows({ input, output: new Float32Array(6), columns: 7 })).toThrow(ShapeError);
    const bias = new Float32Array(6);
    expect(() => layerNormRows({ input, output: input, columns: 7, bias, epsilon: 0 })).toThrow(ShapeError);
    expect(() => rmsNormRows({ input, output: input, columns: 7, weight: bias, epsilon: 0 })).toThrow(
      ShapeError,
    );
    expect(() =>
      softmaxRows({ input: new Float32Array(0), output: new Float32Array(0), columns: 0 }),
    ).not.toThrow();
  });
});
