import { afterEach, beforeEach, describe, expect, test } from "vitest";
import golden from "../../test/goldens/functions.json" with { type: "json" };
import { ShapeError } from "../base/errors.js";
import { mapFloat32, mapFloat64, type FloatMap } from "./elementwise.js";
import { requireKernels, selectWasmBuild, wasmAvailable, type WasmBuild } from "./module.js";

/** erf(x): Maclaurin series below 2, continued fraction of erfc (Lentz) above; float64 accuracy. */
function erf(x: number): number {
  const t = Math.abs(x);
  if (t < 2) {
    let term = t;
    let sum = t;
    for (let i = 1; Math.abs(term) > 1e-18 * Math.abs(sum); i++) {
      term *= (-t * t) / i;
      sum += term / (2 * i + 1);
    }
    return (Math.sign(x) * 2 * sum) / Math.sqrt(Math.PI);
  }
  return Math.sign(x) * (1 - erfcTail(t));
}

function erfcTail(t: number): number {
  let fraction = 0;
  for (let i = 200; i > 0; i--) fraction = i / 2 / (t + fraction);
  return Math.exp(-t * t) / Math.sqrt(Math.PI) / (t + fraction);
}

/** Φ(x) without cancellation in the lower tail. */
function normalCdf(x: number): number {
  const t = -x / Math.SQRT2;
  return t >= 2 ? 0.5 * erfcTail(t) : 0.5 * (1 - erf(t));
}

/** With the exponential that does not overflow. */
const sigmoid = (x: number) => (x < 0 ? Math.exp(x) : 1) / (1 + Math.exp(-Math.abs(x)));

const references: Record<FloatMap, (x: number) => number> = {
  exp: Math.exp,
  log: Math.log,
  sin: Math.sin,
  cos: Math.cos,
  tanh: Math.tanh,
  sigmoid,
  erf: (x) => (Number.isNaN(x) ? x : Math.abs(x) > 6 ? Math.sign(x) : x === 0 ? x : erf(x)),
  gelu: (x) => (Number.isFinite(x) ? x * normalCdf(x) : x > 0 ? x : NaN),
  geluTanh: (x) => x * sigmoid(2 * Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3)),
  silu: (x) => x * sigmoid(x),
  relu: (x) => (x < 0 ? 0 : x),
  abs: Math.abs,
  neg: (x) => -x,
  square: (x) => x * x,
  reciprocal: (x) => 1 / x,
  floor: Math.floor,
  ceil: Math.ceil,
  round: (x) => (Math.abs(x % 1) === 0.5 ? 2 * Math.round(x / 2) : Math.round(x)),
  sign: Math.sign,
  sqrt: Math.sqrt,
  rsqrt: (x) => 1 / Math.sqrt(x),
};

/** Largest error allowed, in units of the last place of float32. */
const ulps: Record<FloatMap, number> = {
  exp: 1,
  log: 1,
  sin: 0.501,
  cos: 0.501,
  tanh: 1.5,
  sigmoid: 0.51,
  erf: 1.5,
  gelu: 0.63,
  geluTanh: 0.51,
  silu: 0.51,
  relu: 0,
  abs: 0,
  neg: 0,
  square: 0.5,
  reciprocal: 0.5,
  floor: 0,
  ceil: 0,
  round: 0,
  sign: 0,
  sqrt: 0.5,
  rsqrt: 1.5,
};

/** Distance of a float32 from the truth, in ulps of the truth; subnormals have the smallest ulp. */
function ulpError(actual: number, truth: number): number {
  const rounded = Math.fround(truth);
  if (!Number.isFinite(rounded)) return Object.is(actual, rounded) ? 0 : Infinity;
  const exponent = Math.max(Math.floor(Math.log2(Math.abs(truth) || Number.MIN_VALUE)), -126);
  return Math.abs(actual - truth) / 2 ** (exponent - 23);
}

/** Every `step`-th bit pattern of float32, both signs: all exponents, subnormals, infinities and NaNs. */
function bitPatterns(step: number): Float32Array {
  const bits = new Uint32Array(Math.ceil(2 ** 32 / step));
  for (let i = 0; i < bits.length; i++) bits[i] = i * step;
  return new Float32Array(bits.buffer);
}

const samples = [
  bitPatterns(16381),
  Float32Array.from({ length: 120001 }, (_, i) => (i - 60000) / 5000),
  Float32Array.from({ length: 60001 }, (_, i) => (i - 30000) / 250),
];
const special = [
  0,
  -0,
  Infinity,
  -Infinity,
  NaN,
  1,
  -1,
  2 ** -149,
  -(2 ** -149),
  2 ** -126,
  3.4028234663852886e38,
];
const names = Object.keys(references) as FloatMap[];

function map(name: FloatMap, input: Float32Array): Float32Array {
  const output = new Float32Array(input.length);
  mapFloat32(name, input, output);
  return output;
}

describe.for<WasmBuild>(["plain", "relaxed"])("mapFloat32, %s build", (build) => {
  beforeEach((context) => {
    selectWasmBuild(build);
    if (!wasmAvailable()) context.skip("this runtime has no relaxed SIMD");
  });
  afterEach(() => selectWasmBuild("auto"));

  test.for(names)("%s stays within its error bound on all of float32", (name) => {
    let worst = 0;
    let where = 0;
    for (const input of samples) {
      const output = map(name, input);
      for (let i = 0; i < input.length; i++) {
        const truth = references[name](input[i]);
        const error = Number.isNaN(truth) && Number.isNaN(output[i]) ? 0 : ulpError(output[i], truth);
        if (!(error <= worst)) [worst, where] = [error, input[i]];
      }
    }
    expect(worst, `ulps at ${where}`).toBeLessThanOrEqual(ulps[name]);
  });

  test.for(names)("%s of zeros, infinities, NaN and extremes", (name) => {
    const output = map(name, Float32Array.from(special));
    for (const [i, x] of special.entries()) {
      const truth = references[name](x);
      const error =
        x === 0 && !Object.is(output[i], Math.fround(truth)) ? Infinity : ulpError(output[i], truth);
      expect(error, `${name}(${x})`).toBeLessThanOrEqual(ulps[name]);
    }
  });
});

/** In ulps of float64, against the host's own functions, which are themselves within one. */
const ulps64 = {
  exp: 2,
  log: 2,
  sin: 2,
  cos: 2,
  relu: 0,
  abs: 0,
  neg: 0,
  square: 0,
  reciprocal: 0,
  floor: 0,
  ceil: 0,
  round: 0,
  sign: 0,
  sqrt: 0,
  rsqrt: 1,
};

/** In ulps of float64, against the nearest float64 of an independent program: half an ulp less than the error allowed. */
const goldenUlps = { exp: 1, log: 1, tanh: 1, sigmoid: 1, silu: 1.5, erf: 1, gelu: 1.5, geluTanh: 1.5 };

function ulpError64(actual: number, truth: number): number {
  if (Object.is(actual, truth)) return 0;
  if (!Number.isFinite(actual) || !Number.isFinite(truth)) return Infinity;
  const exponent = Math.max(Math.floor(Math.log2(Math.abs(truth) || Number.MIN_VALUE)), -1022);
  return Math.abs(actual - truth) / 2 ** Math.max(exponent - 52, -1074);
}

describe.for<WasmBuild>(["plain", "relaxed"])("mapFloat64, %s build", (build) => {
  beforeEach((context) => {
    selectWasmBuild(build);
    if (!wasmAvailable()) context.skip("this runtime has no relaxed SIMD");
  });
  afterEach(() => selectWasmBuild("auto"));

  test.for(Object.keys(ulps64) as (keyof typeof ulps64)[])(
    "%s stays within its error bound on all of float64",
    (name) => {
      const words = new Uint32Array(2 ** 17);
      let state = 1;
      for (let i = 0; i < words.length; i++) words[i] = state = Math.imul(state, 1664525) + 1013904223;
      const inputs = [
        new Float64Array(words.buffer), // every exponent, NaNs too
        Float64Array.from({ length: 60001 }, (_, i) => (i - 30000) / 2500),
        Float64Array.from({ length: 60001 }, (_, i) => (i - 30000) / 39),
        Float64Array.from({ length: 20001 }, (_, i) => 1 + (i - 10000) / 2 ** 20),
        Float64Array.from([
          0,
          -0,
          Infinity,
          -Infinity,
          NaN,
          2 ** -1074,
          -(2 ** -1074),
          2 ** -1022,
          Number.MAX_VALUE,
        ]),
      ];
      let worst = 0;
      let where = 0;
      for (const input of inputs) {
        const output = new Float64Array(input.length);
        mapFloat64(name, input, output);
        for (let i = 0; i < input.length; i++) {
          const truth = references[name](input[i]);
          const error = ulpError64(output[i], truth);
          if (!(error <= worst)) [worst, where] = [error, input[i]];
        }
      }
      expect(worst, `ulps at ${where}`).toBeLessThanOrEqual(ulps64[name]);
    },
  );
});

describe.for<WasmBuild>(["plain", "relaxed"])("mapFloat64 against mpmath, %s build", (build) => {
  beforeEach((context) => {
    selectWasmBuild(build);
    if (!wasmAvailable()) context.skip("this runtime has no relaxed SIMD");
  });
  afterEach(() => selectWasmBuild("auto"));

  test.for(Object.keys(goldenUlps) as (keyof typeof goldenUlps)[])("%s is within 2 ulp", (name) => {
    const input = Float64Array.from(golden.x);
    const output = new Float64Array(input.length);
    mapFloat64(name, input, output);
    let worst = 0;
    let where = 0;
    golden[name].forEach((truth, i) => {
      const error = truth === null ? 0 : ulpError64(output[i], truth);
      if (!(error <= worst)) [worst, where] = [error, input[i]];
    });
    expect(worst, `ulps at ${where}`).toBeLessThanOrEqual(goldenUlps[name]);
  });

  test.for(["sin", "cos"] as const)("%s of any angle is within 2 ulp", (name) => {
    const input = Float64Array.from(golden.angles.x);
    const output = new Float64Array(input.length);
    mapFloat64(name, input, output);
    const errors = golden.angles[name].map((truth, i) => ulpError64(output[i], truth));
    const worst = errors.indexOf(errors.reduce((a, b) => Math.max(a, b)));
    expect(errors[worst], `ulps at ${input[worst]}`).toBeLessThanOrEqual(1);
  });

  test.for(["sin", "cos", "tanh", "sigmoid", "silu", "erf", "gelu", "geluTanh"] as const)(
    "%s of zeros, infinities, NaN and extremes",
    (name) => {
      const output = new Float64Array(special.length);
      mapFloat64(name, Float64Array.from(special), output);
      for (const [i, x] of special.entries()) {
        const error = ulpError64(output[i], references[name](x));
        expect(error, `${name}(${x})`).toBeLessThanOrEqual(4); // of the references, too
      }
    },
  );
});

describe("mapFloat32", () => {
  test("chunks join without seams, in place and of any length", () => {
    const { arena } = requireKernels();
    const limit = arena.limit;
    arena.limit = 64;
    for (const length of [0, 1, 3, 4, 5, 15, 16, 17, 31, 33, 1000]) {
      const data = Float32Array.from({ length }, (_, i) => i - 10);
      mapFloat32("relu", data, data);
      expect(data).toEqual(Float32Array.from({ length }, (_, i) => Math.max(0, i - 10)));
    }
    arena.limit = limit;
  });

  test("refuses an output of another length", () => {
    expect(() => mapFloat32("exp", new Float32Array(3), new Float32Array(4))).toThrow(ShapeError);
  });
});
