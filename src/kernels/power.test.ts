import { afterEach, beforeEach, describe, expect, test } from "vitest";
import golden from "../../test/goldens/functions.json" with { type: "json" };
import { power } from "../ops/pow/reference.js";
import { computeGrid, gridOps } from "./grid.js";
import { selectWasmBuild, wasmAvailable, type WasmBuild } from "./module.js";

type Floats = Float32Array | Float64Array;

function combine<T extends Floats>(op: "pow" | "remainder", a: T, b: T): T {
  const data = a.slice() as T;
  const operands = [a, b].map((x) => ({ data: x, offset: 0, rowStride: 0, wide: true }));
  const kernel = a instanceof Float32Array ? "composeF32" : "composeF64";
  computeGrid({
    kernel,
    op: gridOps[op],
    rows: 1,
    columns: a.length,
    operands,
    output: { data, offset: 0 },
  });
  return data;
}

/** Distance from the truth in ulps of it, of a type with `digits` bits and the smallest normal exponent. */
function ulpError(actual: number, truth: number, digits: number, smallest: number): number {
  if (Object.is(actual, truth)) return 0;
  if (!Number.isFinite(actual) || !Number.isFinite(truth)) return Infinity;
  const exponent = Math.max(Math.floor(Math.log2(Math.abs(truth) || Number.MIN_VALUE)), smallest);
  return Math.abs(actual - truth) / 2 ** Math.max(exponent + 1 - digits, -1074);
}

/** Zeros, ones, halves, infinities, NaN, odd and even integers up to where all are even, subnormals, the largest. */
const special = [
  0, 1, 2, 3, 0.5, 1.5, 1 / 3, Infinity, 2 ** 23 - 1, 2 ** 24 - 1, 2 ** 24, 2 ** 52 - 1, 2 ** 53 - 1, 2 ** 53, 2 ** -149,
  2 ** -126, 3.4028234663852886e38, 5e-324, 2 ** -1022, Number.MAX_VALUE, 1 - 2 ** -24, 1 + 2 ** -23, 1 - 2 ** -53,
].flatMap((x) => [x, -x]).concat(NaN); // prettier-ignore

const pairs = special.flatMap((a) => special.map((b): [number, number] => [a, b]));

/** What JavaScript leaves, with the sign of the divisor. */
function remainder(a: number, b: number): number {
  const rest = a % b;
  if (rest === 0) return b < 0 ? -0 : 0;
  return rest < 0 === b < 0 || Number.isNaN(rest) ? rest : rest + b;
}

/** Numbers of both signs, spread evenly over powers of two. */
function spread(length: number, low: number, high: number, seed: number): Float64Array {
  let state = seed;
  const next = () => ((state = (Math.imul(state, 1664525) + 1013904223) | 0) >>> 0) / 2 ** 32;
  return Float64Array.from({ length }, () => (next() < 0.5 ? -1 : 1) * 2 ** (low + (high - low) * next()));
}

describe.for<WasmBuild>(["plain", "relaxed"])("%s build", (build) => {
  beforeEach((context) => {
    selectWasmBuild(build);
    if (!wasmAvailable()) context.skip("this runtime has no relaxed SIMD");
  });
  afterEach(() => selectWasmBuild("auto"));

  test("float64 powers are within 2 ulp of mpmath's, exact ones exact", () => {
    const { x, y, pow } = golden.powers;
    const actual = combine("pow", Float64Array.from(x), Float64Array.from(y));
    pow.forEach((truth, i) => {
      const error = ulpError(actual[i], truth, 53, -1022);
      expect(error, `${x[i]} ** ${y[i]}`).toBeLessThanOrEqual(1); // the truth is rounded by half an ulp
      const exact = Number.isInteger(truth) && Math.abs(truth) <= 2 ** 53;
      expect(exact ? error : 0, `${x[i]} ** ${y[i]}`).toBe(0);
    });
  });

  test("float32 powers are within 0.51 ulp", () => {
    const [x, y] = [spread(60000, -6, 6, 1).map(Math.abs), spread(60000, -8, 5, 2)].map((list) =>
      Float32Array.from(list),
    );
    const actual = combine("pow", x, y);
    let worst = 0;
    for (let i = 0; i < x.length; i++) {
      const truth = x[i] ** y[i];
      const reached = Number.isFinite(Math.fround(truth)) ? truth : Infinity;
      worst = Math.max(worst, ulpError(actual[i], reached, 24, -126));
    }
    expect(worst).toBeLessThanOrEqual(0.51);
  });

  test.for([Float32Array, Float64Array])("powers of special numbers, %o", (Type) => {
    const [a, b] = [0, 1].map((k) => Type.from(pairs.map((pair) => pair[k])));
    const [actual, truth] = [combine("pow", a, b), Type.from(pairs.map((_, i) => power(a[i], b[i])))];
    const digits = Type === Float32Array ? 24 : 53;
    for (let i = 0; i < a.length; i++) {
      const error = ulpError(actual[i], truth[i], digits, digits === 24 ? -126 : -1022);
      expect(error, `${a[i]} ** ${b[i]} is ${actual[i]}`).toBeLessThanOrEqual(1);
      expect(Math.sign(actual[i]), `${a[i]} ** ${b[i]}`).toBe(Math.sign(truth[i]));
    }
  });

  test.for([Float32Array, Float64Array])(
    "small integer powers and roots of squares are exact, %o",
    (Type) => {
      const bases = Type.from(Array.from({ length: 199 }, (_, i) => i - 99));
      for (const n of [0, 1, 2, 3]) {
        expect([
          ...combine(
            "pow",
            bases,
            bases.map(() => n),
          ),
        ]).toEqual([...bases].map((x) => x ** n));
      }
      const squares = bases.map((x) => x * x);
      expect(
        combine(
          "pow",
          squares,
          bases.map(() => 0.5),
        ),
      ).toEqual(bases.map(Math.abs));
    },
  );

  test.for([Float32Array, Float64Array])("remainders have the bits of the definition, %o", (Type) => {
    const range = Type === Float32Array ? 40 : 980;
    const hostile = spread(3000, -range, range, 3);
    const near = spread(3000, -3, 8, 4);
    // Whole multiples of a divisor and their neighbours: quotients that round up to integers.
    const multiples = Float64Array.from(
      near,
      (x, i) => Type.of(x)[0] * (i % 40) * (1 + ((i % 3) - 1) * 2 ** -23),
    );
    const a = Type.from([...pairs.map(([x]) => x), ...hostile, ...near, ...multiples]);
    const b = Type.from([...pairs.map(([, y]) => y), ...hostile.toReversed(), ...near.toReversed(), ...near]);
    const actual = combine("remainder", a, b);
    const wrong: string[] = [];
    for (let i = 0; i < a.length; i++) {
      const truth = Type.of(remainder(a[i], b[i]))[0];
      if (!Object.is(actual[i], truth)) wrong.push(`${a[i]} mod ${b[i]} is ${actual[i]}, not ${truth}`);
    }
    expect(wrong).toEqual([]);
  });
});
