import * as fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { requireKernels, selectWasmBuild, wasmAvailable, type WasmBuild } from "./module.js";
import { foldLanes, type Fold, type Lanes } from "./reduce.js";

/** The exact sum of float64 numbers, in integers of 2⁻¹⁰⁷⁴, rounded at the end. */
function exactSum(values: Iterable<number>): number {
  let total = 0n;
  for (const value of values) total += units(value);
  // The upper 64 bits hold more than a float64 does.
  const sign = total < 0n ? -1 : 1;
  const magnitude = total < 0n ? -total : total;
  const spare = Math.max(0, magnitude.toString(2).length - 64);
  return sign * Number(magnitude >> BigInt(spare)) * 2 ** (spare - 537) * 2 ** -537;
}

const words = new DataView(new ArrayBuffer(8));

/** value·2¹⁰⁷⁴ */
function units(value: number): bigint {
  words.setFloat64(0, value);
  const bits = words.getBigUint64(0);
  const exponent = (bits >> 52n) & 2047n;
  const fraction = bits & ((1n << 52n) - 1n);
  const magnitude = exponent === 0n ? fraction : (fraction | (1n << 52n)) << (exponent - 1n);
  return bits >> 63n === 1n ? -magnitude : magnitude;
}

const random = (seed: number): (() => number) => {
  let state = seed;
  return () => (state = (state * 16807) % 2147483647) / 2147483647;
};

/** Magnitudes over `decades`, and every number followed at some distance by one that nearly cancels it. */
function illConditioned(length: number, decades: number, seed: number): Float64Array {
  const next = random(seed);
  const values = Float64Array.from({ length }, () => (next() - 0.5) * 10 ** (next() * decades));
  for (let i = 0; i < length / 2; i++) values[length - 1 - i] = -values[i] * (1 + 2 ** -20 * next());
  return values;
}

/** Lane [o, k] of [outer, length, inner]. */
function lane({ input, length, inner }: Lanes, o: number, k: number): number[] {
  return Array.from({ length }, (_, j) => input[(o * length + j) * inner + k]);
}

const shapes = [
  [1, 1, 1],
  [3, 5, 1],
  [2, 255, 1],
  [5, 257, 1],
  [1, 70_003, 1],
  [100, 700, 1],
  [1, 3, 2],
  [2, 65, 7],
  [1, 129, 8],
  [3, 64, 19],
  [1, 700, 33],
  [1, 70, 1500],
  [1, 3, 30_000],
] as const;

describe.for<WasmBuild>(["plain", "relaxed"])("foldLanes, %s build", (build) => {
  beforeEach((context) => {
    selectWasmBuild(build);
    if (!wasmAvailable()) context.skip("this runtime has no relaxed SIMD");
  });
  afterEach(() => selectWasmBuild("auto"));

  test("sums of cancelling numbers stay within the pairwise bound of the exact sum", () => {
    for (const [outer, length, inner] of shapes) {
      for (const Type of [Float32Array, Float64Array]) {
        const input = Type.from(
          illConditioned(outer * length * inner, Type === Float32Array ? 6 : 12, length),
        );
        const lanes = { input, outer, length, inner };
        const actual = foldLanes("sum", lanes);
        expect(actual.length).toBe(outer * inner);
        const step = Math.max(1, Math.floor(actual.length / 40));
        for (let i = 0; i < actual.length; i += step) {
          const values = lane(lanes, Math.floor(i / inner), i % inner);
          const size = values.reduce((sum, x) => sum + Math.abs(x), 0);
          const bound = (Math.log2(length) + 30) * 2 ** -53 * size;
          expect(Math.abs(actual[i] - exactSum(values))).toBeLessThanOrEqual(bound);
        }
      }
    }
  });

  test("many equal numbers sum without drift, where a running sum does not", () => {
    const length = 2 ** 22 + 77;
    const input = new Float64Array(length).fill(0.1);
    const exact = Number((units(0.1) * BigInt(length)) >> 1000n) * 2 ** -74; // 0.1 of float64, times the length
    const error = (sum: number) => Math.abs(sum / exact - 1);
    expect(error(foldLanes("sum", { input, outer: 1, length, inner: 1 })[0])).toBeLessThan(1e-15);
    expect(error(input.reduce((sum, x) => sum + x, 0))).toBeGreaterThan(1e-12);
  });

  test("squared distances agree with float64, far from zero", () => {
    for (const [outer, length, inner] of shapes) {
      for (const Type of [Float32Array, Float64Array]) {
        const next = random(length);
        const input = Type.from(Float64Array.from({ length: outer * length * inner }, () => 1e4 + next()));
        const lanes = { input, outer, length, inner };
        const shifts = foldLanes("sum", lanes).map((sum) => sum / length);
        const actual = foldLanes("sum", lanes, shifts);
        const step = Math.max(1, Math.floor(actual.length / 40));
        for (let i = 0; i < actual.length; i += step) {
          const values = lane(lanes, Math.floor(i / inner), i % inner);
          const expected = exactSum(values.map((x) => (x - shifts[i]) ** 2));
          expect(Math.abs(actual[i] - expected)).toBeLessThanOrEqual(
            (Math.log2(length) + 30) * 2 ** -53 * expected,
          );
        }
      }
    }
  });

  test("extremes are Math.max and Math.min of each lane, NaN and signed zeros included", () => {
    for (const [outer, length, inner] of shapes) {
      for (const Type of [Float32Array, Float64Array]) {
        for (const odd of [[], [NaN], [Infinity, -Infinity], [-0, 0]]) {
          const next = random(length + odd.length);
          const plain = () => (Object.is(odd[0], -0) ? -0 : next() - 0.5);
          const pick = () =>
            next() < 0.02 && odd.length > 0 ? odd[Math.floor(next() * odd.length)] : plain();
          const input = Type.from(Float64Array.from({ length: outer * length * inner }, pick));
          const lanes = { input, outer, length, inner };
          for (const [fold, better] of [
            ["max", Math.max],
            ["min", Math.min],
          ] as [Fold, (x: number, y: number) => number][]) {
            const actual = foldLanes(fold, lanes);
            const step = Math.max(1, Math.floor(actual.length / 40));
            for (let i = 0; i < actual.length; i += step) {
              const expected = lane(lanes, Math.floor(i / inner), i % inner).reduce((x, y) => better(x, y));
              expect(actual[i]).toBe(expected);
            }
          }
        }
      }
    }
  });
});

describe("foldLanes", () => {
  test("of any small shape is the fold of its lanes", () => {
    const side = fc.integer({ min: 1, max: 20 });
    fc.assert(
      fc.property(side, side, side, (outer, length, inner) => {
        const input = Float32Array.from({ length: outer * length * inner }, (_, i) => (i * 37) % 101); // exact sums
        const lanes = { input, outer, length, inner };
        const expected = Array.from({ length: outer * inner }, (_, i) =>
          lane(lanes, Math.floor(i / inner), i % inner).reduce((sum, x) => sum + x, 0),
        );
        expect([...foldLanes("sum", lanes)]).toEqual(expected);
      }),
      { numRuns: 200, seed: 5 },
    );
  });

  test("uses little scratch for large operands", () => {
    foldLanes("sum", { input: new Float32Array(2 ** 20), outer: 1, length: 2 ** 20, inner: 1 });
    expect(requireKernels().arena.byteLength).toBeLessThan(2 ** 26);
  });

  test("infinities of both signs sum to NaN, of one sign to that", () => {
    const sum = (values: number[]) =>
      foldLanes("sum", { input: Float64Array.from(values), outer: 1, length: values.length, inner: 1 })[0];
    expect(sum([1, Infinity, 2])).toBe(Infinity);
    expect(sum([-Infinity, 1])).toBe(-Infinity);
    expect(sum([Infinity, 1, -Infinity])).toBe(NaN);
  });
});
