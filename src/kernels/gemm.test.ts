import * as fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { LintelError } from "../base/errors.js";
import { gemm, type GemmCall } from "./gemm.js";
import { requireKernels, selectWasmBuild, wasmAvailable, type WasmBuild } from "./module.js";
import type { Operand } from "./operand.js";

type Floats = Float32ArrayConstructor | Float64ArrayConstructor;

let seed = 1;
/** Uniform on [−1, 1) from a linear congruential generator (Numerical Recipes). */
function random(): number {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  return seed / 2 ** 31 - 1;
}

function randomArray(Type: Floats, length: number): Float32Array | Float64Array {
  const data = new Type(length);
  for (let i = 0; i < length; i++) data[i] = random();
  return data;
}

/** A random matrix: row-major, or column-major when `transposed`. */
function matrix(Type: Floats, rows: number, cols: number, transposed = false): Operand {
  const data = randomArray(Type, rows * cols);
  return { data, offset: 0, rowStride: transposed ? 1 : cols, colStride: transposed ? rows : 1 };
}

function result(Type: Floats, m: number, n: number, fill = 0): GemmCall["c"] {
  return { data: new Type(m * n).fill(fill), offset: 0, rowStride: n, colStride: 1 } as GemmCall["c"];
}

function element({ data, offset, rowStride, colStride }: Operand, i: number, j: number): number {
  return data[offset + i * rowStride + j * colStride];
}

/** Runs the call; its largest error against a float64 loop, over the bound that any summation order keeps. */
function worstError(call: GemmCall): number {
  const { m, n, k, a, b, c, accumulate = false } = call;
  const before = c.data.slice();
  gemm(call);
  const unit = c.data instanceof Float32Array ? 2 ** -24 : 2 ** -53;
  let worst = 0;
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      const start = accumulate ? element({ ...c, data: before }, i, j) : 0;
      let sum = start;
      let size = Math.abs(start);
      for (let p = 0; p < k; p++) {
        const term = element(a, i, p) * element(b, p, j);
        sum += term;
        size += Math.abs(term);
      }
      const bound = (k + 4) * unit * size;
      const error = Math.abs(element(c, i, j) - sum);
      worst = Math.max(worst, bound === 0 ? error : error / bound);
    }
  }
  return worst;
}

const SIZES = [0, 1, 2, 3, 5, 7, 31, 32, 33, 63, 64, 65, 127, 128, 129, 255, 256, 257];
const transposes = [
  [false, false],
  [false, true],
  [true, false],
  [true, true],
];

function supports(build: WasmBuild): boolean {
  selectWasmBuild(build);
  const supported = wasmAvailable();
  selectWasmBuild("auto");
  return supported;
}

describe.for<WasmBuild>(["plain", "relaxed"])("gemm, %s build", (build) => {
  const reason = "this runtime has no relaxed SIMD";
  beforeEach((context) => {
    if (!supports(build)) context.skip(reason);
    selectWasmBuild(build);
  });
  afterEach(() => {
    if (wasmAvailable()) requireKernels().arena.limit = 64 * 2 ** 20;
    selectWasmBuild("auto");
  });

  test.for([Float32Array, Float64Array])("all pairs of edge sizes, %o", (Type) => {
    let turn = 0;
    for (const m of SIZES) {
      for (const n of SIZES) {
        const k = SIZES[(turn * 7 + 3) % SIZES.length];
        const [ta, tb] = transposes[turn++ % 4];
        expect(
          worstError({
            m,
            n,
            k,
            a: matrix(Type, m, k, ta),
            b: matrix(Type, k, n, tb),
            c: result(Type, m, n, NaN),
          }),
        ).toBeLessThanOrEqual(1);
      }
    }
  });

  test.for([Float32Array, Float64Array])(
    "every number of rows that panels of five and four make up, %o",
    (Type) => {
      let turn = 0;
      for (let m = 1; m <= 25; m++) {
        for (const n of [1, 2, 3, 4, 5, 7, 8, 9, 12, 16, 20]) {
          for (const k of [1, 2, 3, 4, 5, 9, 40]) {
            const [ta, tb] = transposes[turn++ % 4];
            const operands = { m, n, k, a: matrix(Type, m, k, ta), b: matrix(Type, k, n, tb) };
            const accumulate = turn % 3 === 0;
            expect(worstError({ ...operands, c: result(Type, m, n, 5), accumulate })).toBeLessThanOrEqual(1);
          }
        }
      }
    },
  );

  test.for([Float32Array, Float64Array])("a row has the same bits among any number of others, %o", (Type) => {
    const most = 125;
    const heights = Array.from({ length: most - 2 }, (_, i) => i + 2);
    // In f32, 512 columns lie 2 KiB apart: B is packed for more than ten rows, else for more than sixteen.
    for (const [n, k] of [
      [20, 300],
      [512, 40],
    ]) {
      for (const [ta, tb] of transposes) {
        const [a, b] = [matrix(Type, most, k, ta), matrix(Type, k, n, tb)];
        const whole = result(Type, most, n);
        gemm({ m: most, n, k, a, b, c: whole });
        const different = heights.filter((m) => {
          const c = result(Type, m, n, NaN);
          gemm({ m, n, k, a, b, c });
          return c.data.some((x, i) => x !== whole.data[i]);
        });
        expect(different).toEqual([]);
      }
    }
  });

  test.for(transposes)("transposes %s, %s in both precisions, overwriting and accumulating", ([ta, tb]) => {
    for (const Type of [Float32Array, Float64Array]) {
      for (const [m, n, k] of [
        [1, 40, 70],
        [40, 1, 70],
        [1, 1, 70],
        [1, 1, 70001],
        [6, 9, 300],
        [37, 41, 43],
        [130, 66, 515],
      ]) {
        // prettier-ignore
        const operands = { m, n, k, a: matrix(Type, m, k, ta), b: matrix(Type, k, n, tb) };
        expect(worstError({ ...operands, c: result(Type, m, n, 5) })).toBeLessThanOrEqual(1);
        expect(worstError({ ...operands, c: result(Type, m, n, 5), accumulate: true })).toBeLessThanOrEqual(
          1,
        );
      }
    }
  });

  test("k = 0 gives zeros, and leaves C alone when accumulating", () => {
    const empty = { m: 3, n: 4, k: 0, a: matrix(Float32Array, 3, 0), b: matrix(Float32Array, 0, 4) };
    const c = result(Float32Array, 3, 4, 7);
    gemm({ ...empty, c, accumulate: true });
    expect([...c.data]).toEqual(Array(12).fill(7));
    gemm({ ...empty, c });
    expect([...c.data]).toEqual(Array(12).fill(0));
  });

  test("NaN and infinity reach exactly the rows and columns that plain loops reach", () => {
    for (const [m, n, k] of [
      [7, 9, 11],
      [1, 9, 11],
      [9, 1, 11],
      [1, 1, 11],
    ]) {
      // prettier-ignore
      const a = matrix(Float32Array, m, k);
      const b = matrix(Float32Array, k, n);
      b.data.fill(0, 0, n); // row 0 of B: 0·∞ must give NaN, not be skipped
      a.data[0] = Infinity;
      b.data[n * (k - 1) + n - 1] = NaN;
      const c = result(Float32Array, m, n);
      gemm({ m, n, k, a, b, c });
      for (let i = 0; i < m; i++) {
        for (let j = 0; j < n; j++) expect(Number.isNaN(c.data[i * n + j])).toBe(i === 0 || j === n - 1);
      }
    }
  });

  test("any strides: gaps, reversed and broadcast axes, columns of a wider C", () => {
    const layouts = fc.constantFrom("rows", "columns", "gaps", "sparse", "reversed", "broadcast");
    const size = fc.integer({ min: 1, max: 40 });
    fc.assert(
      fc.property(size, size, size, layouts, layouts, fc.boolean(), (m, n, k, la, lb, accumulate) => {
        const a = strided(m, k, la);
        const b = strided(k, n, lb);
        const wide = 2 * n + 3;
        const data = new Float32Array(m * wide + 1).fill(3);
        const c = { data, offset: 1, rowStride: wide, colStride: 2 };
        expect(worstError({ m, n, k, a, b, c, accumulate })).toBeLessThanOrEqual(1);
        const column = (at: number) => (at - 1) % wide;
        const outside = data.filter((_, at) => at === 0 || column(at) >= 2 * n || column(at) % 2 === 1);
        expect(outside).toEqual(new Float32Array(data.length - m * n).fill(3));
      }),
      { numRuns: 150, seed: 20 },
    );
  });

  test("two or three rows or columns and a matrix of several pieces, any strides, with a bias", () => {
    const kinds = ["rows", "columns", "gaps", "sparse", "reversed", "broadcast"];
    for (const [m, n, k] of [
      [2, 301, 447],
      [3, 447, 301],
      [447, 2, 301],
      [301, 3, 447],
    ]) {
      for (const [i, kind] of kinds.entries()) {
        const a = strided(m, k, kind);
        const b = strided(k, n, kinds[(i + m) % kinds.length]);
        const bias = Float32Array.from({ length: n }, (_, j) => j);
        const plain = result(Float32Array, m, n, 5);
        const gaps = {
          data: new Float32Array(6 * m * n).fill(5),
          offset: 1,
          rowStride: 3,
          colStride: 3 * m + 1,
        };
        expect(worstError({ m, n, k, a, b, c: plain })).toBeLessThanOrEqual(1);
        expect(worstError({ m, n, k, a, b, c: gaps, accumulate: true })).toBeLessThanOrEqual(1);
        const biased = result(Float32Array, m, n);
        gemm({ m, n, k, a, b, c: biased, bias });
        biased.data.forEach((value, at) => {
          const unit = 2 ** -23 * (n + k * 50);
          expect(Math.abs(value - plain.data[at] - (at % n))).toBeLessThan(unit);
        });
      }
      for (const [ta, tb] of transposes) {
        const [a, b] = [matrix(Float64Array, m, k, ta), matrix(Float64Array, k, n, tb)];
        expect(worstError({ m, n, k, a, b, c: result(Float64Array, m, n, 5) })).toBeLessThanOrEqual(1);
      }
    }
  });

  test("an arena of 16 KiB gives the same product, block by block", () => {
    requireKernels().arena.limit = 2 ** 14;
    for (const Type of [Float32Array, Float64Array]) {
      for (const [m, n, k] of [
        [70, 90, 110],
        [1, 300, 200],
        [300, 1, 200],
        [2, 3, 3000],
        [400, 3, 2],
        [3, 400, 2],
      ]) {
        // prettier-ignore
        for (const [ta, tb] of transposes) {
          const operands = { m, n, k, a: matrix(Type, m, k, ta), b: matrix(Type, k, n, tb) };
          expect(worstError({ ...operands, c: result(Type, m, n, 5) })).toBeLessThanOrEqual(1);
          expect(worstError({ ...operands, c: result(Type, m, n, 5), accumulate: true })).toBeLessThanOrEqual(1);
        }
      }
    }
  });
});

function strided(rows: number, cols: number, kind: string): Operand {
  const data = randomArray(Float32Array, 7 * rows * cols + 20);
  switch (kind) {
    case "rows":
      return { data, offset: 2, rowStride: cols, colStride: 1 };
    case "columns":
      return { data, offset: 2, rowStride: 1, colStride: rows };
    case "gaps":
      return { data, offset: 2, rowStride: 3 * cols + 1, colStride: 1 };
    case "sparse":
      return { data, offset: 2, rowStride: 5, colStride: 5 * rows };
    case "reversed":
      return { data, offset: rows * cols, rowStride: -cols, colStride: -1 };
    default:
      return { data, offset: 2, rowStride: 0, colStride: rows % 2 };
  }
}

describe("gemm refuses", () => {
  test("operands that reach outside their storage", () => {
    const good = matrix(Float32Array, 2, 2);
    const c = result(Float32Array, 2, 2);
    const call = { m: 2, n: 2, k: 2, a: good, b: { ...good, offset: 1 }, c };
    expect(() => gemm(call)).toThrow(LintelError);
    expect(() => gemm(call)).toThrow("Operand b spans elements 1…4, but its storage holds 4 elements.");
  });
});
