import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeHalves, encodeHalves, fromBFloat16, fromFloat16, toBFloat16, toFloat16 } from "./half.js";

const patterns = Array.from({ length: 65536 }, (_, bits) => bits);

/** Every finite value ≥ 0 of a format, ascending: the pattern is the position. */
const finite = (decode: (bits: number) => number): number[] => {
  const values = patterns.slice(0, 0x8000).map(decode);
  return values.slice(0, values.indexOf(Infinity));
};

/** The nearest value of the table by comparing with the exact midpoint, ties to the even pattern. */
function nearest(table: readonly number[], value: number): number {
  const magnitude = Math.abs(value);
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  let low = 0;
  for (let step = 0x4000; step > 0; step >>= 1) {
    if (low + step < table.length && table[low + step] <= magnitude) low += step;
  }
  const top = table.length - 1;
  const above = low === top ? 2 * table[top] - table[top - 1] : table[low + 1];
  const middle = (table[low] + above) / 2;
  const up = magnitude > middle || (magnitude === middle && low % 2 === 1);
  return sign | (up ? low + 1 : low);
}

describe.each([
  ["float16", fromFloat16, toFloat16, 31744],
  ["bfloat16", fromBFloat16, toBFloat16, 32640],
] as const)("%s", (_, decode, encode, count) => {
  const table = finite(decode);

  test("every pattern comes back from its value; NaN stays NaN", () => {
    const wrong = patterns.filter((bits) => {
      const value = decode(bits);
      return Number.isNaN(value) ? !Number.isNaN(decode(encode(value))) : encode(value) !== bits;
    });
    expect(wrong).toEqual([]);
  });

  test("patterns are ordered as their values", () => {
    expect(table).toHaveLength(count);
    expect(table.every((value, i) => i === 0 || value > table[i - 1])).toBe(true);
  });

  test("rounds midpoints to even, and their neighbours to the nearer side", () => {
    const wrong: number[] = [];
    for (let i = 0; i + 1 < table.length; i++) {
      const middle = (table[i] + table[i + 1]) / 2;
      const nudge = middle * 2 ** -52;
      const even = i % 2 === 0 ? i : i + 1;
      if (encode(middle) !== even || encode(middle - nudge) !== i || encode(middle + nudge) !== i + 1)
        wrong.push(i);
    }
    expect(wrong).toEqual([]);
  });

  test("rounds any float64 as a search of the table does", () => {
    fc.assert(
      fc.property(
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.integer({ min: -160, max: 130 }),
        (value, power) => {
          for (const x of [value, (Math.sign(value) || 1) * (1 + (Math.abs(value) % 1)) * 2 ** power]) {
            expect(encode(x)).toBe(nearest(table, x));
          }
        },
      ),
      { numRuns: 2000 },
    );
  });

  test("beyond the largest by half a step is infinity", () => {
    const [last, before] = [table.at(-1)!, table.at(-2)!];
    const edge = last + (last - before) / 2;
    expect(decode(encode(edge))).toBe(Infinity);
    expect(decode(encode(-edge * (1 - 2 ** -52)))).toBe(-last);
    expect(decode(encode(-Infinity))).toBe(-Infinity);
  });
});

test.each([
  ["float16", fromFloat16, toFloat16],
  ["bfloat16", fromBFloat16, toBFloat16],
] as const)("whole arrays of %s convert as single values do", (dtype, decode, encode) => {
  const values = new Float32Array(patterns.length);
  decodeHalves(Uint16Array.from(patterns), dtype, values);
  expect([...values]).toEqual(patterns.map(decode));
  const floats = Float32Array.from(patterns, (i) => (i % 2 ? 1 : -1) * 1.0001 ** (i - 50000));
  const bits = new Uint16Array(floats.length);
  encodeHalves(floats, dtype, bits);
  expect([...bits]).toEqual([...floats].map(encode));
});

test("float16 decodes as NumPy does", () => {
  // h = np.arange(65536, dtype=np.uint16).view(np.float16).astype(float)
  const values = patterns.map(fromFloat16);
  // h[np.isfinite(h) & (h > 0)].sum(), np.isnan(h).sum(), h[[1, 0x3c01, 0x7bff, 0x8000]]
  expect(finite(fromFloat16).reduce((sum, value) => sum + value, 0)).toBe(100630527.9375);
  expect(values.filter(Number.isNaN)).toHaveLength(2046);
  expect([1, 0x3c01, 0x7bff, 0x8000].map(fromFloat16)).toEqual([
    5.960464477539063e-8, 1.0009765625, 65504, -0,
  ]);
});

test("bfloat16 is the upper half of a float32", () => {
  const view = new DataView(new ArrayBuffer(4));
  const wrong = patterns.filter((bits) => {
    view.setUint16(0, bits);
    return !Object.is(view.getFloat32(0), fromBFloat16(bits));
  });
  expect(wrong).toEqual([]);
});
