import * as fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import { gemm, type GemmCall } from "./gemm.js";
import { holding, type HeldMatrix } from "./held.js";
import { selectWasmBuild } from "./module.js";
import type { Operand } from "./operand.js";
import { selectThreads } from "./threads.js";

type Reals = Float32Array | Float64Array;
type Type = Float32ArrayConstructor | Float64ArrayConstructor;

const values = (Type: Type, length: number): Reals =>
  new Type(length).map((_, i) => Math.sin(i * 1.7 + 0.3) + 0.01 * (i % 7));

/** A matrix in the middle of its storage, by rows or by columns. */
function matrix(Type: Type, rows: number, columns: number, byColumns: boolean): HeldMatrix {
  const data = values(Type, rows * columns + 10);
  const [rowStride, colStride] = byColumns ? [1, rows] : [columns, 1];
  return { data, offset: 5, rows, columns, rowStride, colStride };
}

const transposed = ({ data, offset, rowStride, colStride }: Operand): Operand => ({
  data,
  offset,
  rowStride: colStride,
  colStride: rowStride,
});

/** A·B for a dense A[m, k]. */
function product(m: number, n: number, k: number, b: Operand): Reals {
  const Floats = b.data instanceof Float64Array ? Float64Array : Float32Array;
  const c = new Floats(m * n);
  const a = { data: values(Floats, m * k), offset: 0, rowStride: k, colStride: 1 };
  gemm({ m, n, k, a, b, c: { data: c, offset: 0, rowStride: n, colStride: 1 } as GemmCall["c"] });
  return c;
}

/** The products with B and with Bᵀ, twice each: packing, and packed. */
function products(b: HeldMatrix, m: number): Reals[] {
  const { rows, columns } = b;
  const both = (): Reals[] => [product(m, columns, rows, b), product(m, rows, columns, transposed(b))];
  return [...both(), ...both()];
}

selectThreads(1); // with others the products are not held
afterEach(() => selectWasmBuild("auto"));

describe.each([Float32Array, Float64Array])("%o", (Type) => {
  test("products with a held matrix and its transpose are the same bits", () => {
    const size = fc.integer({ min: 17, max: 300 });
    fc.assert(
      fc.property(
        size,
        size,
        fc.integer({ min: 17, max: 130 }),
        fc.boolean(),
        (rows, columns, m, byColumns) => {
          const b = matrix(Type, rows, columns, byColumns);
          expect(holding(b, () => products(b, m))).toEqual(products(b, m));
        },
      ),
      { numRuns: 30 },
    );
  });

  test("deeper than a slab, wider than a packed piece, more rows than a block", () => {
    const b = matrix(Type, 523, 2100, false);
    expect(holding(b, () => products(b, 250))).toEqual(products(b, 250));
  });

  test("up to 16 rows or columns: the same but for the order of sums", () => {
    for (const [rows, columns, m] of [
      [300, 200, 1],
      [223, 294, 4],
      [600, 900, 16],
      [900, 7, 200],
      [1, 1, 1],
    ]) {
      const b = matrix(Type, rows, columns, false);
      const expected = products(b, m);
      const epsilon = Type === Float32Array ? 2 ** -23 : 2 ** -52;
      holding(b, () => products(b, m)).forEach((held, i) => {
        let largest = 0;
        held.forEach((x, j) => (largest = Math.max(largest, Math.abs(x - expected[i][j]))));
        // Entries are at most 1.1.
        expect(largest).toBeLessThan(3 * Math.max(rows, columns) * epsilon);
      });
    }
  });

  test("in the plain build", () => {
    selectWasmBuild("plain");
    const b = matrix(Type, 61, 90, true);
    expect(holding(b, () => products(b, 32))).toEqual(products(b, 32));
  });
});

test("what is held is read once, what is not held every time", () => {
  const [b, other] = [matrix(Float32Array, 40, 50, false), matrix(Float32Array, 40, 50, false)];
  const before = product(20, 50, 40, b);
  holding(b, () => {
    expect(product(20, 50, 40, b)).toEqual(before);
    b.data.fill(0); // against the rule, to see which values are read
    other.data.fill(0);
    expect(product(20, 50, 40, b)).toEqual(before);
    expect(product(20, 50, 40, other).every((x) => x === 0)).toBe(true);
    // Other parts of the same storage are other matrices.
    expect(product(20, 49, 40, b).every((x) => x === 0)).toBe(true);
    expect(product(20, 50, 40, { ...b, offset: 0 }).every((x) => x === 0)).toBe(true);
  });
  expect(product(20, 50, 40, b).every((x) => x === 0)).toBe(true);
});

test("one inside another, and after an error", () => {
  const [outer, inner] = [matrix(Float32Array, 40, 50, false), matrix(Float32Array, 70, 30, true)];
  const [expectedOuter, expectedInner] = [products(outer, 20), products(inner, 20)];
  holding(outer, () => {
    expect(products(outer, 20)).toEqual(expectedOuter);
    expect(holding(inner, () => products(inner, 20))).toEqual(expectedInner);
    expect(products(outer, 20)).toEqual(expectedOuter);
    expect(() =>
      holding(inner, () => {
        throw new Error("inside");
      }),
    ).toThrow("inside");
    expect(products(outer, 20)).toEqual(expectedOuter);
  });
});

test("added products, a bias, half types and other results go the usual way", () => {
  const b = matrix(Float32Array, 40, 50, false);
  const run = (): Reals[] => {
    const a = { data: values(Float32Array, 800), offset: 0, rowStride: 40, colStride: 1 };
    const c = values(Float32Array, 1000) as Float32Array;
    const into = { data: c, offset: 0, rowStride: 50, colStride: 1 };
    gemm({ m: 20, n: 50, k: 40, a, b, c: into, accumulate: true });
    const biased = new Float32Array(1000);
    gemm({ m: 20, n: 50, k: 40, a, b, c: { ...into, data: biased }, bias: c.slice(0, 50) });
    const halves = { ...a, data: new Uint16Array(800).map((_, i) => 0x3c00 + i), half: "float16" as const };
    const widened = new Float32Array(1000);
    gemm({ m: 20, n: 50, k: 40, a: halves, b, c: { ...into, data: widened } });
    const double = new Float64Array(1000);
    gemm({ m: 20, n: 50, k: 40, a, b, c: { ...into, data: double } });
    return [c, biased, widened, double];
  };
  expect(holding(b, run)).toEqual(run());
});

test("a matrix beyond the arena's limit is multiplied as ever", () => {
  const b = matrix(Float32Array, 2400, 2400, false);
  expect(holding(b, () => product(5, 2400, 2400, b))).toEqual(product(5, 2400, 2400, b));
});
