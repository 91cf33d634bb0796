import { describe, expect, test } from "vitest";
import { DTypeError } from "../base/errors.js";
import { gemm } from "./gemm.js";

describe("half-precision operands", () => {
  test("are widened exactly", () => {
    // Zero, the smallest and largest subnormal, the smallest normal, ±1, the largest, fractions, ±∞, NaN.
    const bits = [
      0x0000, 0x0001, 0x03ff, 0x0400, 0x3c00, 0xbc00, 0x7bff, 0x3555, 0xc248, 0x1234, 0xfc00, 0x7e00,
    ];
    const values = [0, 2 ** -24, 1023 * 2 ** -24, 2 ** -14, 1, -1, 65504, 1365 / 4096, -3.140625, 0x634 * 2 ** -21, -Infinity, NaN]; // prettier-ignore
    const identity = { data: new Float32Array([1]), offset: 0, rowStride: 1, colStride: 1 };
    const c = { data: new Float32Array(12), offset: 0, rowStride: 1, colStride: 1 };
    const data = Uint16Array.from(bits);
    const a = { data, offset: 0, rowStride: 1, colStride: 1, half: "float16" } as const;
    gemm({ m: 12, n: 1, k: 1, a, b: identity, c });
    expect([...c.data]).toEqual(values);
    const upper = Uint16Array.from([0x3f80, 0xc049, 0x7f80, 0x0001]);
    const b = { data: upper, offset: 3, rowStride: 1, colStride: -1, half: "bfloat16" } as const;
    const row = { data: new Float32Array(4), offset: 0, rowStride: 4, colStride: 1 };
    gemm({ m: 1, n: 4, k: 1, a: identity, b, c: row });
    expect([...row.data]).toEqual([2 ** -133, Infinity, -3.140625, 1]);
  });

  test.for(["float16", "bfloat16"] as const)(
    "%s multiplies as its widened values do, in any layout",
    (half) => {
      const [m, n, k] = [13, 21, 17];
      const data = Uint16Array.from({ length: 2000 }, (_, i) => (half === "float16" ? 0x3000 : 0x3e00) + i);
      const wide = new Float32Array(2000);
      const one = { data: new Float32Array([1]), offset: 0, rowStride: 1, colStride: 1 };
      const column = { offset: 0, rowStride: 1, colStride: 1 };
      gemm({ m: 2000, n: 1, k: 1, a: { ...column, data, half }, b: one, c: { ...column, data: wide } });
      const a = { offset: 300, rowStride: -k, colStride: 1 };
      const b = { offset: 1, rowStride: 2, colStride: 80 };
      const c = { offset: 0, rowStride: n, colStride: 1 };
      const [actual, expected] = [new Float32Array(m * n), new Float32Array(m * n)];
      gemm({ m, n, k, a: { ...a, data, half }, b: { ...b, data, half }, c: { ...c, data: actual } });
      gemm({ m, n, k, a: { ...a, data: wide }, b: { ...b, data: wide }, c: { ...c, data: expected } });
      expect(actual).toEqual(expected);
      expect(wide[100]).toBeGreaterThan(wide[99]);
    },
  );

  /** What the bits mean, by definition. */
  const decoders = {
    float16(bits: number): number {
      const [sign, exponent, fraction] = [bits >> 15 ? -1 : 1, (bits >> 10) & 31, bits & 1023];
      if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
      return sign * (exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15));
    },
    bfloat16: (bits: number): number => new Float32Array(Uint32Array.of(bits << 16).buffer)[0],
  };

  test.for(["float16", "bfloat16"] as const)("every %s times a vector is what its value is", (half) => {
    const data = Uint16Array.from({ length: 65536 }, (_, i) => i);
    const wide = Float32Array.from(data, (bits) => decoders[half](bits));
    const x = { data: Float32Array.from({ length: 256 }, (_, i) => 1 + i / 64), offset: 0 };
    const byRows = { offset: 0, rowStride: 256, colStride: 1 };
    const byColumns = { offset: 0, rowStride: 1, colStride: 256 };
    for (const [m, k] of [
      [256, 256],
      [253, 255],
      [3, 6],
      [1, 7],
    ] as const) {
      // prettier-ignore
      for (const layout of [byRows, byColumns]) {
        const [actual, expected] = [new Float32Array(m), new Float32Array(m)];
        const b = { ...x, rowStride: 1, colStride: 1 };
        const c = { offset: 0, rowStride: 1, colStride: 1 };
        gemm({ m, n: 1, k, a: { ...layout, data, half }, b, c: { ...c, data: actual } });
        gemm({ m, n: 1, k, a: { ...layout, data: wide }, b, c: { ...c, data: expected } });
        expect(actual).toEqual(expected);
      }
    }
  });

  test("infinities and NaNs survive in whole vectors", () => {
    const data = Uint16Array.of(0x7c00, 0, 0, 0, 0xfc00, 0, 0, 0, 0x7c01, 0, 0, 0, 0xffff, 0, 0, 0);
    const a = { data, offset: 0, rowStride: 4, colStride: 1, half: "float16" } as const;
    const b = { data: new Float32Array(4).fill(2), offset: 0, rowStride: 1, colStride: 1 };
    const c = { data: new Float32Array(4), offset: 0, rowStride: 1, colStride: 1 };
    gemm({ m: 4, n: 1, k: 4, a, b, c });
    expect([...c.data]).toEqual([Infinity, -Infinity, NaN, NaN]);
  });

  test("need a float32 result", () => {
    const half = {
      data: new Uint16Array(4),
      offset: 0,
      rowStride: 2,
      colStride: 1,
      half: "float16",
    } as const;
    const c = { data: new Float64Array(4), offset: 0, rowStride: 2, colStride: 1 };
    expect(() => gemm({ m: 2, n: 2, k: 2, a: half, b: half, c })).toThrow(DTypeError);
  });
});
