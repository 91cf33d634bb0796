// What works on lanes of every layout: running sums and products, places of extremes, sums of exponentials, softmax of columns.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { softmaxColumns } from "./columns.js";
import { requireKernels, selectWasmBuild, wasmAvailable, type WasmBuild } from "./module.js";
import { foldLanes, locateExtremes, type Lanes } from "./reduce.js";
import { scanLanes } from "./scan.js";

type Floats = Float32Array | Float64Array;

const types = [Float32Array, Float64Array] as const;

const shapes = [
  [1, 1, 1], [3, 5, 1], [7, 257, 1], [1, 70_003, 1], [101, 700, 1], [1, 3, 2], [2, 65, 7], [1, 129, 16], [3, 64, 19],
  [1, 700, 33], [2, 70, 1500], [1, 3, 40_001],
]; // prettier-ignore

/** Numbers of both signs, many of them equal. */
function random(Type: (typeof types)[number], length: number, seed: number, scale = 8): Floats {
  let state = seed;
  return Type.from(
    Array.from({ length }, () => {
      state = (Math.imul(state, 1664525) + 1013904223) | 0;
      return (Math.round(((state >>> 8) / 2 ** 24) * 1000 - 500) / 500) * scale;
    }),
  );
}

const make = (Type: (typeof types)[number], [outer, length, inner]: readonly number[], seed = 1): Lanes => ({
  input: random(Type, outer * length * inner, seed),
  outer,
  length,
  inner,
});

/** All lanes, in the order of the results. */
function lanesOf({ outer, length, inner }: Lanes, values: Floats): number[][] {
  return Array.from({ length: outer * inner }, (_, i) => {
    const first = Math.floor(i / inner) * length * inner + (i % inner);
    return Array.from({ length }, (_element, j) => values[first + j * inner]);
  });
}

/** In pairs: one number after the other would lose more than the kernels do. */
function sumOf(values: readonly number[]): number {
  if (values.length <= 8) return values.reduce((total, x) => total + x, 0);
  const half = values.length >> 1;
  return sumOf(values.slice(0, half)) + sumOf(values.slice(half));
}

const epsilonOf = (values: Floats): number => (values instanceof Float32Array ? 2 ** -24 : 2 ** -53);

describe.for<WasmBuild>(["plain", "relaxed"])("%s build", (build) => {
  beforeEach((context) => {
    selectWasmBuild(build);
    if (!wasmAvailable()) context.skip("this runtime has no relaxed SIMD");
  });
  afterEach(() => {
    if (wasmAvailable()) requireKernels().arena.limit = 64 * 2 ** 20;
    selectWasmBuild("auto");
  });

  test.for(shapes)("running sums and products of [%d, %d, %d] have the bits of a loop", (shape) => {
    for (const Type of types) {
      const lanes = make(Type, shape);
      lanes.input[0] = -0;
      for (const operation of ["sum", "product"] as const) {
        const input = operation === "sum" ? lanes.input : lanes.input.map((x) => 1 + x / 64);
        const output = new Type(input.length);
        const totals = scanLanes(operation, { ...lanes, input }, output);
        const actual = lanesOf(lanes, output);
        const differing: string[] = [];
        lanesOf(lanes, input).forEach((values, i) => {
          let total = values[0];
          const expected = values.map((x, j) => {
            if (j > 0) total = operation === "sum" ? total + x : total * x;
            return total;
          });
          const wrong = Type.from(expected).findIndex((x, j) => !Object.is(x, actual[i][j]));
          if (wrong >= 0 || !Object.is(totals[i], total))
            differing.push(`${operation} of lane ${i}, element ${wrong}`);
        });
        expect(differing).toEqual([]);
      }
    }
  });

  test("products that overflow and vanish on the way do so as in a loop", () => {
    const values = [1e300, 1e-300, 1e300, 1e-300, 1e300, 1e-300, 1e300, 1e-300, -0, Infinity];
    for (const length of [8, 9, 10]) {
      const input = Float64Array.from(values.slice(0, length));
      const expected = input.reduce((total, x) => total * x, 1);
      for (const lanes of [
        { outer: 1, inner: 1 },
        { outer: 1, inner: 1, length },
      ]) {
        expect(scanLanes("product", { input, length, ...lanes })[0]).toBe(expected);
      }
    }
  });

  test.for(shapes)("the places of extremes of [%d, %d, %d]: the first one on ties", (shape) => {
    for (const Type of types) {
      const lanes = make(Type, shape, 3);
      for (const [fold, best] of [
        ["max", Math.max],
        ["min", Math.min],
      ] as const) {
        const expected = lanesOf(lanes, lanes.input).map((values) =>
          values.indexOf(values.reduce((a, b) => best(a, b))),
        );
        expect([...locateExtremes(fold, lanes)]).toEqual(expected);
      }
    }
  });

  test("the places of NaN, of zeros of both signs and of infinities", () => {
    const find = (fold: "max" | "min", values: number[], inner = 1): number[] => [
      ...locateExtremes(fold, {
        input: Float64Array.from(values),
        outer: 1,
        length: values.length / inner,
        inner,
      }),
    ];
    expect(find("max", [-0, 0, -0])).toEqual([0]);
    expect(find("min", [0, -0, 0])).toEqual([0]);
    expect(find("max", [1, NaN, 3, NaN, Infinity])).toEqual([1]);
    expect(find("min", [-Infinity, 1, NaN])).toEqual([2]);
    expect(find("max", [-Infinity, -Infinity])).toEqual([0]);
    expect(find("max", [1, NaN, NaN, 2, 3, 4], 2)).toEqual([1, 0]);
    const long = Array.from({ length: 2000 }, (_, i) => i % 500); // several blocks with the same extreme, then NaN
    expect(find("max", long)).toEqual([499]);
    expect(find("max", long.with(1700, NaN))).toEqual([1700]);
    expect(find("max", long.with(0, NaN).with(1700, NaN))).toEqual([0]);
  });

  test.for(shapes)("sums of exponentials of [%d, %d, %d]", (shape) => {
    for (const Type of types) {
      const lanes = make(Type, shape, 5);
      const largest = foldLanes("max", lanes);
      const sums = foldLanes("expSum", lanes, largest);
      let worst = 0;
      lanesOf(lanes, lanes.input).forEach((values, i) => {
        const expected = sumOf(values.map((x) => Math.exp(x - largest[i])));
        worst = Math.max(worst, Math.abs(sums[i] / expected - 1));
      });
      // Differences up to 16 are rounded, and so are exponentials.
      expect(worst).toBeLessThan(20 * epsilonOf(lanes.input));
    }
  });

  test.for(shapes)("softmax of the columns of [%d, %d, %d], and its logarithm", (shape) => {
    for (const Type of types) {
      for (const scale of [1, 40]) {
        const lanes = make(Type, shape, 7);
        lanes.input.set(lanes.input.map((x) => x * scale));
        const [soft, logs] = [0, 1].map(() => new Type(lanes.input.length).fill(NaN));
        expect(softmaxColumns("softmax", lanes, soft)).toBe(true);
        expect(softmaxColumns("logSoftmax", lanes, logs)).toBe(true);
        let [power, logarithm] = [0, 0];
        const [powers, logarithms] = [soft, logs].map((values) => lanesOf(lanes, values));
        lanesOf(lanes, lanes.input).forEach((values, i) => {
          const largest = values.reduce((a, b) => Math.max(a, b));
          const total = sumOf(values.map((x) => Math.exp(x - largest)));
          values.forEach((x, j) => {
            const [y, log] = [Math.exp(x - largest) / total, x - largest - Math.log(total)];
            // Below the normal numbers of float32, results may be 0.
            power = Math.max(power, (Math.abs(powers[i][j] - y) - 2 ** -126) / Math.max(y, 2 ** -126));
            logarithm = Math.max(logarithm, Math.abs(logarithms[i][j] - log) / (8 + 3 * Math.abs(log)));
          });
        });
        const unit = epsilonOf(lanes.input);
        expect(power).toBeLessThan(unit * (8 + 16 * scale)); // differences up to 16·scale are rounded
        expect(logarithm).toBeLessThan(unit);
      }
    }
  });

  test("softmax of columns with infinities and NaN; lanes beyond the arena are declined", () => {
    const inf = Infinity;
    for (const Type of types) {
      const input = Type.from([-inf, NaN, inf, -inf, 0, 1, 1, -inf, 0, 2, 2, -inf]);
      const lanes = { input, outer: 1, length: 3, inner: 4 };
      const output = new Type(12);
      softmaxColumns("softmax", lanes, output);
      expect([...output]).toEqual([0, NaN, NaN, NaN, 0.5, NaN, NaN, NaN, 0.5, NaN, NaN, NaN]);
      requireKernels().arena.limit = 128;
      expect(softmaxColumns("softmax", lanes, output)).toBe(false);
      requireKernels().arena.limit = 64 * 2 ** 20;
    }
  });
});
